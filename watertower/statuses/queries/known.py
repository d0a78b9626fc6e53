"""Statuses by the addresses that other servers know them by."""

from watertower.base.db.transaction import Reading, Transaction
from watertower.statuses.model import Status
from watertower.statuses.queries.faces import STATUS_COLUMNS, status_of

FIND_STATUS_BY_URI = f"""
    SELECT {STATUS_COLUMNS} FROM statuses s WHERE s.uri = $1 AND s.deleted_at IS NULL
"""


async def find_status_by_uri(tx: Reading, *, uri: str) -> Status | None:
    """The status whose id this is. Boosts have uris too."""
    row = await tx.fetch_one(FIND_STATUS_BY_URI, uri)
    return row and status_of(row)


FIND_STATUS_BY_URL = f"""
    SELECT {STATUS_COLUMNS} FROM statuses s
    WHERE s.url = $1 AND s.deleted_at IS NULL
    ORDER BY s.id
    LIMIT 1
"""


async def find_status_by_url(tx: Reading, *, url: str) -> Status | None:
    """The status whose page this is."""
    row = await tx.fetch_one(FIND_STATUS_BY_URL, url)
    return row and status_of(row)


HAS_STATUS_EVER = """
    SELECT EXISTS (SELECT 1 FROM statuses WHERE uri = $1)
        OR EXISTS (SELECT 1 FROM tombstones WHERE uri = $1 AND account_id = $2)
"""


async def has_status_ever(tx: Reading, *, uri: str, account_id: int) -> bool:
    """Whether this is there, or was, or was deleted by its author before it came."""
    return bool(await tx.fetch_value(HAS_STATUS_EVER, uri, account_id))


UPDATE_AWAITING = """
    UPDATE statuses SET in_reply_to_uri = $2 WHERE id = $1 AND in_reply_to_id IS NULL
"""


async def update_awaiting(tx: Transaction, *, status_id: int, parent_uri: str) -> None:
    """Note what a reply waits for."""
    await tx.execute(UPDATE_AWAITING, status_id, parent_uri)


# Replies that came first find their place now, and what they answer is counted.
ADOPT_REPLIES = """
    WITH found AS (
        UPDATE statuses
        SET in_reply_to_id = $1, in_reply_to_account_id = $2, version = version + 1
        WHERE in_reply_to_uri = $3 AND in_reply_to_id IS NULL AND deleted_at IS NULL
        RETURNING visibility
    )
    INSERT INTO status_stats (status_id, replies_count)
    SELECT $1, count(*) FROM found WHERE visibility <= 1 HAVING count(*) > 0
    ON CONFLICT (status_id)
    DO UPDATE SET replies_count = status_stats.replies_count + excluded.replies_count
"""


async def adopt_replies(tx: Transaction, *, status_id: int, account_id: int, uri: str) -> None:
    """Give a status the replies that were waiting for it."""
    await tx.execute(ADOPT_REPLIES, status_id, account_id, uri)


UPDATE_MEDIA_IDS = """
    UPDATE statuses SET media_ids = $2, has_media = cardinality($2::bigint[]) > 0 WHERE id = $1
"""


async def update_media_ids(tx: Transaction, *, status_id: int, media_ids: list[int]) -> None:
    """Note the attachments of a status that was just written."""
    await tx.execute(UPDATE_MEDIA_IDS, status_id, media_ids)


FIND_DOMAIN = "SELECT domain FROM accounts WHERE id = $1"


async def find_domain(tx: Reading, *, account_id: int) -> str | None:
    """The server an account lives on; None for ours."""
    domain: str | None = await tx.fetch_value(FIND_DOMAIN, account_id)
    return domain


LIST_SOME_OF_ACCOUNT = f"""
    SELECT {STATUS_COLUMNS} FROM statuses s
    WHERE s.account_id = $1 AND s.deleted_at IS NULL
    ORDER BY s.id DESC
    LIMIT $2
"""


async def list_some_of_account(tx: Reading, *, account_id: int, most: int) -> list[Status]:
    """Some of what this account wrote or boosted, newest first."""
    return [status_of(row) for row in await tx.fetch_all(LIST_SOME_OF_ACCOUNT, account_id, most)]
