"""The clocks of appeals: 72 hours to a first answer, 14 days to a decision.

A clock that runs out decides nothing. At half and at nine tenths of its time whoever has the
appeal is reminded; when it is over, those who lead are told and so is the person.
"""

from datetime import datetime

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.moderation.jobs.appeal_mails import remind_of_contact, remind_team, tell_of_lapse
from watertower.moderation.model.appeals import CONTACT, CONTACT_KEPT, Appeal, State
from watertower.moderation.queries.appeal_desk import list_clocked, list_unassigned
from watertower.moderation.queries.appeals import (
    close_lapsed,
    forget_contacts,
    lock_appeal,
    update_appeal,
)
from watertower.moderation.steps.appeals import judges_of, share_out_in
from watertower.moderation.steps.freeze_clock import resume_after_appeal
from watertower.moderation.steps.log import log
from watertower.moderation.steps.reminders import SHARES, moments_to_remind


@job(Lane.SCHEDULED)
async def look_at_appeals(ctx: Context) -> None:
    """Share out what nobody has, let lapse what nobody stands behind, remind of the rest."""
    await _lapse(ctx)
    async with ctx.reading() as tx:
        waiting = await list_unassigned(tx)
    for appeal_id in waiting:
        async with ctx.transaction() as tx:
            appeal = await lock_appeal(tx, appeal_id=appeal_id)
            if appeal is not None and appeal.assigned_account_id is None:
                await share_out_in(tx, ctx, appeal_id=appeal_id)
    after_id = 0
    while True:
        async with ctx.reading() as tx:
            found = await list_clocked(
                tx, after_id=after_id, filed_before=ctx.now() - CONTACT * SHARES[0]
            )
        for appeal in found:
            if appeal.assigned_account_id is not None:
                await _keep_assigned(ctx, appeal.id)
            if wanted(appeal, ctx.now()):
                await _remind(ctx, appeal.id)
        if not found:
            break
        after_id = found[-1].id
    async with ctx.transaction() as tx:
        await forget_contacts(tx, closed_before=ctx.now() - CONTACT_KEPT)


def wanted(appeal: Appeal, now: datetime) -> list[tuple[str, str]]:
    """The reminders (clock, share) that should have gone out by now and have not.

    Of several shares of one clock that were missed only the last is in the list.
    """
    clocks: list[tuple[str, datetime, datetime]] = []
    if appeal.state is State.FILED:
        clocks = [("contact", appeal.created_at, appeal.created_at + CONTACT)]
    elif appeal.verified_at is not None:
        if appeal.answer_due_at is not None and appeal.answered_at is None:
            clocks.append(("answer", appeal.verified_at, appeal.answer_due_at))
        if appeal.decision_due_at is not None:
            clocks.append(("decision", appeal.verified_at, appeal.decision_due_at))
    found = []
    for clock, begin, due in clocks:
        moments = zip(("50", "90", "out"), (*moments_to_remind(begin, due), due), strict=True)
        passed = [share for share, moment in moments if moment <= now]
        if passed and f"{clock}-{passed[-1]}" not in appeal.reminded:
            found.append((clock, passed[-1]))
    return found


async def _keep_assigned(ctx: Context, appeal_id: int) -> None:
    """Who left the team, was moderated, or stepped aside from the case has it no longer."""
    async with ctx.transaction() as tx:
        appeal = await lock_appeal(tx, appeal_id=appeal_id)
        if appeal is None or not appeal.is_open:
            return
        others, decider = await judges_of(tx, appeal=appeal)
        # Nor does who decided, as soon as somebody else is there.
        judges = others or ([] if decider is None else [decider])
        if appeal.assigned_account_id not in judges:
            await share_out_in(tx, ctx, appeal_id=appeal_id)


async def _remind(ctx: Context, appeal_id: int) -> None:
    async with ctx.transaction() as tx:
        appeal = await lock_appeal(tx, appeal_id=appeal_id)
        if appeal is None or not appeal.is_open:
            return
        due = wanted(appeal, ctx.now())
        if not due:
            return
        values: dict[str, object] = {
            "reminded": [*appeal.reminded, *(f"{clock}-{share}" for clock, share in due)]
        }
        for clock, share in due:
            if clock == "contact":
                tx.enqueue(remind_of_contact.queued(appeal_id=appeal_id))
                continue
            tx.enqueue(remind_team.queued(appeal_id=appeal_id, clock=clock, share=share))
            if share == "out":
                values["escalated_at"] = appeal.escalated_at or ctx.now()
                await log(
                    tx,
                    at=ctx.now(),
                    actor_id=None,
                    verb=f"{clock} of appeal overdue",
                    subject=("appeal", appeal_id),
                    case_id=appeal.case_id,
                )
        await update_appeal(tx, appeal_id=appeal_id, at=ctx.now(), **values)


async def _lapse(ctx: Context) -> None:
    async with ctx.transaction() as tx:
        for row in await close_lapsed(tx, at=ctx.now(), within=CONTACT):
            await resume_after_appeal(tx, ctx, action_id=row["action_id"])
            await log(
                tx,
                at=ctx.now(),
                actor_id=None,
                verb="appeal lapsed",
                subject=("appeal", row["id"]),
            )
            tx.enqueue(tell_of_lapse.queued(appeal_id=row["id"]))
