"""Rate a case: how it weighs decides when it is looked at."""

from dataclasses import asdict
from datetime import timedelta

from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.moderation.model.cases import (
    SCOPES,
    SEVERITIES,
    CaseState,
    Rating,
    urgency_of,
)
from watertower.moderation.queries.cases import update_case
from watertower.moderation.steps.case_policy import case_policy
from watertower.moderation.steps.cases import require_open_case
from watertower.moderation.steps.log import log


async def rate(ctx: Context, *, actor_id: int, case_id: int, rating: Rating) -> None:
    """Weigh it, or weigh it anew. What becomes time-critical is due within a quarter of an hour.

    Raises CaseNotFound, CaseClosed, Invalid for a figure outside of its scale.
    """
    if not (0 <= rating.scope < len(SCOPES) and 0 <= rating.severity < len(SEVERITIES)):
        raise Invalid("Scope and severity are figures from 0 to 3")
    async with ctx.transaction() as tx:
        case = await require_open_case(tx, viewer_id=actor_id, case_id=case_id)
        policy = await case_policy(tx)
        due = case.due_at
        if rating.is_time_critical and not case.is_time_critical:
            soon = ctx.now() + timedelta(minutes=policy.time_critical_minutes)
            due = min(due, soon) if due else soon
        state = CaseState.TRIAGED if case.state is CaseState.FILED else case.state
        await update_case(
            tx,
            case_id=case_id,
            at=ctx.now(),
            scope=rating.scope,
            severity=rating.severity,
            is_escalating=rating.is_escalating,
            is_time_critical=rating.is_time_critical,
            harm_done=rating.harm_done[:2000],
            urgency=urgency_of(rating),
            state=str(state),
            due_at=due,
            first_looked_at=case.first_looked_at or ctx.now(),
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="rate",
            subject=("case", case_id),
            case_id=case_id,
            details=asdict(rating),
        )
