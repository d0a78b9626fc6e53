"""What members decided about notifications from strangers, and what is kept aside by it."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.paging import Page
from watertower.feeds.model import NotificationPolicy, NotificationRequest

_NAMES = tuple(f.name for f in fields(NotificationPolicy))

FIND_POLICY = f"SELECT {', '.join(_NAMES)} FROM notification_policies WHERE account_id = $1"


async def find_policy(tx: Reading, *, account_id: int) -> NotificationPolicy:
    """The member's policy; the default where nothing was decided."""
    row = await tx.fetch_one(FIND_POLICY, account_id)
    return NotificationPolicy() if row is None else NotificationPolicy(**dict(row))


UPSERT_POLICY = f"""
    INSERT INTO notification_policies (account_id, {", ".join(_NAMES)})
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (account_id) DO UPDATE SET {", ".join(f"{n} = excluded.{n}" for n in _NAMES)}
"""


async def upsert_policy(tx: Transaction, *, account_id: int, policy: NotificationPolicy) -> None:
    """Write the member's policy."""
    await tx.execute(UPSERT_POLICY, account_id, *(getattr(policy, name) for name in _NAMES))


COUNT_FILTERED = """
    SELECT count(DISTINCT from_account_id) AS senders, count(*) AS notifications
    FROM (
        SELECT from_account_id FROM notifications
        WHERE account_id = $1 AND is_filtered
        LIMIT 10000
    ) aside
"""


async def count_filtered(tx: Reading, *, account_id: int) -> Mapping[str, int]:
    """How many senders and notifications are kept aside."""
    row = await tx.fetch_one(COUNT_FILTERED, account_id)
    assert row is not None  # noqa: S101  # an aggregate has one row
    return {"senders": row["senders"], "notifications": row["notifications"]}


_REQUESTS = """
    SELECT n.from_account_id, count(*) AS notifications, min(n.created_at) AS created_at,
           max(n.created_at) AS updated_at, max(n.status_id) AS last_status_id,
           max(n.id) AS newest_id
    FROM notifications n
    JOIN accounts a ON a.id = n.from_account_id AND a.suspended_at IS NULL
    WHERE n.account_id = $1 AND n.is_filtered
"""
LIST_REQUESTS = f"""
    {_REQUESTS}
    GROUP BY n.from_account_id
    HAVING max(n.id) < $2 AND max(n.id) > $3
    ORDER BY max(n.id) DESC
    LIMIT $4
"""
LIST_REQUESTS_UPWARDS = LIST_REQUESTS.replace("DESC", "ASC")


async def list_requests(tx: Reading, *, account_id: int, page: Page) -> list[NotificationRequest]:
    """A page of senders whose notifications are kept aside, by the newest one."""
    sql = LIST_REQUESTS_UPWARDS if page.upwards else LIST_REQUESTS
    rows = await tx.fetch_all(sql, account_id, page.before_id, page.after_id, page.limit)
    found = [_request_of(row) for row in rows]
    return found[::-1] if page.upwards else found


FIND_REQUEST = f"{_REQUESTS} AND n.from_account_id = $2 GROUP BY n.from_account_id"


async def find_request(
    tx: Reading, *, account_id: int, from_account_id: int
) -> NotificationRequest | None:
    """What is kept aside of one sender."""
    row = await tx.fetch_one(FIND_REQUEST, account_id, from_account_id)
    return None if row is None else _request_of(row)


ACCEPT_REQUESTS = """
    WITH allowed AS (
        INSERT INTO notification_permissions (account_id, from_account_id)
        SELECT $1, a.id FROM accounts a WHERE a.id = ANY($2::bigint[])
        ON CONFLICT DO NOTHING
    )
    UPDATE notifications SET is_filtered = false
    WHERE account_id = $1 AND from_account_id = ANY($2::bigint[]) AND is_filtered
"""


async def accept_requests(
    tx: Transaction, *, account_id: int, from_account_ids: Sequence[int]
) -> int:
    """Let these senders through from now on; what was kept aside joins the rest."""
    return await tx.execute(ACCEPT_REQUESTS, account_id, list(from_account_ids))


DISMISS_REQUESTS = """
    DELETE FROM notifications
    WHERE account_id = $1 AND from_account_id = ANY($2::bigint[]) AND is_filtered
"""


async def dismiss_requests(
    tx: Transaction, *, account_id: int, from_account_ids: Sequence[int]
) -> int:
    """Throw away what is kept aside of these senders."""
    return await tx.execute(DISMISS_REQUESTS, account_id, list(from_account_ids))


def _request_of(row: Row) -> NotificationRequest:
    return NotificationRequest(
        row["from_account_id"],
        row["notifications"],
        row["created_at"],
        row["updated_at"],
        row["last_status_id"],
        row["newest_id"],
    )
