"""Activities around objects: ids and addressing as Mastodon has them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from watertower.base.json import to_json_bytes
from watertower.federation.documents.context import AS
from watertower.federation.documents.times import moment
from watertower.federation.model import PUBLIC


def packed(activity: dict[str, Any], *, context: Any = AS) -> bytes:
    """An activity as it goes over the wire."""
    return to_json_bytes({"@context": context} | activity)


def create(note: dict[str, Any]) -> dict[str, Any]:
    """Create of a Note."""
    return {
        "id": f"{note['id']}/activity",
        "type": "Create",
        "actor": note["attributedTo"],
        "published": note["published"],
        "to": note["to"],
        "cc": note["cc"],
        **_audience(note),
        "object": note,
    }


def update(note: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    """Update of a Note; `published` is the time of the edit, and part of the id."""
    return {
        "id": f"{note['id']}#updates/{int(at.timestamp())}",
        "type": "Update",
        "actor": note["attributedTo"],
        "published": moment(at),
        "to": note["to"],
        "cc": note["cc"],
        **_audience(note),
        "object": note,
    }


def _audience(note: dict[str, Any]) -> dict[str, Any]:
    """The community that is spoken in, for those who look for it on the activity."""
    return {"audience": note["audience"]} if "audience" in note else {}


def update_actor(actor: dict[str, Any], *, version: int) -> dict[str, Any]:
    """Update of a profile."""
    return {
        "id": f"{actor['id']}#updates/{version}",
        "type": "Update",
        "actor": actor["id"],
        "to": [PUBLIC],
        "object": actor,
    }


def delete_note(*, actor_uri: str, uri: str) -> dict[str, Any]:
    """Delete of a status."""
    return {
        "id": f"{uri}#delete",
        "type": "Delete",
        "actor": actor_uri,
        "to": [PUBLIC],
        "object": {"id": uri, "type": "Tombstone", "atomUri": uri},
    }


def announce(
    *,
    uri: str,
    actor_uri: str,
    object_uri: str,
    to: Sequence[str],
    cc: Sequence[str],
    at: datetime,
) -> dict[str, Any]:
    """A boost, whose own address is that of its activity."""
    return {
        "id": uri,
        "type": "Announce",
        "actor": actor_uri,
        "published": moment(at),
        "to": list(to),
        "cc": list(cc),
        "object": object_uri,
    }


def simple(kind: str, *, uri: str, actor_uri: str, target: Any) -> dict[str, Any]:
    """An activity that is only who, what and to what: Like, Follow, Block."""
    return {"id": uri, "type": kind, "actor": actor_uri, "object": target}


def answer(kind: str, *, uri: str, actor_uri: str, follow: dict[str, Any]) -> dict[str, Any]:
    """Accept or Reject: an id of our own, the Follow embedded, addressed to who asked."""
    return {
        "id": uri,
        "type": kind,
        "actor": actor_uri,
        "to": [follow["actor"]],
        "object": follow,
    }


def undo(inner: dict[str, Any], *, to: Sequence[str] = ()) -> dict[str, Any]:
    """Undo of an activity, embedded."""
    document = {
        "id": f"{inner['id']}/undo" if "#" in inner["id"] else f"{inner['id']}#undo",
        "type": "Undo",
        "actor": inner["actor"],
        "object": inner,
    }
    return document | ({"to": list(to)} if to else {})
