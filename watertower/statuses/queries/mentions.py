"""Mentions: which accounts handles stand for, and whom a status names."""

from collections.abc import Sequence
from typing import NamedTuple

from watertower.base.db.transaction import Reading, Transaction


class Mentioned(NamedTuple):
    """An account that a text names."""

    id: int
    username: str
    domain: str | None
    url: str

    @property
    def handle(self) -> str:
        """`name` or `name@domain`, in lower case."""
        name = self.username if self.domain is None else f"{self.username}@{self.domain}"
        return name.lower()


LIST_MENTIONED_BY_HANDLE = """
    SELECT a.id, a.username, a.domain, a.url
    FROM unnest($1::text[], $2::text[]) AS wanted(username, domain)
    JOIN accounts a
      ON lower(a.username) = lower(wanted.username)
     AND coalesce(lower(a.domain), '') = coalesce(lower(wanted.domain), '')
    WHERE a.suspended_at IS NULL AND a.deleted_at IS NULL
"""


async def list_mentioned_by_handle(
    tx: Reading, *, handles: Sequence[tuple[str, str | None]]
) -> list[Mentioned]:
    """The accounts behind these (username, domain); a domain of None is ours."""
    rows = await tx.fetch_all(
        LIST_MENTIONED_BY_HANDLE, [h[0] for h in handles], [h[1] for h in handles]
    )
    return [Mentioned(*row) for row in rows]


LIST_MENTIONED_BY_ID = """
    SELECT a.id, a.username, a.domain, a.url
    FROM accounts a
    WHERE a.id = ANY($1::bigint[]) AND a.suspended_at IS NULL AND a.deleted_at IS NULL
"""


async def list_mentioned_by_id(tx: Reading, *, account_ids: Sequence[int]) -> list[Mentioned]:
    """These accounts."""
    return [Mentioned(*row) for row in await tx.fetch_all(LIST_MENTIONED_BY_ID, list(account_ids))]


# Who blocked somebody does not speak to them by accident: those mentions are left out.
INSERT_MENTIONS = """
    INSERT INTO mentions (status_id, account_id, is_silent)
    SELECT $1, a.id, $4
    FROM unnest($3::bigint[]) WITH ORDINALITY AS named(id, place)
    JOIN accounts a ON a.id = named.id
    WHERE NOT EXISTS (
        SELECT 1 FROM blocks b WHERE b.account_id = $2 AND b.target_account_id = a.id
    )
    ORDER BY named.place
    ON CONFLICT (status_id, account_id)
    DO UPDATE SET is_silent = mentions.is_silent AND excluded.is_silent
    RETURNING account_id
"""


async def insert_mentions(
    tx: Transaction,
    *,
    status_id: int,
    author_id: int,
    account_ids: Sequence[int],
    is_silent: bool = False,
) -> None:
    """Note whom a status names. Silent ones may see it without being named or told."""
    await tx.execute(INSERT_MENTIONS, status_id, author_id, list(account_ids), is_silent)


# Who was named once may still see an edited status, but is no longer named in it.
SILENCE_MENTIONS = """
    UPDATE mentions SET is_silent = true
    WHERE status_id = $1 AND NOT is_silent AND account_id <> ALL($2::bigint[])
"""


async def silence_mentions(tx: Transaction, *, status_id: int, kept_ids: Sequence[int]) -> None:
    """Take the names out that an edit took out."""
    await tx.execute(SILENCE_MENTIONS, status_id, list(kept_ids))
