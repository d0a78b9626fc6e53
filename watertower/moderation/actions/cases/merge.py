"""Put cases together that belong together, and take one report out again.

What looks alike is suggested when it arrives, and nothing more: a moderator confirms or denies.
"""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.cases import CaseNotFound, NotSameCase
from watertower.moderation.model.cases import CaseState
from watertower.moderation.queries.case_moves import (
    copy_evidence_of_report,
    list_suggested_ids,
    lock_mergeable,
    move_into,
)
from watertower.moderation.queries.case_parts import withdraw_open_proposals
from watertower.moderation.queries.cases import update_case
from watertower.moderation.queries.conversation import (
    list_cases_with_threads,
    move_conversation,
)
from watertower.moderation.queries.reports import (
    list_reports_by_id,
    list_reports_of_case,
    update_case_of_report,
)
from watertower.moderation.steps.cases import open_case, require_open_case
from watertower.moderation.steps.log import log


async def merge(ctx: Context, *, actor_id: int, into_id: int, case_ids: Sequence[int]) -> list[int]:
    """These become parts of the case; which of them did. Reports stay readable in it.

    What is closed, hidden from the actor or unknown is left out. Raises CaseNotFound, CaseClosed,
    NotSameCase where nothing is left.
    """
    async with ctx.transaction() as tx:
        await require_open_case(tx, viewer_id=actor_id, case_id=into_id)
        return await _merge(tx, ctx, actor_id, into_id, case_ids)


async def merge_suggested(ctx: Context, *, actor_id: int, case_id: int) -> list[int]:
    """All that look like this case are part of it. Doing so again is no error."""
    async with ctx.transaction() as tx:
        await require_open_case(tx, viewer_id=actor_id, case_id=case_id)
        found = await list_suggested_ids(tx, case_id=case_id)
        return await _merge(tx, ctx, actor_id, case_id, found) if found else []


async def deny_suggestion(ctx: Context, *, actor_id: int, case_id: int) -> None:
    """It only looked alike: the case stands in the queue by itself."""
    async with ctx.transaction() as tx:
        case = await require_open_case(tx, viewer_id=actor_id, case_id=case_id)
        if case.suggested_case_id is not None:
            await update_case(
                tx, case_id=case_id, at=ctx.now(), suggested_case_id=None, suggested_because=""
            )
            await log(
                tx,
                at=ctx.now(),
                actor_id=actor_id,
                verb="deny_suggestion",
                subject=("case", case_id),
                case_id=case_id,
                details={"of": str(case.suggested_case_id)},
            )


async def split(ctx: Context, *, actor_id: int, report_id: int) -> int:
    """One report gets a case of its own, with copies of its evidence; the new case's id.

    Raises CaseNotFound, NotSameCase where it is the only report.
    """
    async with ctx.transaction() as tx:
        found = await list_reports_by_id(tx, report_ids=[report_id])
        if not found or found[0].case_id is None:
            raise CaseNotFound
        report, old_id = found[0], found[0].case_id
        await require_open_case(tx, viewer_id=actor_id, case_id=old_id)
        if len(await list_reports_of_case(tx, case_id=old_id)) < 2:
            raise NotSameCase("It is the only report of this case")
        case_id = await open_case(
            tx,
            at=ctx.now(),
            target_account_id=report.target_account_id,
            target_domain=report.target_domain,
            language=report.language,
            is_graphic=report.is_graphic,
            opened_by=actor_id,
            may_fold=False,
        )
        await update_case_of_report(tx, report_id=report_id, case_id=case_id)
        await update_case(tx, case_id=case_id, at=ctx.now(), state=str(CaseState.TRIAGED))
        await copy_evidence_of_report(
            tx,
            from_case_id=old_id,
            to_case_id=case_id,
            report_id=report_id,
            status_ids=report.status_ids,
            account_id=report.target_account_id,
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="split",
            subject=("case", case_id),
            case_id=old_id,
            details={"report_id": str(report_id)},
        )
    return case_id


async def _merge(
    tx: Transaction, ctx: Context, actor_id: int, into_id: int, case_ids: Sequence[int]
) -> list[int]:
    wanted = sorted(set(case_ids) - {into_id})
    found = await lock_mergeable(tx, viewer_id=actor_id, case_ids=wanted)
    if not found:
        raise NotSameCase
    await withdraw_open_proposals(tx, case_ids=found, at=ctx.now())
    await move_into(tx, case_ids=found, into_id=into_id, at=ctx.now())
    for case_id in await list_cases_with_threads(tx, case_ids=found):
        await move_conversation(tx, from_case_id=case_id, to_case_id=into_id)
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb="merge",
        subject=("case", into_id),
        case_id=into_id,
        details={"case_ids": [str(one) for one in found]},
    )
    return found
