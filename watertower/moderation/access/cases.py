"""Cases for those who may see them: never about oneself, never one's own report."""

from watertower.base.context import Context
from watertower.moderation.errors.cases import CaseNotFound
from watertower.moderation.model.cases import Case
from watertower.moderation.queries.cases import find_case_for


async def case_for(ctx: Context, *, viewer_id: int, case_id: int) -> Case:
    """The case; CaseNotFound for its target, its reporters and those who declared a conflict.

    The gate has checked that the viewer's role may read cases.
    """
    async with ctx.reading() as tx:
        found = await find_case_for(tx, viewer_id=viewer_id, case_id=case_id)
    if found is None:
        raise CaseNotFound
    return found
