"""What our reactions tell others about, whether it is still there or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading


@dataclass(frozen=True)
class ToldStatus:
    """A status and its author, as far as telling of it needs."""

    id: int
    uri: str
    visibility: int
    is_told: bool  # ours, and not for this server only
    is_deleted: bool
    account_id: int
    author_uri: str
    author_domain: str | None
    author_followers_url: str
    in_reply_to_account_id: int | None
    reblog_of_id: int | None
    quoted_account_id: int | None
    created_at: datetime
    edited_at: datetime | None
    version: int


FIND_TOLD_STATUS = """
    SELECT s.id, s.uri, s.visibility, s.is_local AND NOT s.is_local_only AS is_told,
           s.deleted_at IS NOT NULL AS is_deleted, s.account_id, a.uri AS author_uri,
           a.domain AS author_domain, a.followers_url, s.in_reply_to_account_id, s.reblog_of_id,
           q.account_id AS quoted_account_id, s.created_at, s.edited_at, s.version
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    LEFT JOIN statuses q ON q.id = s.quoted_status_id
    WHERE s.id = $1
"""


async def find_told_status(tx: Reading, *, status_id: int) -> ToldStatus | None:
    """The status of this id, deleted ones too."""
    row = await tx.fetch_one(FIND_TOLD_STATUS, status_id)
    return row and ToldStatus(*row.values())


@dataclass(frozen=True)
class ToldPoll:
    """A poll, for telling of a vote."""

    status_id: int
    options: Sequence[str]
    hides_totals: bool


FIND_TOLD_POLL = "SELECT status_id, options, hides_totals FROM polls WHERE id = $1"


async def find_told_poll(tx: Reading, *, poll_id: int) -> ToldPoll | None:
    """The poll of this id."""
    row = await tx.fetch_one(FIND_TOLD_POLL, poll_id)
    return row and ToldPoll(*row.values())


LIST_VOTERS = """
    SELECT DISTINCT v.account_id FROM poll_votes v
    JOIN accounts a ON a.id = v.account_id
    WHERE v.poll_id = $1 AND a.domain IS NOT NULL
    LIMIT 5000
"""


async def list_voters(tx: Reading, *, poll_id: int) -> list[int]:
    """Who elsewhere voted."""
    return [row["account_id"] for row in await tx.fetch_all(LIST_VOTERS, poll_id)]


FIND_FOLLOW_REQUEST_URI = "SELECT coalesce(uri, '') FROM follow_requests WHERE id = $1"
FIND_BLOCK_URI = """
    SELECT coalesce(uri, '') FROM blocks WHERE account_id = $1 AND target_account_id = $2
"""


async def find_follow_request_uri(tx: Reading, *, follow_request_id: int) -> str | None:
    """The id of a Follow that waits; None if it waits no more."""
    found: str | None = await tx.fetch_value(FIND_FOLLOW_REQUEST_URI, follow_request_id)
    return found


async def find_block_uri(tx: Reading, *, actor_id: int, target_id: int) -> str | None:
    """The id of a Block; None if it is no more."""
    found: str | None = await tx.fetch_value(FIND_BLOCK_URI, actor_id, target_id)
    return found
