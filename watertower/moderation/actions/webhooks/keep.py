"""Keep: webhooks are made, changed and removed by those who may, and each change is logged."""

import secrets
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from watertower.accounts.model import Viewer
from watertower.accounts.tickets import seal, unseal
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.webhooks import (
    NotYours,
    TooManyWebhooks,
    WebhookNotFound,
    WrongEvents,
    WrongUrl,
)
from watertower.moderation.model.webhooks import (
    EVENTS,
    LONGEST_URL,
    MOST_WEBHOOKS,
    Webhook,
    WebhookDelivery,
    may_choose,
)
from watertower.moderation.queries.webhooks import (
    delete_webhook,
    find_webhook,
    insert_webhook,
    list_deliveries,
    list_webhooks,
    update_webhook,
)
from watertower.moderation.steps.log import log

PURPOSE = "webhook"


async def create_webhook(ctx: Context, *, actor: Viewer, url: str, events: Sequence[str]) -> int:
    """A new webhook with a secret of its own; its id. Raises WrongUrl, WrongEvents, NotYours."""
    wanted = _checked(ctx, url, events)
    actor_id = _require(actor, wanted)
    async with ctx.transaction() as tx:
        if len(await list_webhooks(tx)) >= MOST_WEBHOOKS:
            raise TooManyWebhooks
        webhook_id = await insert_webhook(
            tx, url=url, events=wanted, secret=_new_secret(ctx), by=actor_id, at=ctx.now()
        )
        await _log(tx, ctx, actor_id=actor_id, verb="make webhook", webhook_id=webhook_id)
    return webhook_id


async def change_webhook(
    ctx: Context,
    *,
    actor: Viewer,
    webhook_id: int,
    url: str | None = None,
    events: Sequence[str] | None = None,
    is_enabled: bool | None = None,
    has_new_secret: bool = False,
) -> None:
    """Change what is given. Raises WebhookNotFound, WrongUrl, WrongEvents, NotYours."""
    async with ctx.transaction() as tx:
        found = await find_webhook(tx, webhook_id=webhook_id)
        if found is None:
            raise WebhookNotFound
        address = found.url if url is None else url
        wanted = _checked(ctx, address, found.events if events is None else events)
        actor_id = _require(actor, {*wanted, *found.events})
        await update_webhook(
            tx,
            webhook_id=webhook_id,
            url=address,
            events=wanted,
            is_enabled=found.is_enabled if is_enabled is None else is_enabled,
            secret=_new_secret(ctx) if has_new_secret else found.secret,
            at=ctx.now(),
        )
        await _log(tx, ctx, actor_id=actor_id, verb="change webhook", webhook_id=webhook_id)


async def remove_webhook(ctx: Context, *, actor_id: int, webhook_id: int) -> None:
    """Remove it; twice is no error."""
    async with ctx.transaction() as tx:
        if await delete_webhook(tx, webhook_id=webhook_id):
            await _log(tx, ctx, actor_id=actor_id, verb="remove webhook", webhook_id=webhook_id)


async def webhooks(ctx: Context) -> list[Webhook]:
    """All of them."""
    async with ctx.reading() as tx:
        return await list_webhooks(tx)


async def webhook(
    ctx: Context, *, actor_id: int, webhook_id: int
) -> tuple[Webhook, str, list[WebhookDelivery]]:
    """One with its secret, which is a look that is logged, and what was sent lately."""
    async with ctx.transaction() as tx:
        found = await find_webhook(tx, webhook_id=webhook_id)
        if found is None:
            raise WebhookNotFound
        await _log(tx, ctx, actor_id=actor_id, verb="read webhook", webhook_id=webhook_id)
        return found, secret_of(ctx, found), await list_deliveries(tx, webhook_id=webhook_id)


def secret_of(ctx: Context, found: Webhook) -> str:
    """The key of its signatures; "" once the server's own secrets were replaced."""
    return unseal(ctx.secrets, purpose=PURPOSE, sealed=found.secret) or ""


def _require(actor: Viewer, events: Collection[str]) -> int:
    if actor.account_id is None or not all(may_choose(actor, event) for event in events):
        raise NotYours
    return actor.account_id


def _new_secret(ctx: Context) -> str:
    return seal(ctx.secrets, purpose=PURPOSE, text=secrets.token_hex(20))


def _checked(ctx: Context, url: str, events: Sequence[str]) -> list[str]:
    schemes = {"https", "http"} if ctx.settings.federation.allow_http else {"https"}
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise WrongUrl from error
    if parts.scheme not in schemes or not parts.hostname or len(url) > LONGEST_URL:
        raise WrongUrl
    if not events or set(events) - set(EVENTS):
        raise WrongEvents
    return sorted(set(events))


async def _log(tx: Transaction, ctx: Context, *, actor_id: int, verb: str, webhook_id: int) -> None:
    await log(tx, at=ctx.now(), actor_id=actor_id, verb=verb, subject=("webhook", webhook_id))
