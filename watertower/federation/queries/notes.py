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


LIST_NOTE_PARTS = """
    SELECT s.id, a.uri AS author_uri, a.followers_url, p.uri AS in_reply_to_uri,
           c.uri AS conversation_uri, q.uri AS quoted_uri, o.uri AS reblog_of_uri,
           oa.uri AS reblog_of_author_uri
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    LEFT JOIN conversations c ON c.id = s.conversation_id
    LEFT JOIN statuses p ON p.id = s.in_reply_to_id
    LEFT JOIN statuses q ON q.id = s.quoted_status_id AND q.deleted_at IS NULL
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
    """By status id; two queries for any number."""
    ids = list(status_ids)
    named: dict[int, list[Named]] = defaultdict(list)
    for row in await tx.fetch_all(LIST_NAMED, ids):
        named[row["status_id"]].append(Named(*list(row.values())[1:]))
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
        )
        for row in await tx.fetch_all(LIST_NOTE_PARTS, ids)
    }
