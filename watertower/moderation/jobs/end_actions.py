"""What the clock does about standing: actions end, data are purged or kept for an appeal."""

from watertower.base.context import Context
from watertower.base.errors import Refused
from watertower.base.queue.job import Lane, job
from watertower.moderation.model.standing import KEPT_WHOLE
from watertower.moderation.queries.holds import list_appealed_statuses
from watertower.moderation.queries.purges import list_to_purge
from watertower.moderation.queries.standing import list_ended
from watertower.moderation.steps.holds import AFTER_AN_APPEAL
from watertower.moderation.steps.purge import purge_in
from watertower.moderation.steps.standing import undo_in
from watertower.statuses.queries.withheld import update_kept_until

CHUNK = 100


@job(Lane.SCHEDULED)
async def end_actions(ctx: Context) -> None:
    """Undo what was decided until now and no longer. Each in a transaction of its own."""
    async with ctx.reading() as tx:
        ended = await list_ended(tx, at=ctx.now(), most=CHUNK)
    for action_id in ended:
        try:
            async with ctx.transaction() as tx:
                await undo_in(
                    tx, ctx, actor_id=None, action_id=action_id, reason="Its time is over"
                )
        except Refused:
            continue  # deleted meanwhile: there is nothing to undo


@job(Lane.SCHEDULED)
async def purge_suspended(ctx: Context) -> None:
    """Delete for good who was suspended thirty days ago, unless an appeal runs."""
    async with ctx.reading() as tx:
        due = await list_to_purge(tx, before=ctx.now() - KEPT_WHOLE, at=ctx.now(), most=CHUNK)
    for account_id in due:
        async with ctx.transaction() as tx:
            await purge_in(
                tx,
                ctx,
                account_id=account_id,
                suspended_before=ctx.now() - KEPT_WHOLE,
                actor_id=None,
                reason="Suspended for thirty days",
            )


@job(Lane.SCHEDULED)
async def keep_what_is_appealed(ctx: Context) -> None:
    """Posts that an appeal is about are kept for as long as it runs, and a while longer."""
    until = ctx.now() + AFTER_AN_APPEAL
    async with ctx.transaction() as tx:
        wanted = await list_appealed_statuses(tx, kept_until=until)
        if wanted:
            await update_kept_until(tx, status_ids=wanted, kept_until=until)
