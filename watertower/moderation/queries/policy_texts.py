"""Dated copies of other servers' own rules."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.server_reviews import PolicyText

INSERT_TEXT = """
    INSERT INTO policy_texts (domain, kind, url, text, sha256, taken_at)
    SELECT $1, $2, $3, $4, $5, $6
    WHERE $5 IS DISTINCT FROM (
        SELECT sha256 FROM policy_texts WHERE domain = $1 AND kind = $2 ORDER BY id DESC LIMIT 1
    )
    RETURNING id
"""
LIST_TEXTS = """
    SELECT id, kind, url, text, note, taken_at FROM policy_texts
    WHERE domain = $1
    ORDER BY id DESC
    LIMIT 60
"""
UPDATE_NOTE = "UPDATE policy_texts SET note = $3 WHERE domain = $1 AND id = $2"
# The newest copy of each text of servers under watch, the longest unseen first.
LIST_WATCHED_TEXTS = """
    SELECT DISTINCT ON (t.domain, t.kind) t.domain, t.kind, t.url
    FROM policy_texts t
    ORDER BY t.domain, t.kind, t.id DESC
    LIMIT 2000
"""


async def insert_policy_text(
    tx: Transaction, *, domain: str, kind: str, url: str, text: str, sha256: bytes, at: datetime
) -> bool:
    """Keep a copy; False if it says what the last one said."""
    return (await tx.fetch_value(INSERT_TEXT, domain, kind, url, text, sha256, at)) is not None


async def list_policy_texts(tx: Reading, *, domain: str) -> list[PolicyText]:
    """All copies, newest first."""
    return [PolicyText(*row.values()) for row in await tx.fetch_all(LIST_TEXTS, domain)]


async def update_policy_note(tx: Transaction, *, domain: str, text_id: int, note: str) -> bool:
    """What the reviewer notes about a copy."""
    return bool(await tx.execute(UPDATE_NOTE, domain, text_id, note))


async def list_watched_texts(tx: Reading) -> list[tuple[str, str, str]]:
    """(server, kind, address) of the texts that are looked at every week."""
    return [
        (row["domain"], row["kind"], row["url"]) for row in await tx.fetch_all(LIST_WATCHED_TEXTS)
    ]
