"""Webhooks and what is on its way to them."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.webhooks import Webhook, WebhookDelivery

_COLUMNS = "id, url, events, secret, is_enabled, failures, created_at"
_DELIVERY = "id, webhook_id, event, object_id, created_at, tries, status, problem, delivered_at"

INSERT_WEBHOOK = """
    INSERT INTO webhooks (url, events, secret, made_by_account_id, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $5)
    RETURNING id
"""


async def insert_webhook(
    tx: Transaction, *, url: str, events: Sequence[str], secret: str, by: int, at: datetime
) -> int:
    """A new one; its id."""
    made: int = await tx.fetch_value(INSERT_WEBHOOK, url, list(events), secret, by, at)
    return made


LIST_WEBHOOKS = f"SELECT {_COLUMNS} FROM webhooks ORDER BY id DESC LIMIT 100"
FIND_WEBHOOK = f"SELECT {_COLUMNS} FROM webhooks WHERE id = $1"


async def list_webhooks(tx: Reading) -> list[Webhook]:
    """All of them, newest first."""
    return [Webhook(**dict(row)) for row in await tx.fetch_all(LIST_WEBHOOKS)]


async def find_webhook(tx: Reading, *, webhook_id: int) -> Webhook | None:
    """One."""
    row = await tx.fetch_one(FIND_WEBHOOK, webhook_id)
    return row and Webhook(**dict(row))


UPDATE_WEBHOOK = """
    UPDATE webhooks
    SET url = $2, events = $3, is_enabled = $4, secret = $5, failures = 0, updated_at = $6
    WHERE id = $1
"""


async def update_webhook(
    tx: Transaction,
    *,
    webhook_id: int,
    url: str,
    events: Sequence[str],
    is_enabled: bool,
    secret: str,
    at: datetime,
) -> bool:
    """Change one; whether it is there."""
    return bool(
        await tx.execute(UPDATE_WEBHOOK, webhook_id, url, list(events), is_enabled, secret, at)
    )


DELETE_WEBHOOK = "DELETE FROM webhooks WHERE id = $1"


async def delete_webhook(tx: Transaction, *, webhook_id: int) -> bool:
    """Remove one, with what is on its way; whether it was there."""
    return bool(await tx.execute(DELETE_WEBHOOK, webhook_id))


HAS_LISTENER = "SELECT EXISTS (SELECT FROM webhooks WHERE is_enabled AND events && $1::text[])"


async def has_listener(tx: Reading, *, events: Sequence[str]) -> bool:
    """Whether anybody listens to one of these."""
    return bool(await tx.fetch_value(HAS_LISTENER, list(events)))


INSERT_DELIVERIES = """
    INSERT INTO webhook_deliveries (webhook_id, event, object_id, created_at)
    SELECT id, $1, object_id, $3
    FROM webhooks CROSS JOIN unnest($2::bigint[]) AS object_id
    WHERE is_enabled AND events @> ARRAY[$1]
    RETURNING id
"""


async def insert_deliveries(
    tx: Transaction, *, event: str, object_ids: Sequence[int], at: datetime
) -> list[int]:
    """One for each webhook that listens and each object; their ids."""
    rows = await tx.fetch_all(INSERT_DELIVERIES, event, list(object_ids), at)
    return [row["id"] for row in rows]


FIND_DELIVERY = f"SELECT {_DELIVERY} FROM webhook_deliveries WHERE id = $1"


async def find_delivery(tx: Reading, *, delivery_id: int) -> WebhookDelivery | None:
    """One delivery."""
    row = await tx.fetch_one(FIND_DELIVERY, delivery_id)
    return row and WebhookDelivery(**dict(row))


LIST_DELIVERIES = f"""
    SELECT {_DELIVERY} FROM webhook_deliveries WHERE webhook_id = $1 ORDER BY id DESC LIMIT 50
"""


async def list_deliveries(tx: Reading, *, webhook_id: int) -> list[WebhookDelivery]:
    """The last ones of a webhook, newest first."""
    rows = await tx.fetch_all(LIST_DELIVERIES, webhook_id)
    return [WebhookDelivery(**dict(row)) for row in rows]


UPDATE_TRIED = """
    WITH tried AS (
        UPDATE webhook_deliveries
        SET tries = tries + 1, status = $2, problem = $3, delivered_at = $4
        WHERE id = $1
        RETURNING webhook_id
    )
    UPDATE webhooks
    SET failures = CASE WHEN $4::timestamptz IS NULL THEN failures + 1 ELSE 0 END
    WHERE id IN (SELECT webhook_id FROM tried)
"""


async def update_tried(
    tx: Transaction,
    *,
    delivery_id: int,
    status: int | None,
    problem: str,
    delivered_at: datetime | None,
) -> None:
    """How a try ended."""
    await tx.execute(UPDATE_TRIED, delivery_id, status, problem[:500], delivered_at)


DELETE_OLD = "DELETE FROM webhook_deliveries WHERE created_at < $1"


async def delete_old_deliveries(tx: Transaction, *, before: datetime) -> int:
    """What is long past."""
    return await tx.execute(DELETE_OLD, before)


LIST_NEW_STATUSES = """
    SELECT id FROM statuses
    WHERE id > $1 AND id < $2 AND is_local AND visibility <= 1 AND deleted_at IS NULL
      AND reblog_of_id IS NULL
    ORDER BY id
    LIMIT 500
"""


async def list_new_statuses(tx: Reading, *, after_id: int, before_id: int) -> list[int]:
    """What members posted for everybody, between two ids."""
    rows = await tx.fetch_all(LIST_NEW_STATUSES, after_id, before_id)
    return [row["id"] for row in rows]


LIST_REPORT_IDS = "SELECT id FROM reports WHERE case_id = $1 ORDER BY id LIMIT 1000"


async def list_report_ids(tx: Reading, *, case_id: int) -> list[int]:
    """The reports of a case."""
    return [row["id"] for row in await tx.fetch_all(LIST_REPORT_IDS, case_id)]
