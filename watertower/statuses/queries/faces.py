"""Faces of statuses: everything that is the same for everybody, in four queries for any number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from watertower.base.db.transaction import Reading, Row
from watertower.base.json import from_json
from watertower.statuses.model import Status, StatusFace, Visibility

_NAMES = tuple(f.name for f in fields(Status))
STATUS_COLUMNS = ", ".join(f"s.{name}" for name in _NAMES)


def status_of(row: Row) -> Status:
    """A row of STATUS_COLUMNS as a status."""
    values: dict[str, Any] = {name: row[name] for name in _NAMES}
    return Status(**values | {"visibility": Visibility(row["visibility"])})


LIST_STATUSES_WITH_PARTS = f"""
    SELECT {STATUS_COLUMNS}, s.emojis, s.card_id,
           app.name AS app_name, app.website AS app_website
    FROM statuses s
    LEFT JOIN oauth_applications app ON app.id = s.application_id
    WHERE s.id = ANY($1::bigint[])
"""
LIST_PARTS = """
    SELECT 'media' AS part, status_id AS owner_id, to_jsonb(m) AS value
    FROM media_attachments m
    WHERE m.status_id = ANY($1::bigint[])
    UNION ALL
    SELECT 'card', $2::bigint, to_jsonb(c)
    FROM preview_cards c
    WHERE c.id = ANY($3::bigint[])
    UNION ALL
    SELECT 'poll', p.status_id, to_jsonb(p)
    FROM polls p
    WHERE p.id = ANY($4::bigint[])
"""
LIST_MENTIONED = """
    SELECT m.status_id, a.id, a.username, a.domain, a.url
    FROM mentions m
    JOIN accounts a ON a.id = m.account_id
    WHERE m.status_id = ANY($1::bigint[]) AND NOT m.is_silent
    ORDER BY m.id
"""
LIST_TAGS_OF_STATUSES = """
    SELECT st.status_id, t.name, t.shown_name
    FROM status_tags st
    JOIN tags t ON t.id = st.tag_id
    WHERE st.status_id = ANY($1::bigint[])
    ORDER BY t.id
"""


async def list_faces(tx: Reading, *, status_ids: Sequence[int]) -> dict[int, StatusFace]:
    """Faces by status id. The caller has already established that they may be seen."""
    ids = list(status_ids)
    rows = await tx.fetch_all(LIST_STATUSES_WITH_PARTS, ids)
    cards = [row["card_id"] for row in rows if row["card_id"] is not None]
    polls = [row["poll_id"] for row in rows if row["poll_id"] is not None]
    parts: dict[tuple[str, int], list[Any]] = defaultdict(list)
    if cards or polls or any(row["media_ids"] for row in rows):
        for part in await tx.fetch_all(LIST_PARTS, ids, 0, cards, polls):
            value = from_json(part["value"])
            key = value["id"] if part["part"] == "card" else part["owner_id"]
            parts[part["part"], key].append(value)
    mentions: dict[int, list[Any]] = defaultdict(list)
    for row in await tx.fetch_all(LIST_MENTIONED, ids):
        mentions[row["status_id"]].append(dict(row))
    tags: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in await tx.fetch_all(LIST_TAGS_OF_STATUSES, ids):
        tags[row["status_id"]].append((row["name"], row["shown_name"]))
    return {row["id"]: _face(row, parts, mentions[row["id"]], tags[row["id"]]) for row in rows}


def _face(
    row: Row,
    parts: dict[tuple[str, int], list[Any]],
    mentions: list[Any],
    tags: list[tuple[str, str]],
) -> StatusFace:
    status = status_of(row)
    order = {media_id: place for place, media_id in enumerate(status.media_ids)}
    media = sorted(parts["media", status.id], key=lambda m: order.get(m["id"], len(order)))
    application = (row["app_name"], row["app_website"]) if row["app_name"] else None
    return StatusFace(
        status=status,
        emojis=from_json(row["emojis"]),
        application=application,
        mentions=mentions,
        tags=tags,
        media=media,
        card=next(iter(parts["card", row["card_id"] or 0]), None),
        poll=next(iter(parts["poll", status.id]), None),
        quote_state=row["quote_state"],
        quote_policy=row["quote_policy"],
    )


FIND_STATUS = f"SELECT {STATUS_COLUMNS} FROM statuses s WHERE s.id = $1 AND s.deleted_at IS NULL"


async def find_status(tx: Reading, *, status_id: int) -> Status | None:
    """The status of this id, for the server itself. Doors use access, which knows the viewer."""
    row = await tx.fetch_one(FIND_STATUS, status_id)
    return row and status_of(row)
