"""Look at a case: the first look is measured, and every look is logged."""

from watertower.base.context import Context
from watertower.moderation.model.cases import Case
from watertower.moderation.queries.cases import update_case
from watertower.moderation.steps.cases import require_case
from watertower.moderation.steps.log import log


async def look(ctx: Context, *, actor_id: int, case_id: int) -> Case:
    """The case, with this look written down. Raises CaseNotFound."""
    async with ctx.transaction() as tx:
        case = await require_case(tx, viewer_id=actor_id, case_id=case_id)
        if case.first_looked_at is None:
            await update_case(tx, case_id=case_id, at=ctx.now(), first_looked_at=ctx.now())
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="read_case",
            subject=("case", case_id),
            case_id=case_id,
        )
    return case
