"""Requests to follow, until the one who was asked decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.accounts.queries.follows import Ended
from watertower.accounts.queries.pages import Listed, list_page
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.paging import Page


@dataclass(frozen=True)
class FollowRequest:
    """A request that waits, with the options of the follow it may become."""

    id: int
    actor_id: int
    target_id: int
    shows_reblogs: bool
    notifies: bool
    languages: Sequence[str] | None
    uri: str | None


INSERT_FOLLOW_REQUEST = """
    INSERT INTO follow_requests
        (account_id, target_account_id, shows_reblogs, notifies, languages, uri, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (account_id, target_account_id) DO NOTHING
    RETURNING id
"""


async def insert_follow_request(
    tx: Transaction,
    *,
    actor_id: int,
    target_id: int,
    shows_reblogs: bool,
    notifies: bool,
    languages: Sequence[str] | None,
    uri: str | None,
    at: datetime,
) -> int | None:
    """Ask; None if the same was asked before."""
    wanted = None if languages is None else list(languages)
    found: int | None = await tx.fetch_value(
        INSERT_FOLLOW_REQUEST, actor_id, target_id, shows_reblogs, notifies, wanted, uri, at
    )
    return found


UPDATE_FOLLOW_REQUEST = """
    UPDATE follow_requests
    SET shows_reblogs = coalesce($3, shows_reblogs),
        notifies = coalesce($4, notifies),
        languages = CASE WHEN $5::text[] IS NULL THEN languages
                         ELSE nullif($5::text[], '{}') END,
        uri = coalesce($6, uri)
    WHERE account_id = $1 AND target_account_id = $2
"""


async def update_follow_request(
    tx: Transaction,
    *,
    actor_id: int,
    target_id: int,
    shows_reblogs: bool | None,
    notifies: bool | None,
    languages: Sequence[str] | None,
    uri: str | None,
) -> bool:
    """Change what is not None; an empty list of languages means all. False: there is none."""
    wanted = None if languages is None else list(languages)
    changed = await tx.execute(
        UPDATE_FOLLOW_REQUEST, actor_id, target_id, shows_reblogs, notifies, wanted, uri
    )
    return bool(changed)


_REQUEST = (
    "id, account_id AS actor_id, target_account_id AS target_id, shows_reblogs, notifies, "
    "languages, uri"
)
FIND_FOLLOW_REQUEST = f"SELECT {_REQUEST} FROM follow_requests WHERE id = $1"


async def find_follow_request(tx: Reading, *, follow_request_id: int) -> FollowRequest | None:
    """The request of this id; None when it was decided or taken back."""
    row = await tx.fetch_one(FIND_FOLLOW_REQUEST, follow_request_id)
    return row and FollowRequest(*row.values())


DELETE_FOLLOW_REQUEST = f"""
    DELETE FROM follow_requests
    WHERE account_id = $1 AND target_account_id = $2
    RETURNING {_REQUEST}
"""


async def delete_follow_request(
    tx: Transaction, *, actor_id: int, target_id: int
) -> FollowRequest | None:
    """Take a request away; what it was, or None if there was none."""
    row = await tx.fetch_one(DELETE_FOLLOW_REQUEST, actor_id, target_id)
    return row and FollowRequest(*row.values())


DELETE_FOLLOW_REQUESTS_WITH_DOMAIN = """
    DELETE FROM follow_requests r
    USING accounts a
    WHERE lower(a.domain) = $2
      AND ((r.account_id = $1 AND a.id = r.target_account_id)
           OR (r.target_account_id = $1 AND a.id = r.account_id))
    RETURNING r.account_id, r.target_account_id, coalesce(r.uri, '') AS uri
"""


async def delete_follow_requests_with_domain(
    tx: Transaction, *, account_id: int, domain: str
) -> list[Ended]:
    """Take away what waits between the account and a server, in both directions."""
    rows = await tx.fetch_all(DELETE_FOLLOW_REQUESTS_WITH_DOMAIN, account_id, domain)
    return [Ended(*row.values()) for row in rows]


LIST_FOLLOW_REQUESTS = """
    SELECT r.account_id, r.id AS sort
    FROM follow_requests r
    JOIN accounts a ON a.id = r.account_id
    WHERE r.target_account_id = $1 AND r.id < $2 AND r.id > $3
      AND a.suspended_at IS NULL AND a.deleted_at IS NULL
    ORDER BY r.id DESC
    LIMIT $4
"""


async def list_follow_requests(tx: Reading, *, account_id: int, page: Page) -> list[Listed]:
    """Who asked to follow this account, latest first."""
    return await list_page(tx, LIST_FOLLOW_REQUESTS, account_id, page=page)


COUNT_FOLLOW_REQUESTS = """
    SELECT count(*)
    FROM follow_requests r
    JOIN accounts a ON a.id = r.account_id
    WHERE r.target_account_id = $1 AND a.suspended_at IS NULL AND a.deleted_at IS NULL
"""


async def count_follow_requests(tx: Reading, *, account_id: int) -> int:
    """How many wait for this account's decision."""
    found: int = await tx.fetch_value(COUNT_FOLLOW_REQUESTS, account_id)
    return found
