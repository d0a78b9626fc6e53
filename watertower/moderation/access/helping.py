"""A case for a helper who was let into it for a while, under the same duties as the team."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.context import Context
from watertower.base.db.transaction import Row
from watertower.moderation.errors.cases import CaseNotFound
from watertower.moderation.model.evidence import Evidence
from watertower.moderation.model.reports import Report
from watertower.moderation.queries.evidence import list_evidence
from watertower.moderation.queries.guests import find_guest, list_cases_of_guest, list_guest_notes
from watertower.moderation.queries.reports import list_reports_of_case
from watertower.moderation.steps.log import log


@dataclass(frozen=True)
class HelpedCase:
    """What a helper sees: what was said and what was posted, and their own notes; no names."""

    case_id: int
    reason: str
    until: object
    reports: Sequence[Report]
    evidence: Sequence[Evidence]
    notes: Sequence[Row]


async def helped_cases(ctx: Context, *, account_id: int) -> list[Row]:
    """The cases somebody is let into at this moment: case_id, reason, until, language."""
    async with ctx.reading() as tx:
        return await list_cases_of_guest(tx, account_id=account_id, at=ctx.now())


async def helped_case(ctx: Context, *, account_id: int, case_id: int) -> HelpedCase:
    """One of them. CaseNotFound when the time is over; the look is logged with its case."""
    async with ctx.transaction() as tx:
        guest = await find_guest(tx, case_id=case_id, account_id=account_id, at=ctx.now())
        if guest is None:
            raise CaseNotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=account_id,
            verb="read_evidence",
            subject=("case", case_id),
            case_id=case_id,
            reason=guest["reason"],
            details={"as": "helper"},
        )
        return HelpedCase(
            case_id,
            guest["reason"],
            guest["until"],
            await list_reports_of_case(tx, case_id=case_id),
            [one for one in await list_evidence(tx, case_id=case_id) if one.kind == "status"],
            await list_guest_notes(tx, case_id=case_id, account_id=account_id),
        )
