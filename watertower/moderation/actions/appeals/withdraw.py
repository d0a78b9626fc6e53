"""Withdraw: the person takes an appeal back; it may be filed anew while the time lasts."""

from watertower.base.context import Context
from watertower.moderation.errors.appeals import AppealClosed
from watertower.moderation.model.appeals import Outcome, State
from watertower.moderation.queries.appeals import update_appeal
from watertower.moderation.steps.freeze_clock import resume_after_appeal
from watertower.moderation.steps.log import log
from watertower.moderation.steps.own_appeals import require_own


async def withdraw_appeal(ctx: Context, *, account_id: int, appeal_id: int) -> None:
    """Take it back; doing it twice is no error. Raises AppealClosed once there is a decision."""
    async with ctx.transaction() as tx:
        appeal = await require_own(tx, account_id=account_id, appeal_id=appeal_id)
        if appeal.outcome is Outcome.WITHDRAWN:
            return
        if not appeal.is_open:
            raise AppealClosed
        now = ctx.now()
        await update_appeal(
            tx,
            appeal_id=appeal_id,
            at=now,
            state=str(State.CLOSED),
            outcome=str(Outcome.WITHDRAWN),
            closed_at=now,
            proposal=None,
        )
        await resume_after_appeal(tx, ctx, action_id=appeal.action_id)
        await log(
            tx,
            at=now,
            actor_id=account_id,
            verb="withdraw appeal",
            subject=("appeal", appeal_id),
            case_id=appeal.case_id,
        )
