"""Close a case, also without doing anything; open a closed one again."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.moderation.errors.cases import WordsMissing, WrongState
from watertower.moderation.queries.reports import list_reports_of_case, update_advice
from watertower.moderation.steps.case_policy import case_policy
from watertower.moderation.steps.cases import close_case, record_outcome, require_open_case
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.reopen import reopen_case

HOW_TO_REPORT_AGAIN = (
    "Thank you for your report. It came without an explanation, and we could not see from the "
    "posts what it is about, so we closed it. Please report it again if it matters to you, and "
    "tell us in your own words what happened and what a stranger would not see. A few words are "
    "enough. Nothing you report counts against you."
)


async def close(
    ctx: Context, *, actor_id: int, case_id: int, reason: str = "", advice: str = ""
) -> None:
    """Close it. Where nothing was decided that is the outcome "none", and it needs a reason.

    `advice` tells the reporters how to make their next report more useful. Closing again is no
    error. Raises CaseNotFound, CaseClosed, WordsMissing.
    """
    async with ctx.transaction() as tx:
        case = await require_open_case(tx, viewer_id=actor_id, case_id=case_id)
        if case.decided_at is None:
            if not reason.strip():
                raise WordsMissing("reason", "Write down why. Doing nothing needs a reason too")
            await record_outcome(
                tx, at=ctx.now(), case_id=case_id, outcome="none", reason=reason, actor_id=actor_id
            )
        if advice.strip():
            await update_advice(tx, case_id=case_id, advice=advice.strip()[:2000])
        await close_case(tx, at=ctx.now(), case_id=case_id, actor_id=actor_id, reason=reason)


async def close_as_empty(ctx: Context, *, actor_id: int, case_id: int) -> None:
    """The rule for empty reports: no words, no visible cause. The reporters are told how it works.

    Raises WrongState for a case of which a report says something.
    """
    async with ctx.transaction() as tx:
        await require_open_case(tx, viewer_id=actor_id, case_id=case_id)
        reports = await list_reports_of_case(tx, case_id=case_id)
        if not reports or any(report.comment.strip() for report in reports):
            raise WrongState("Somebody explained this report; it is not an empty one")
        await record_outcome(
            tx,
            at=ctx.now(),
            case_id=case_id,
            outcome="empty",
            reason="No explanation, and no cause to be seen",
            actor_id=actor_id,
        )
        for reporter_id in sorted({report.account_id for report in reports if not report.uri}):
            await say(
                tx,
                ctx,
                case_id=case_id,
                thread="reporter",
                with_account_id=reporter_id,
                from_team=True,
                author_id=actor_id,
                text=HOW_TO_REPORT_AGAIN,
            )
        await close_case(tx, at=ctx.now(), case_id=case_id, actor_id=actor_id)


async def reopen(ctx: Context, *, actor_id: int, case_id: int, because: str) -> None:
    """Open a closed case again: new evidence, a mistake, an appeal. Raises EvidenceIsGone."""
    if not because.strip():
        raise WordsMissing("because", "Say why it is opened again")
    async with ctx.transaction() as tx:
        policy = await case_policy(tx)
        await reopen_case(
            tx,
            at=ctx.now(),
            case_id=case_id,
            actor_id=actor_id,
            because=because.strip(),
            due_at=ctx.now() + timedelta(hours=policy.first_look_hours),
        )
