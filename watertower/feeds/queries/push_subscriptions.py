"""Subscriptions of apps to Web Push, one for each access token."""

from collections.abc import Mapping, Sequence

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json, to_json
from watertower.feeds.model import PushedNotification, PushSubscription
from watertower.statuses.queries.visible import visible

COLUMNS = "id, endpoint, is_standard, alerts, policy"

UPSERT_PUSH_SUBSCRIPTION = f"""
    INSERT INTO push_subscriptions
        (token_id, account_id, endpoint, p256dh, auth, is_standard, alerts, policy, sealed_token)
    VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9)
    ON CONFLICT (token_id) DO UPDATE SET
        id = next_id(), endpoint = excluded.endpoint, p256dh = excluded.p256dh,
        auth = excluded.auth, is_standard = excluded.is_standard, alerts = excluded.alerts,
        policy = excluded.policy, sealed_token = excluded.sealed_token, created_at = now()
    RETURNING {COLUMNS}
"""


async def upsert_push_subscription(
    tx: Transaction,
    *,
    token_id: int,
    account_id: int,
    endpoint: str,
    p256dh: str,
    auth: str,
    is_standard: bool,
    alerts: Mapping[str, bool],
    policy: str,
    sealed_token: str,
) -> PushSubscription:
    """Subscribe the app of a token; what it had before is replaced."""
    row = await tx.fetch_one(
        UPSERT_PUSH_SUBSCRIPTION,
        token_id,
        account_id,
        endpoint,
        p256dh,
        auth,
        is_standard,
        to_json(alerts),
        policy,
        sealed_token,
    )
    return _subscription_of(row)


FIND_PUSH_SUBSCRIPTION = f"SELECT {COLUMNS} FROM push_subscriptions WHERE token_id = $1"


async def find_push_subscription(tx: Reading, *, token_id: int) -> PushSubscription | None:
    """The subscription of a token."""
    row = await tx.fetch_one(FIND_PUSH_SUBSCRIPTION, token_id)
    return row and _subscription_of(row)


UPDATE_PUSH_SUBSCRIPTION = f"""
    UPDATE push_subscriptions
    SET alerts = coalesce($2::jsonb, alerts), policy = coalesce($3, policy)
    WHERE token_id = $1
    RETURNING {COLUMNS}
"""


async def update_push_subscription(
    tx: Transaction, *, token_id: int, alerts: Mapping[str, bool] | None, policy: str | None
) -> PushSubscription | None:
    """Change what the app of a token hears of; None leaves a part as it is."""
    row = await tx.fetch_one(
        UPDATE_PUSH_SUBSCRIPTION, token_id, None if alerts is None else to_json(alerts), policy
    )
    return row and _subscription_of(row)


DELETE_PUSH_SUBSCRIPTIONS_OF_TOKENS = """
    DELETE FROM push_subscriptions WHERE token_id = ANY($1::bigint[])
"""


async def delete_push_subscriptions_of_tokens(tx: Transaction, *, token_ids: Sequence[int]) -> int:
    """Forget the subscriptions of these tokens."""
    return await tx.execute(DELETE_PUSH_SUBSCRIPTIONS_OF_TOKENS, list(token_ids))


DELETE_PUSH_SUBSCRIPTION = "DELETE FROM push_subscriptions WHERE id = $1"


async def delete_push_subscription(tx: Transaction, *, subscription_id: int) -> int:
    """Forget a subscription that its service no longer knows."""
    return await tx.execute(DELETE_PUSH_SUBSCRIPTION, subscription_id)


# Who was revoked or suspended a moment ago is not pushed to, whatever jobs still wait. Who is
# frozen may read, and learns of it in this way.
_GOOD = """
      AND t.revoked_at IS NULL
      AND me.suspended_at IS NULL
"""

LIST_SUBSCRIPTIONS_WANTING = f"""
    SELECT p.id
    FROM notifications n
    JOIN push_subscriptions p ON p.account_id = n.account_id
    JOIN oauth_tokens t ON t.id = p.token_id
    JOIN logins l ON l.account_id = p.account_id
    JOIN accounts me ON me.id = p.account_id
    WHERE n.id = $1
      AND NOT n.is_filtered
      AND p.alerts -> n.kind = 'true'::jsonb
      AND CASE CASE WHEN n.kind = 'moderation_warning' THEN 'all' ELSE p.policy END
          WHEN 'all' THEN true
          WHEN 'followed' THEN EXISTS (
              SELECT 1 FROM follows f
              WHERE f.account_id = n.account_id AND f.target_account_id = n.from_account_id
          )
          WHEN 'follower' THEN EXISTS (
              SELECT 1 FROM follows f
              WHERE f.account_id = n.from_account_id AND f.target_account_id = n.account_id
          )
          ELSE false
      END
      {_GOOD}
    ORDER BY p.id
    LIMIT 100
"""


async def list_subscriptions_wanting(tx: Reading, *, notification_id: int) -> list[int]:
    """The subscriptions of the notified member that asked for this kind, from this sender."""
    rows = await tx.fetch_all(LIST_SUBSCRIPTIONS_WANTING, notification_id)
    return [row["id"] for row in rows]


# The status is asked for as the notified member sees it now: what was written to others, or
# hidden from this one since, is not told.
_SEEN = visible("s", "author").replace("$1::bigint", "p.account_id").replace("$1", "p.account_id")

FIND_PUSHED = f"""
    SELECT n.id AS notification_id, n.kind, n.created_at, a.username, a.display_name, a.note_html,
           coalesce(a.avatar_static_key, a.avatar_key) AS avatar_key, s.content_html,
           s.content_warning, l.locale, p.endpoint, p.p256dh, p.auth, p.is_standard,
           p.sealed_token
    FROM push_subscriptions p
    JOIN notifications n ON n.account_id = p.account_id
    JOIN accounts a ON a.id = n.from_account_id AND a.suspended_at IS NULL
    LEFT JOIN statuses s ON s.id = n.status_id
    LEFT JOIN accounts author ON author.id = s.account_id
    JOIN oauth_tokens t ON t.id = p.token_id
    JOIN logins l ON l.account_id = p.account_id
    JOIN accounts me ON me.id = p.account_id
    WHERE p.id = $1 AND n.id = $2 AND (n.status_id IS NULL OR {_SEEN})
    {_GOOD}
"""


async def find_pushed(
    tx: Reading, *, subscription_id: int, notification_id: int
) -> PushedNotification | None:
    """What to tell, and where; None if either is gone or may no longer be told."""
    row = await tx.fetch_one(FIND_PUSHED, subscription_id, notification_id)
    return row and PushedNotification(*row.values())


def _subscription_of(row: Row) -> PushSubscription:
    return PushSubscription(
        row["id"], row["endpoint"], row["is_standard"], from_json(row["alerts"]), row["policy"]
    )
