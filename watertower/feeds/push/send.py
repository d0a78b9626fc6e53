"""Sends notifications to subscribed apps: one job finds them, one for each app delivers."""

from datetime import timedelta

import structlog
from prometheus_client import Counter

from watertower.accounts.tickets import unseal
from watertower.base.context import Context
from watertower.base.errors import Unreachable
from watertower.base.http.errors import OutgoingFailed
from watertower.base.queue.job import Lane, job
from watertower.feeds.model import PushedNotification
from watertower.feeds.push.encryption import Sealed, device_keys, seal_aes128gcm, seal_aesgcm
from watertower.feeds.push.identity import identity_headers
from watertower.feeds.push.message import message_of
from watertower.feeds.queries.push_subscriptions import (
    delete_push_subscription,
    delete_push_subscriptions_of_tokens,
    find_pushed,
    list_subscriptions_wanting,
)

log = structlog.get_logger()

VALID_FOR = timedelta(hours=48)  # after this nobody wants to be disturbed by it any more
TOKEN_SEAL = "push"  # noqa: S105  # what the sealed token is for, not a password
ANSWER_LIMIT_BYTES = 16_384
ATTEMPTS = 6  # the last one about ten minutes after the first

PUSHES = Counter("watertower_pushes_total", "Web Push messages", ["outcome"])


@job(Lane.PUSH)
async def push_notification(ctx: Context, *, notification_id: int) -> None:
    """Find the apps that want to hear of a notification; each gets a job of its own."""
    async with ctx.transaction() as tx:
        for subscription_id in await list_subscriptions_wanting(
            tx, notification_id=notification_id
        ):
            tx.enqueue(
                push_to_app.queued(subscription_id=subscription_id, notification_id=notification_id)
            )


@job(Lane.PUSH, attempts=ATTEMPTS)
async def push_to_app(ctx: Context, *, subscription_id: int, notification_id: int) -> None:
    """Deliver a notification to one app. Running twice shows it once: apps know its id."""
    async with ctx.reading() as tx:
        told = await find_pushed(
            tx, subscription_id=subscription_id, notification_id=notification_id
        )
    if told is None or told.created_at < ctx.now() - VALID_FOR:
        return
    sealed = _seal(ctx, told)
    identity = identity_headers(
        ctx.secrets,
        ctx.settings,
        endpoint=told.endpoint,
        now=ctx.now(),
        is_standard=told.is_standard,
    )
    headers = {
        **sealed.headers,
        **identity,
        "Content-Type": "application/octet-stream",
        "TTL": str(int(VALID_FOR.total_seconds())),
        "Urgency": "normal",
    }
    if not told.is_standard:
        headers["Crypto-Key"] = f"{sealed.headers['Crypto-Key']};{identity['Crypto-Key']}"
    status = await _post(ctx, told.endpoint, headers, sealed.body)
    if status in {404, 410}:
        async with ctx.transaction() as tx:
            await delete_push_subscription(tx, subscription_id=subscription_id)
        PUSHES.labels("gone").inc()
    elif status == 429 or status >= 500:
        PUSHES.labels("retried").inc()
        raise Unreachable(f"The push service answered {status}")
    elif status >= 300:
        PUSHES.labels("refused").inc()
        log.info("push refused", status=status, subscription_id=subscription_id)
    else:
        PUSHES.labels("sent").inc()


def _seal(ctx: Context, told: PushedNotification) -> Sealed:
    icon = (
        ctx.storage.url(told.avatar_key)
        if told.avatar_key
        else f"{ctx.settings.base_url}/assets/avatar.png"
    )
    token = unseal(ctx.secrets, purpose=TOKEN_SEAL, sealed=told.sealed_token) or ""
    plain = message_of(told, icon=icon, access_token=token)
    keys = device_keys(told.p256dh, told.auth)
    return seal_aes128gcm(plain, keys) if told.is_standard else seal_aesgcm(plain, keys)


async def _post(ctx: Context, endpoint: str, headers: dict[str, str], body: bytes) -> int:
    """The status of the answer; 410 for an address that can never be reached."""
    try:
        answer = await ctx.http.request(
            "POST", endpoint, headers=headers, body=body, limit_bytes=ANSWER_LIMIT_BYTES
        )
    except OutgoingFailed as failed:
        if failed.is_final:
            return 410
        PUSHES.labels("retried").inc()
        raise
    return answer.status


@job(Lane.PUSH)
async def forget_push_subscriptions(ctx: Context, *, token_ids: list[int]) -> None:
    """Tokens were revoked: their apps are no longer pushed to."""
    async with ctx.transaction() as tx:
        await delete_push_subscriptions_of_tokens(tx, token_ids=token_ids)
