"""A new case is given to somebody who can take it."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.moderation.queries.cases import lock_case
from watertower.moderation.steps.share_out import choose_moderator, give_case


@job(Lane.LOCAL)
async def share_out_case(ctx: Context, *, case_id: int) -> None:
    """Give an open case that is nobody's to the moderator who fits best; none: it waits for all."""
    async with ctx.transaction() as tx:
        case = await lock_case(tx, case_id=case_id)
        if (
            case is None
            or not case.is_open
            or case.assigned_account_id is not None
            or case.suggested_case_id is not None
            or case.kind != "report"
        ):
            return
        to_id = await choose_moderator(tx, at=ctx.now(), case_id=case_id)
        if to_id is not None:
            await give_case(
                tx, at=ctx.now(), case_id=case_id, to_id=to_id, by=None, because="shared out"
            )
