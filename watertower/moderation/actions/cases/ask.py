"""Ask the reporter something: the case waits for the answer, seven days by default."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.moderation.errors.cases import WordsMissing
from watertower.moderation.errors.conversation import ThreadNotFound
from watertower.moderation.model.cases import CaseState
from watertower.moderation.queries.cases import update_case
from watertower.moderation.queries.reports import list_reports_of_case
from watertower.moderation.steps.case_policy import case_policy
from watertower.moderation.steps.cases import require_open_case
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.log import log


async def ask_reporter(
    ctx: Context, *, actor_id: int, case_id: int, reporter_id: int, text: str
) -> None:
    """Ask one of those who reported. When the time is over it is decided on what there is.

    Raises CaseNotFound, CaseClosed, ThreadNotFound for somebody who did not report.
    """
    if not text.strip():
        raise WordsMissing("text", "Write the question first")
    async with ctx.transaction() as tx:
        case = await require_open_case(tx, viewer_id=actor_id, case_id=case_id)
        reports = await list_reports_of_case(tx, case_id=case_id)
        if reporter_id not in {report.account_id for report in reports}:
            raise ThreadNotFound
        policy = await case_policy(tx)
        await say(
            tx,
            ctx,
            case_id=case_id,
            thread="reporter",
            with_account_id=reporter_id,
            from_team=True,
            author_id=actor_id,
            text=text,
        )
        is_waiting = case.state is CaseState.NEEDS_INFO
        await update_case(
            tx,
            case_id=case_id,
            at=ctx.now(),
            state=str(CaseState.NEEDS_INFO),
            state_before_pause=case.state_before_pause if is_waiting else str(case.state),
            due_at=ctx.now() + timedelta(days=policy.needs_info_days),
            first_looked_at=case.first_looked_at or ctx.now(),
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="ask_reporter",
            subject=("case", case_id),
            case_id=case_id,
        )
