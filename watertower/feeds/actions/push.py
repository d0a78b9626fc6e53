"""Subscribe an app to Web Push, change what it hears of, and end it."""

from collections.abc import Mapping

from watertower.accounts.tickets import seal
from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.base.http.errors import OutgoingFailed
from watertower.base.http.urls import checked_url
from watertower.feeds.errors import PushSubscriptionNotFound
from watertower.feeds.model import PushSubscription
from watertower.feeds.push.encryption import base64url, device_keys
from watertower.feeds.push.send import TOKEN_SEAL
from watertower.feeds.queries.push_subscriptions import (
    delete_push_subscriptions_of_tokens,
    update_push_subscription,
    upsert_push_subscription,
)


async def subscribe_to_push(
    ctx: Context,
    *,
    token_id: int,
    account_id: int,
    access_token: str,
    endpoint: str,
    p256dh: str,
    auth: str,
    is_standard: bool,
    alerts: Mapping[str, bool],
    policy: str,
) -> PushSubscription:
    """Subscribe; replaces what this token had. Invalid for an address or keys of no use.

    Apps find the account that a message is for by the access token inside it, so the token is
    kept for this purpose alone, sealed with the server's key, which is not in the database.
    """
    try:
        checked_url(endpoint, ctx.http.rules)
    except OutgoingFailed as error:
        raise _invalid("endpoint", "is not the address of a push service") from error
    try:
        keys = device_keys(p256dh, auth)
    except ValueError as error:
        raise _invalid("keys", "are not the keys of a push subscription") from error
    async with ctx.transaction() as tx:
        return await upsert_push_subscription(
            tx,
            token_id=token_id,
            account_id=account_id,
            endpoint=endpoint,
            p256dh=base64url(keys.point),
            auth=base64url(keys.auth),
            is_standard=is_standard,
            alerts=alerts,
            policy=policy,
            sealed_token=seal(ctx.secrets, purpose=TOKEN_SEAL, text=access_token),
        )


async def change_push(
    ctx: Context, *, token_id: int, alerts: Mapping[str, bool] | None, policy: str | None
) -> PushSubscription:
    """Change the kinds and senders; None leaves a part as it is. PushSubscriptionNotFound."""
    async with ctx.transaction() as tx:
        changed = await update_push_subscription(
            tx, token_id=token_id, alerts=alerts, policy=policy
        )
    if changed is None:
        raise PushSubscriptionNotFound
    return changed


async def unsubscribe_from_push(ctx: Context, *, token_id: int) -> None:
    """End the subscription; having none is no error."""
    async with ctx.transaction() as tx:
        await delete_push_subscriptions_of_tokens(tx, token_ids=[token_id])


def _invalid(name: str, problem: str) -> Invalid:
    return Invalid(
        f"Validation failed: {name.capitalize()} {problem}",
        details={name: [("ERR_INVALID", problem)]},
    )
