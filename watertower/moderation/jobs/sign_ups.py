"""Clocks of sign-ups: staff are reminded, refusals become final."""

from collections import Counter

from watertower.accounts.steps.applicants import forget_applicants
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.moderation.jobs.sign_up_mails import send_sign_ups_wait_mail
from watertower.moderation.model.sign_ups import ANSWER_WITHIN
from watertower.moderation.queries.reports import list_readers
from watertower.moderation.queries.sign_ups import list_to_forget, list_waiting_since, note_reminded
from watertower.moderation.steps.log import log
from watertower.moderation.steps.sign_ups import MAY_DECIDE

STAGES = (0.5, 0.9, 1.0)  # of the time in which we promise an answer


@job(Lane.SCHEDULED)
async def remind_of_sign_ups(ctx: Context) -> None:
    """Tell staff once at half of the time, at nine tenths and when it is over; one mail for all."""
    now = ctx.now()
    async with ctx.transaction() as tx:
        due: list[tuple[int, int]] = []
        for account_id, since, before in await list_waiting_since(
            tx, before=now - ANSWER_WITHIN * STAGES[0]
        ):
            stage = sum(now >= since + ANSWER_WITHIN * part for part in STAGES)
            if stage > before:
                due.append((account_id, stage))
        if not due:
            return
        await note_reminded(tx, stages=due, at=now)
        counts = Counter(stage for _, stage in due)
        for reader in await list_readers(tx, permissions=int(MAY_DECIDE)):
            tx.enqueue(
                send_sign_ups_wait_mail.queued(
                    account_id=reader, half=counts[1], nearly=counts[2], late=counts[3]
                )
            )


@job(Lane.SCHEDULED)
async def forget_refused(ctx: Context) -> None:
    """Thirty days after a refusal nothing is left of the application, and the name is free."""
    async with ctx.transaction() as tx:
        account_ids = await list_to_forget(tx, now=ctx.now())
        for account_id in account_ids:
            await log(
                tx,
                at=ctx.now(),
                actor_id=None,
                verb="forget_refused_sign_up",
                subject=("account", account_id),
            )
        await forget_applicants(tx, account_ids=account_ids)
