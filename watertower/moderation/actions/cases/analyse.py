"""Write an analysis: how I understand it, what I would and would not do, and why."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.moderation.errors.cases import WordsMissing
from watertower.moderation.model.cases import CaseState
from watertower.moderation.queries.case_parts import insert_analysis
from watertower.moderation.queries.cases import update_case
from watertower.moderation.steps.case_policy import case_policy
from watertower.moderation.steps.cases import require_open_case
from watertower.moderation.steps.log import log

LONGEST = 10_000  # characters of each part
_MOVES_ON = {CaseState.FILED, CaseState.TRIAGED, CaseState.ASSIGNED}


async def analyse(
    ctx: Context,
    *,
    actor_id: int,
    case_id: int,
    situation: str,
    would_do: str,
    would_not_do: str,
    why: str,
    wants_second_opinion: bool = False,
) -> int:
    """Keep the analysis; its id. With `wants_second_opinion` the discussion begins, 48 hours.

    Trainees write these, and nothing more. Raises CaseNotFound, CaseClosed, WordsMissing.
    """
    parts = {
        "situation": situation,
        "would_do": would_do,
        "would_not_do": would_not_do,
        "why": why,
    }
    for name, words in parts.items():
        if not words.strip():
            raise WordsMissing(name, "An analysis has three parts; write a word in each")
    async with ctx.transaction() as tx:
        case = await require_open_case(tx, viewer_id=actor_id, case_id=case_id)
        policy = await case_policy(tx)
        made = await insert_analysis(
            tx,
            case_id=case_id,
            author_id=actor_id,
            at=ctx.now(),
            **{name: words.strip()[:LONGEST] for name, words in parts.items()},
        )
        state, due = case.state, case.due_at
        if state in _MOVES_ON:
            state = CaseState.ANALYSIS
        if wants_second_opinion and state in {*_MOVES_ON, CaseState.ANALYSIS}:
            state = CaseState.DISCUSSION
            due = ctx.now() + timedelta(hours=policy.discussion_hours)
        await update_case(
            tx,
            case_id=case_id,
            at=ctx.now(),
            state=str(state),
            due_at=due,
            first_looked_at=case.first_looked_at or ctx.now(),
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="analyse",
            subject=("case", case_id),
            case_id=case_id,
        )
    return made
