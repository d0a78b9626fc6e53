"""What moderators do with a report in apps: take it, give it back, close it, open it, correct it.

Apps know reports and no cases, so the case moves along: who takes a report takes its case, and
with the last open report of a case the case is closed.
"""

from collections.abc import Sequence
from datetime import timedelta

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.cases import CaseNotFound
from watertower.moderation.errors.reports import NoSuchRule, ReportNotFound
from watertower.moderation.model.cases import CaseState
from watertower.moderation.model.reports import Report
from watertower.moderation.queries.cases import update_case
from watertower.moderation.queries.handled import (
    find_report_for,
    has_open_reports,
    update_assigned,
    update_category,
    update_reopened,
    update_resolved,
)
from watertower.moderation.queries.reports import list_rules_in_force
from watertower.moderation.steps.case_policy import case_policy
from watertower.moderation.steps.cases import close_case, require_case
from watertower.moderation.steps.log import log
from watertower.moderation.steps.reopen import reopen_case


async def assign(ctx: Context, *, report_id: int, actor_id: int, is_taken: bool) -> None:
    """A moderator takes the report and its case, or gives them back."""
    async with ctx.transaction() as tx:
        report = await _require(tx, report_id=report_id, actor_id=actor_id)
        moderator_id = actor_id if is_taken else None
        await update_assigned(tx, report_id=report_id, account_id=moderator_id, at=ctx.now())
        if report.case_id is not None:
            case = await require_case(tx, viewer_id=actor_id, case_id=report.case_id)
            state = case.state
            if is_taken and state in {CaseState.FILED, CaseState.TRIAGED}:
                state = CaseState.ASSIGNED
            elif not is_taken and state is CaseState.ASSIGNED:
                state = CaseState.TRIAGED if case.is_rated else CaseState.FILED
            await update_case(
                tx,
                case_id=case.id,
                at=ctx.now(),
                assigned_account_id=moderator_id,
                state=str(state),
                first_looked_at=case.first_looked_at or ctx.now(),
            )
        await _log(tx, ctx, report, actor_id, "assign" if is_taken else "give_back")


async def resolve(ctx: Context, *, report_id: int, moderator_id: int) -> None:
    """Close the report; who closed it first stays written, closing again is no error.

    With its last open report the case is closed, with what was decided in it, or "none".
    """
    async with ctx.transaction() as tx:
        report = await _require(tx, report_id=report_id, actor_id=moderator_id)
        if not await update_resolved(
            tx, report_id=report_id, account_id=moderator_id, at=ctx.now()
        ):
            return
        await _log(tx, ctx, report, moderator_id, "resolve")
        if report.case_id is not None and not await has_open_reports(tx, case_id=report.case_id):
            await close_case(
                tx,
                at=ctx.now(),
                case_id=report.case_id,
                actor_id=moderator_id,
                reason="Closed in an app, without further words",
            )


async def reopen(ctx: Context, *, report_id: int, actor_id: int) -> None:
    """Open a closed report again, and its case. Raises EvidenceIsGone past the case's retention."""
    async with ctx.transaction() as tx:
        report = await _require(tx, report_id=report_id, actor_id=actor_id)
        await update_reopened(tx, report_id=report_id, at=ctx.now())
        await _log(tx, ctx, report, actor_id, "reopen")
        if report.case_id is not None:
            policy = await case_policy(tx)
            await reopen_case(
                tx,
                at=ctx.now(),
                case_id=report.case_id,
                actor_id=actor_id,
                because="Opened again in an app",
                due_at=ctx.now() + timedelta(hours=policy.first_look_hours),
            )


async def recategorise(
    ctx: Context,
    *,
    report_id: int,
    actor_id: int,
    category: str | None,
    rule_ids: Sequence[int] | None,
) -> None:
    """Correct what the reporter chose; only violations name rules. Raises NoSuchRule."""
    wanted = set(rule_ids or ())
    async with ctx.transaction() as tx:
        report = await _require(tx, report_id=report_id, actor_id=actor_id)
        if wanted and wanted - await list_rules_in_force(tx, rule_ids=sorted(wanted)):
            raise NoSuchRule
        await update_category(
            tx, report_id=report_id, category=category, rule_ids=rule_ids, at=ctx.now()
        )
        await _log(tx, ctx, report, actor_id, "recategorise")


async def _require(tx: Transaction, *, report_id: int, actor_id: int) -> Report:
    """The report, its case held first; ReportNotFound for what is about the actor or theirs."""
    report = await find_report_for(tx, viewer_id=actor_id, report_id=report_id)
    if report is None:
        raise ReportNotFound
    if report.case_id is not None:
        try:
            await require_case(tx, viewer_id=actor_id, case_id=report.case_id)
        except CaseNotFound as error:
            raise ReportNotFound from error
    return report


async def _log(tx: Transaction, ctx: Context, report: Report, actor_id: int, verb: str) -> None:
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb=f"{verb}_report",
        subject=("report", report.id),
        case_id=report.case_id,
    )
