"""Act: moderators decided something about one account, or about several at once."""

from collections.abc import Sequence
from dataclasses import replace

from watertower.base.context import Context
from watertower.moderation.errors.reports import ReportNotFound
from watertower.moderation.model.standing import Decision, Kind
from watertower.moderation.queries.handled import update_resolved
from watertower.moderation.queries.reports import list_reports_by_id
from watertower.moderation.queries.warnings import find_preset
from watertower.moderation.steps.cases import close_case, record_outcome, require_case
from watertower.moderation.steps.standing import act_in
from watertower.statuses.queries.withheld import list_of_author


async def act(ctx: Context, *, actor_id: int | None, decision: Decision) -> int:
    """Do what was decided; the action's id.

    Raises what act_in raises, and CaseNotFound for a case that the moderator may not act on.
    """
    async with ctx.transaction() as tx:
        if decision.case_id is not None and actor_id is not None:
            await require_case(tx, viewer_id=actor_id, case_id=decision.case_id)
        return await act_in(tx, ctx, decision=decision, actor_id=actor_id)


async def act_on_several(
    ctx: Context, *, actor_id: int, decision: Decision, account_ids: Sequence[int]
) -> list[int]:
    """The same for several people, all or none: a conflict is slowed down for everybody in it.

    Each has an action of their own and sees only that.
    """
    wanted = sorted(set(account_ids))  # two such decisions never wait for one another in turn
    async with ctx.transaction() as tx:
        if decision.case_id is not None:
            await require_case(tx, viewer_id=actor_id, case_id=decision.case_id)
        return [
            await act_in(
                tx,
                ctx,
                decision=replace(decision, target_account_id=account_id),
                actor_id=actor_id,
            )
            for account_id in wanted
        ]


async def act_with_report(
    ctx: Context,
    *,
    actor_id: int,
    report_id: int | None,
    preset_id: int | None,
    decision: Decision,
) -> int:
    """Act as moderators' apps do: with words used before, and closing the report that led to it.

    A suspension that one person decides is looked at by another afterwards. Raises ReportNotFound
    for a report about somebody else, CaseNotFound for one's own, and what act_in raises.
    """
    async with ctx.transaction() as tx:
        preset = None if preset_id is None else await find_preset(tx, preset_id=preset_id)
        if preset:
            decision = replace(
                decision,
                message="\n\n".join(part for part in (preset, decision.message) if part),
                kind=Kind.WARNING if decision.kind is Kind.NONE else decision.kind,
            )
        decision = replace(decision, is_emergency=decision.kind is Kind.SUSPEND)
        if report_id is None:
            return await act_in(tx, ctx, decision=decision, actor_id=actor_id)
        found = await list_reports_by_id(tx, report_ids=[report_id])
        if not found or found[0].target_account_id != decision.target_account_id:
            raise ReportNotFound
        report = found[0]
        if report.case_id is not None:
            await require_case(tx, viewer_id=actor_id, case_id=report.case_id)
        still_there = await list_of_author(
            tx, status_ids=report.status_ids, account_id=decision.target_account_id
        )
        action_id = await act_in(
            tx,
            ctx,
            decision=replace(
                decision,
                case_id=report.case_id,
                rule_ids=report.rule_ids,
                status_ids=sorted(still_there),
            ),
            actor_id=actor_id,
        )
        if report.case_id is None:
            await update_resolved(tx, report_id=report_id, account_id=actor_id, at=ctx.now())
            return action_id
        await record_outcome(
            tx,
            at=ctx.now(),
            case_id=report.case_id,
            outcome=str(decision.kind),
            reason=decision.reason,
            actor_id=actor_id,
        )
        await close_case(tx, at=ctx.now(), case_id=report.case_id, actor_id=actor_id)
        return action_id
