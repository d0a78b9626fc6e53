"""Which event goes out, as what, and the job that sends it.

A receiver gets {"event", "created_at", "object"} and can check X-Hub-Signature, as with Mastodon.
The object is as it is at the moment of sending, so a late delivery tells the truth of its time.
"""

from collections.abc import Sequence
from typing import Any

from watertower.api.shapes.admin_account import render_admin_accounts
from watertower.api.shapes.admin_report import render_admin_reports
from watertower.api.shapes.appeal import appeal_shape
from watertower.api.shapes.raw import raw
from watertower.api.shapes.status import render_status_map
from watertower.api.shapes.times import moment
from watertower.api.webhooks.objects import own_object
from watertower.base.context import Context
from watertower.base.errors import Unreachable
from watertower.base.json import to_json_bytes
from watertower.base.queue.job import Lane, job
from watertower.moderation.access.reports import reports_by_id
from watertower.moderation.actions.webhooks.send import (
    appeal_told,
    case_and_action,
    delivery,
    forget_deliveries,
    is_told,
    new_statuses,
    plan,
    reports_of_case,
    send,
)


@job(Lane.PUSH, attempts=9)
async def deliver_webhook(ctx: Context, *, delivery_id: int) -> None:
    """Send one event to one webhook; again later, up to an hour, while it does not answer 2xx."""
    found = await delivery(ctx, delivery_id=delivery_id)
    if found is None:
        return
    thing = await _object(ctx, found.event, found.object_id)
    if thing is None:
        return  # It is gone, or nobody may see it any more.
    body = to_json_bytes(
        {"event": found.event, "created_at": moment(found.created_at), "object": thing}
    )
    sent = await send(ctx, delivery_id=delivery_id, body=body)
    if not sent.is_delivered:
        raise Unreachable(sent.problem)


async def _object(ctx: Context, event: str, object_id: int) -> Any:
    """The thing in the shape of the API; None if there is nothing to tell."""
    kind = event.partition(".")[0]
    if kind in {"account", "sign_up"}:
        found = await render_admin_accounts(ctx, [object_id])
        return raw(found[object_id]) if object_id in found else None
    if kind == "status":
        statuses = await render_status_map(ctx, [object_id], viewer=None)
        return raw(statuses[object_id]) if object_id in statuses else None
    if kind == "report":
        reports = await reports_by_id(ctx, report_ids=[object_id])
        if object_id not in reports:
            return None
        (body,) = await render_admin_reports(ctx, [reports[object_id]], viewer=None)
        return raw(body)
    if kind == "appeal":
        appeal = await appeal_told(ctx, appeal_id=object_id)
        # What was said is between the person and the team.
        return appeal and appeal_shape(appeal) | {"outcome_message": ""}
    if kind in {"case", "action"}:
        return await _case_or_action(ctx, kind, object_id)
    return await own_object(ctx, kind, object_id)


async def _case_or_action(ctx: Context, kind: str, object_id: int) -> dict[str, Any] | None:
    case, action = await case_and_action(ctx, **{f"{kind}_id": object_id})
    if case is not None:
        return {
            "id": str(case.id),
            "kind": case.kind,
            "state": str(case.state),
            "target_account_id": case.target_account_id and str(case.target_account_id),
            "target_domain": case.target_domain,
            "outcome": case.outcome,
            "decided_at": moment(case.decided_at),
            "closed_at": moment(case.closed_at),
        }
    if action is not None:
        return {
            "id": str(action.id),
            "kind": str(action.kind),
            "case_id": action.case_id and str(action.case_id),
            "target_account_id": str(action.target_account_id),
            "ends_at": moment(action.ends_at),
            "created_at": moment(action.created_at),
            "undone_at": moment(action.undone_at),
        }
    return None


async def tell(ctx: Context, event: str, object_ids: Sequence[int]) -> None:
    """Plan a delivery of this event about each object to every webhook that listens."""
    async with ctx.transaction() as tx:
        for one in await plan(tx, ctx, event=event, object_ids=object_ids):
            tx.enqueue(deliver_webhook.queued(delivery_id=one))


@job(Lane.LOCAL)
async def hook_account_created(ctx: Context, *, account_id: int) -> None:
    """account.created."""
    await tell(ctx, "account.created", [account_id])


@job(Lane.LOCAL)
async def hook_account_approved(ctx: Context, *, account_id: int) -> None:
    """account.approved."""
    await tell(ctx, "account.approved", [account_id])


@job(Lane.LOCAL)
async def hook_account_updated(ctx: Context, *, account_id: int) -> None:
    """account.updated."""
    await tell(ctx, "account.updated", [account_id])


@job(Lane.LOCAL)
async def hook_report_created(ctx: Context, *, report_id: int) -> None:
    """report.created."""
    await tell(ctx, "report.created", [report_id])


@job(Lane.LOCAL)
async def hook_status_updated(ctx: Context, *, status_id: int) -> None:
    """status.updated."""
    if await is_told(ctx, status_id=status_id):
        await tell(ctx, "status.updated", [status_id])


@job(Lane.LOCAL)
async def hook_case_opened(ctx: Context, *, case_id: int) -> None:
    """case.opened."""
    await tell(ctx, "case.opened", [case_id])


@job(Lane.LOCAL)
async def hook_case_decided(ctx: Context, *, case_id: int) -> None:
    """case.decided, and report.updated for its reports."""
    await tell(ctx, "case.decided", [case_id])
    await tell(ctx, "report.updated", await reports_of_case(ctx, case_id=case_id))


@job(Lane.LOCAL)
async def hook_case_closed(ctx: Context, *, case_id: int) -> None:
    """case.closed, and report.updated for its reports."""
    await tell(ctx, "case.closed", [case_id])
    await tell(ctx, "report.updated", await reports_of_case(ctx, case_id=case_id))


@job(Lane.LOCAL)
async def hook_action_taken(ctx: Context, *, action_id: int) -> None:
    """action.taken."""
    await tell(ctx, "action.taken", [action_id])


@job(Lane.LOCAL)
async def hook_action_undone(ctx: Context, *, action_id: int) -> None:
    """action.undone."""
    await tell(ctx, "action.undone", [action_id])


@job(Lane.LOCAL)
async def hook_appeal_filed(ctx: Context, *, appeal_id: int) -> None:
    """appeal.filed."""
    await tell(ctx, "appeal.filed", [appeal_id])


@job(Lane.LOCAL)
async def hook_appeal_decided(ctx: Context, *, appeal_id: int) -> None:
    """appeal.decided."""
    await tell(ctx, "appeal.decided", [appeal_id])


@job(Lane.SCHEDULED)
async def hook_new_statuses(ctx: Context) -> None:
    """status.created, by looking now and then: a job for each post would cost all the others."""
    async with ctx.transaction() as tx:
        found = await new_statuses(tx, ctx)
        if found:
            for one in await plan(tx, ctx, event="status.created", object_ids=found):
                tx.enqueue(deliver_webhook.queued(delivery_id=one))


@job(Lane.SCHEDULED)
async def sweep_webhook_deliveries(ctx: Context) -> None:
    """Forget what was sent long ago."""
    await forget_deliveries(ctx)
