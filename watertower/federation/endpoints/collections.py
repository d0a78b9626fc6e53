"""A member's collections: outbox, followers, following, pinned statuses, featured tags.

Counts are for everybody; who is behind them only as far as the member shows it.
"""

from typing import Any

from watertower.base.ids import MAX_ID
from watertower.base.web import Response
from watertower.federation.addresses import id_in_path
from watertower.federation.answers import json_document
from watertower.federation.documents.activities import announce, create
from watertower.federation.documents.context import AS, NOTE_CONTEXT
from watertower.federation.documents.note import note_document
from watertower.federation.endpoints.own import account_of, require_reader
from watertower.federation.model import PUBLIC
from watertower.federation.queries.notes import list_note_parts
from watertower.federation.queries.shown import (
    OwnAccount,
    count_ties,
    list_outbox,
    list_pinned,
    list_tie_uris,
)
from watertower.federation.queries.told import find_told_status
from watertower.federation.request import FederationRequest
from watertower.statuses.access.statuses import lines_for
from watertower.statuses.model import StatusLine

PAGE = 40
OUTBOX_PAGE = 20


async def show_outbox(request: FederationRequest) -> Response:
    """What anybody may read of a member's statuses and boosts, latest first."""
    await require_reader(request)
    account = await account_of(request)
    uri = account.outbox_url
    if "page" not in request.query:
        async with request.ctx.reading() as tx:
            ties = await count_ties(tx, account_id=account.id)
        return json_document(
            request,
            {
                "@context": AS,
                "id": uri,
                "type": "OrderedCollection",
                "totalItems": ties.statuses,
                "first": f"{uri}?page=true",
                "last": f"{uri}?min_id=0&page=true",
            },
        )
    return json_document(request, await _outbox_page(request, account))


async def _outbox_page(request: FederationRequest, account: OwnAccount) -> dict[str, Any]:
    ctx, uri = request.ctx, account.outbox_url
    before = id_in_path(request.query.get("max_id", "")) or MAX_ID
    after = id_in_path(request.query.get("min_id", "")) or 0
    async with ctx.reading() as tx:
        ids = await list_outbox(
            tx, account_id=account.id, before_id=before, after_id=after, limit=OUTBOX_PAGE
        )
    lines = await lines_for(ctx, viewer=None, status_ids=ids)
    page: dict[str, Any] = {
        "@context": NOTE_CONTEXT,
        "id": f"{uri}?page=true" + (f"&max_id={before}" if before != MAX_ID else ""),
        "type": "OrderedCollectionPage",
        "partOf": uri,
        "orderedItems": [await _activity(request, line) for line in lines],
    }
    if len(ids) == OUTBOX_PAGE:
        page["next"] = f"{uri}?max_id={ids[-1]}&page=true"
    if ids:
        page["prev"] = f"{uri}?min_id={ids[0]}&page=true"
    return page


async def _activity(request: FederationRequest, line: StatusLine) -> dict[str, Any]:
    """The Create of a status, or the Announce of a boost."""
    if line.reblog_of is None:
        return create(await note_document(request.ctx, line))
    return await _boost(request, line)


async def boost_document(request: FederationRequest, line: StatusLine) -> dict[str, Any]:
    """A boost as a document of its own."""
    return {"@context": AS} | await _boost(request, line)


async def _boost(request: FederationRequest, line: StatusLine) -> dict[str, Any]:
    async with request.ctx.reading() as tx:
        boost = await find_told_status(tx, status_id=line.id)
        parts = (await list_note_parts(tx, status_ids=[line.id]))[line.id]
    assert boost is not None  # noqa: S101  # the line was just read
    return announce(
        uri=boost.uri,
        actor_uri=parts.author_uri,
        object_uri=parts.reblog_of_uri or "",
        to=[PUBLIC],
        cc=[parts.reblog_of_author_uri or "", parts.author_followers_url],
        at=boost.created_at,
    )


async def show_followers(request: FederationRequest) -> Response:
    """Who follows a member."""
    return await _ties(request, "followers")


async def show_following(request: FederationRequest) -> Response:
    """Whom a member follows."""
    return await _ties(request, "following")


async def _ties(request: FederationRequest, kind: str) -> Response:
    await require_reader(request)
    account = await account_of(request)
    uri = account.followers_url if kind == "followers" else account.following_url
    async with request.ctx.reading() as tx:
        ties = await count_ties(tx, account_id=account.id)
        total = ties.followers if kind == "followers" else ties.following
        collection: dict[str, Any] = {
            "@context": AS,
            "id": uri,
            "type": "OrderedCollection",
            "totalItems": total,
        }
        if account.hides_collections:
            return json_document(request, collection)
        if "page" not in request.query:
            return json_document(request, collection | {"first": f"{uri}?page=1"})
        before = id_in_path(request.query.get("max_id", "")) or MAX_ID
        rows = await list_tie_uris(
            tx, account_id=account.id, kind=kind, before_id=before, limit=PAGE
        )
    page: dict[str, Any] = {
        "@context": AS,
        "id": f"{uri}?page=1" + (f"&max_id={before}" if before != MAX_ID else ""),
        "type": "OrderedCollectionPage",
        "totalItems": total,
        "partOf": uri,
        "orderedItems": [row[1] for row in rows],
    }
    if len(rows) == PAGE:
        page["next"] = f"{uri}?page=1&max_id={rows[-1][0]}"
    return json_document(request, page)


async def show_featured(request: FederationRequest) -> Response:
    """What a member pinned, whole."""
    await require_reader(request)
    account = await account_of(request)
    async with request.ctx.reading() as tx:
        ids = await list_pinned(tx, account_id=account.id)
    lines = {line.id: line for line in await lines_for(request.ctx, viewer=None, status_ids=ids)}
    notes = [
        await note_document(request.ctx, lines[status_id])
        for status_id in ids
        if status_id in lines
    ]
    return json_document(
        request,
        {
            "@context": NOTE_CONTEXT,
            "id": account.featured_url,
            "type": "OrderedCollection",
            "totalItems": len(notes),
            "orderedItems": notes,
        },
    )


async def show_featured_tags(request: FederationRequest) -> Response:
    """The hashtags a member features."""
    await require_reader(request)
    account = await account_of(request)
    return json_document(
        request,
        {
            "@context": AS,
            "id": f"{account.uri}/collections/tags",
            "type": "Collection",
            "totalItems": 0,
            "items": [],
        },
    )


async def show_empty_outbox(request: FederationRequest) -> Response:
    """The server itself posts nothing."""
    base = request.ctx.settings.base_url
    return json_document(
        request,
        {
            "@context": AS,
            "id": f"{base}/actor/outbox",
            "type": "OrderedCollection",
            "totalItems": 0,
            "orderedItems": [],
        },
    )
