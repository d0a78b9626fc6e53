"""Asking to quote, the answer, the stamp, and its taking back (FEP-044f)."""

from typing import Any

from watertower.federation.documents.context import STAMP_CONTEXT
from watertower.federation.model import PUBLIC


def quote_request(
    note: dict[str, Any], *, uri: str, actor_uri: str, quoted_uri: str, to: str
) -> dict[str, Any]:
    """The question whether this note, given whole, may quote that status."""
    return {
        "id": uri,
        "type": "QuoteRequest",
        "actor": actor_uri,
        "to": [to],
        "object": quoted_uri,
        "instrument": note,
    }


def quote_answer(
    *, uri: str, actor_uri: str, request: dict[str, Any], stamp_uri: str | None
) -> dict[str, Any]:
    """Accept with the stamp, or without one Reject."""
    document: dict[str, Any] = {
        "id": uri,
        "type": "Accept" if stamp_uri else "Reject",
        "actor": actor_uri,
        "to": [request["actor"]],
        "object": request,
    }
    return document | ({"result": stamp_uri} if stamp_uri else {})


def stamp(*, uri: str, author_uri: str, quoting_uri: str, quoted_uri: str) -> dict[str, Any]:
    """The leave of an author for one status to quote one of hers."""
    return {
        "@context": STAMP_CONTEXT,
        "id": uri,
        "type": "QuoteAuthorization",
        "attributedTo": author_uri,
        "interactingObject": quoting_uri,
        "interactionTarget": quoted_uri,
    }


def delete_stamp(
    *, actor_uri: str, stamp_uri: str, quoting_uri: str, quoted_uri: str
) -> dict[str, Any]:
    """The leave is taken back."""
    inner = stamp(
        uri=stamp_uri, author_uri=actor_uri, quoting_uri=quoting_uri, quoted_uri=quoted_uri
    )
    del inner["@context"]
    return {
        "id": f"{stamp_uri}#delete",
        "type": "Delete",
        "actor": actor_uri,
        "to": [PUBLIC],
        "object": inner,
    }
