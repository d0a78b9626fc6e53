"""Assign: an appeal is taken, or handed over to somebody with more time or another language."""

from watertower.base.context import Context
from watertower.moderation.errors.appeals import AppealNotFound, DecidedIt
from watertower.moderation.steps.appeal_judges import require_seen
from watertower.moderation.steps.appeals import assign_in, judges_of


async def assign_appeal(ctx: Context, *, actor_id: int, appeal_id: int, to_id: int) -> None:
    """Give it to `to_id`, oneself or a colleague. Who has it already keeps it.

    Raises AppealNotFound, also for a colleague who may not know of it, and DecidedIt for who
    made the decision while somebody else is there.
    """
    async with ctx.transaction() as tx:
        appeal = await require_seen(tx, actor_id=actor_id, appeal_id=appeal_id)
        if not appeal.is_open or appeal.assigned_account_id == to_id:
            return
        others, decider = await judges_of(tx, appeal=appeal)
        if to_id == appeal.decider_account_id and others:
            raise DecidedIt
        if to_id not in others and to_id != decider:
            raise AppealNotFound
        await assign_in(
            tx, ctx, appeal=appeal, to_id=to_id, by_id=actor_id, is_same=to_id == decider
        )
