"""What a status needs beside its face to become a document: addresses of what it belongs to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.db.transaction import Reading


@dataclass(frozen=True)
class Named:
    """Somebody whom a status names or addresses."""

    account_id: int
    uri: str
    url: str
    acct: str
    is_silent: bool


@dataclass(frozen=True)
class NoteParts:
    """Addresses around a status."""

    author_uri: str
    author_followers_url: str
    in_reply_to_uri: str | None
    conversation_uri: str | None
    quoted_uri: str | None
    reblog_of_uri: str | None
    reblog_of_author_uri: str | None
    named: Sequence[Named]
    stamp_uri: str | None = None  # the leave to quote (FEP-044f)
    group_uri: str | None = None  # the community whose thread it is in


LIST_NOTE_PARTS = """
    SELECT s.id, a.uri AS author_uri, a.followers_url, p.uri AS in_reply_to_uri,
           c.uri AS conversation_uri, q.uri AS quoted_uri, o.uri AS reblog_of_uri,
           oa.uri AS reblog_of_author_uri,
           coalesce(t.uri, CASE WHEN q.is_local AND q.account_id <> s.account_id
                                THEN qa.uri || '/quote_authorizations/' || s.id END) AS stamp_uri
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    LEFT JOIN conversations c ON c.id = s.conversation_id
    LEFT JOIN statuses p ON p.id = s.in_reply_to_id
    LEFT JOIN statuses q ON q.id = s.quoted_status_id AND q.deleted_at IS NULL
    LEFT JOIN accounts qa ON qa.id = q.account_id
    LEFT JOIN quote_stamps t
        ON t.quoting_uri = s.uri AND t.quoted_status_id = q.id AND t.revoked_at IS NULL
    LEFT JOIN statuses o ON o.id = s.reblog_of_id
    LEFT JOIN accounts oa ON oa.id = o.account_id
    WHERE s.id = ANY($1::bigint[])
"""
LIST_NAMED = """
    SELECT m.status_id, a.id, a.uri, a.url, a.username || coalesce('@' || a.domain, '') AS acct,
           m.is_silent
    FROM mentions m
    JOIN accounts a ON a.id = m.account_id
    WHERE m.status_id = ANY($1::bigint[])
    ORDER BY m.id
"""


async def list_note_parts(tx: Reading, *, status_ids: Sequence[int]) -> dict[int, NoteParts]:
    """By status id; three queries for any number."""
    ids = list(status_ids)
    named: dict[int, list[Named]] = defaultdict(list)
    for row in await tx.fetch_all(LIST_NAMED, ids):
        named[row["status_id"]].append(Named(*list(row.values())[1:]))
    groups = await list_groups_of_threads(tx, status_ids=ids)
    return {
        row["id"]: NoteParts(
            author_uri=row["author_uri"],
            author_followers_url=row["followers_url"],
            in_reply_to_uri=row["in_reply_to_uri"],
            conversation_uri=row["conversation_uri"],
            quoted_uri=row["quoted_uri"],
            reblog_of_uri=row["reblog_of_uri"],
            reblog_of_author_uri=row["reblog_of_author_uri"],
            named=named[row["id"]],
            stamp_uri=row["stamp_uri"],
            group_uri=groups[row["id"]].uri if row["id"] in groups else None,
        )
        for row in await tx.fetch_all(LIST_NOTE_PARTS, ids)
    }


@dataclass(frozen=True)
class ThreadGroup:
    """A community elsewhere that a thread belongs to."""

    account_id: int
    uri: str


# A thread is a community's when it names the community or the community announced it. Looked
# for in the status itself and in what it answers; the nearest counts.
LIST_GROUPS_OF_THREADS = """
    WITH RECURSIVE threads AS (
        SELECT s.id AS status_id, s.id, s.in_reply_to_id, 0 AS distance
        FROM statuses s
        WHERE s.id = ANY($1::bigint[]) AND s.visibility <= 1
        UNION ALL
        SELECT t.status_id, p.id, p.in_reply_to_id, t.distance + 1
        FROM threads t
        JOIN statuses p ON p.id = t.in_reply_to_id
        WHERE t.distance < 30 AND p.visibility <= 1
    )
    SELECT DISTINCT ON (t.status_id) t.status_id, a.id, a.uri
    FROM threads t
    CROSS JOIN LATERAL (
        SELECT m.account_id FROM mentions m WHERE m.status_id = t.id
        UNION ALL
        SELECT b.account_id FROM statuses b WHERE b.reblog_of_id = t.id AND b.deleted_at IS NULL
    ) near
    JOIN accounts a ON a.id = near.account_id
    WHERE a.actor_type = 'Group' AND a.domain IS NOT NULL AND a.deleted_at IS NULL
      AND a.suspended_at IS NULL
    ORDER BY t.status_id, t.distance, a.id
"""


async def list_groups_of_threads(
    tx: Reading, *, status_ids: Sequence[int]
) -> dict[int, ThreadGroup]:
    """The community of each of these statuses that is in one. Never of one that is not public."""
    rows = await tx.fetch_all(LIST_GROUPS_OF_THREADS, list(status_ids))
    return {row["status_id"]: ThreadGroup(row["id"], row["uri"]) for row in rows}
