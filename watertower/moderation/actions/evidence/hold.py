"""A legal hold: evidence of a case stays beyond its time, for a reason and until a day."""

from datetime import datetime

from watertower.base.context import Context
from watertower.moderation.errors.evidence import HoldNeedsEnd
from watertower.moderation.queries.cases import update_case
from watertower.moderation.steps.cases import require_case
from watertower.moderation.steps.log import log


async def hold_evidence(
    ctx: Context, *, actor_id: int, case_id: int, reason: str, until: datetime
) -> None:
    """Keep it until then. Raises CaseNotFound, HoldNeedsEnd."""
    if not reason.strip() or until <= ctx.now():
        raise HoldNeedsEnd
    async with ctx.transaction() as tx:
        await require_case(tx, viewer_id=actor_id, case_id=case_id)
        await update_case(
            tx, case_id=case_id, at=ctx.now(), held_until=until, held_reason=reason[:1000]
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="hold_evidence",
            subject=("case", case_id),
            case_id=case_id,
            reason=reason,
            details={"until": until.isoformat()},
        )


async def release_evidence(ctx: Context, *, actor_id: int, case_id: int) -> None:
    """End the hold: the ordinary time counts again."""
    async with ctx.transaction() as tx:
        case = await require_case(tx, viewer_id=actor_id, case_id=case_id)
        if case.held_until is None:
            return
        await update_case(tx, case_id=case_id, at=ctx.now(), held_until=None, held_reason="")
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="release_evidence",
            subject=("case", case_id),
            case_id=case_id,
        )
