"""Send: an event becomes one delivery for each webhook that listens to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from watertower.accounts.queries.site import set_site_setting, site_setting
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.http.errors import OutgoingFailed
from watertower.base.ids import first_id_at
from watertower.moderation.actions.webhooks.keep import secret_of
from watertower.moderation.model.appeals import Appeal
from watertower.moderation.model.cases import Case
from watertower.moderation.model.standing import Action
from watertower.moderation.model.webhooks import SIGNATURE, WebhookDelivery, signature_of
from watertower.moderation.queries.appeals import find_appeal
from watertower.moderation.queries.cases import find_case
from watertower.moderation.queries.standing import find_action
from watertower.moderation.queries.webhooks import (
    delete_old_deliveries,
    find_delivery,
    find_webhook,
    has_listener,
    insert_deliveries,
    list_new_statuses,
    list_report_ids,
    update_tried,
)

KEPT = timedelta(days=14)
ANSWER_BYTES = 65_536
DEADLINE_SECONDS = 10.0
# Two posts of one moment are committed in either order: what is this young is looked at next time.
SETTLED = timedelta(seconds=5)
CURSOR = "webhook_statuses_after"


async def plan(
    tx: Transaction, ctx: Context, *, event: str, object_ids: Sequence[int]
) -> list[int]:
    """Deliveries for everybody who listens; ids, to be sent once this is committed."""
    return await insert_deliveries(tx, event=event, object_ids=object_ids, at=ctx.now())


async def delivery(ctx: Context, *, delivery_id: int) -> WebhookDelivery | None:
    """A delivery that is still to be made; None if it is done, or its webhook is off or gone."""
    async with ctx.reading() as tx:
        found = await find_delivery(tx, delivery_id=delivery_id)
        if found is None or found.delivered_at is not None:
            return None
        kept = await find_webhook(tx, webhook_id=found.webhook_id)
    return found if kept is not None and kept.is_enabled else None


@dataclass(frozen=True)
class Sent:
    """How a try ended."""

    is_delivered: bool
    problem: str


async def send(ctx: Context, *, delivery_id: int, body: bytes) -> Sent:
    """Try once, with the guarded client. Whatever happened is written down."""
    async with ctx.reading() as tx:
        found = await find_delivery(tx, delivery_id=delivery_id)
        if found is None:
            return Sent(True, "")
        kept = await find_webhook(tx, webhook_id=found.webhook_id)
    if kept is None:
        return Sent(True, "")
    status: int | None = None
    problem = ""
    try:
        answer = await ctx.http.request(
            "POST",
            kept.url,
            headers={
                "Content-Type": "application/json",
                SIGNATURE: signature_of(secret_of(ctx, kept), body),
                "X-Watertower-Delivery": str(delivery_id),
            },
            body=body,
            limit_bytes=ANSWER_BYTES,
            max_redirects=0,
            deadline_seconds=DEADLINE_SECONDS,
        )
        status = answer.status
        problem = "" if 200 <= status < 300 else f"answered {status}"
    except OutgoingFailed as failed:
        problem = failed.says
    async with ctx.transaction() as tx:
        await update_tried(
            tx,
            delivery_id=delivery_id,
            status=status,
            problem=problem,
            delivered_at=None if problem else ctx.now(),
        )
    return Sent(not problem, problem)


async def new_statuses(tx: Transaction, ctx: Context) -> list[int]:
    """Public posts since the last look; none while nobody listens. Moves the mark along."""
    until = first_id_at(ctx.now() - SETTLED)
    if not await has_listener(tx, events=["status.created"]):
        return []
    after: int = await site_setting(tx, CURSOR, 0)
    # After a time in which nobody listened it begins anew, and not with the past.
    after = max(after, first_id_at(ctx.now() - timedelta(minutes=10)))
    found = await list_new_statuses(tx, after_id=after, before_id=until)
    await set_site_setting(tx, CURSOR, found[-1] if len(found) == 500 else until - 1)
    return found


async def is_told(ctx: Context, *, status_id: int) -> bool:
    """Whether the post is a member's, and for everybody."""
    async with ctx.reading() as tx:
        if not await has_listener(tx, events=["status.updated"]):
            return False
        return bool(await list_new_statuses(tx, after_id=status_id - 1, before_id=status_id + 1))


async def reports_of_case(ctx: Context, *, case_id: int) -> list[int]:
    """Whose state changes with a case."""
    async with ctx.reading() as tx:
        return await list_report_ids(tx, case_id=case_id)


async def case_and_action(
    ctx: Context, *, case_id: int = 0, action_id: int = 0
) -> tuple[Case | None, Action | None]:
    """What an event speaks of, for the server itself."""
    async with ctx.reading() as tx:
        case = await find_case(tx, case_id=case_id) if case_id else None
        action = await find_action(tx, action_id=action_id) if action_id else None
    return case, action


async def appeal_told(ctx: Context, *, appeal_id: int) -> Appeal | None:
    """The appeal that an event speaks of."""
    async with ctx.reading() as tx:
        return await find_appeal(tx, appeal_id=appeal_id)


async def forget_deliveries(ctx: Context) -> None:
    """What was sent two weeks ago."""
    async with ctx.transaction() as tx:
        await delete_old_deliveries(tx, before=ctx.now() - KEPT)
