"""A case for somebody who was let into it for a while: what is needed to help, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.context import Context
from watertower.moderation.errors.cases import CaseNotFound
from watertower.moderation.model.evidence import Evidence
from watertower.moderation.model.reports import Report
from watertower.moderation.queries.case_around import has_guest
from watertower.moderation.queries.cases import find_case_for
from watertower.moderation.queries.evidence import list_evidence
from watertower.moderation.queries.log_lines import log_each
from watertower.moderation.queries.reports import list_reports_of_case
from watertower.moderation.steps.log import log

SHOWN_KINDS = ("status", "thread", "note", "document")


@dataclass(frozen=True)
class GuestCase:
    """The words of the reports and of the posts. Not who reported, and not what the team says."""

    case_id: int
    reports: Sequence[Report]
    evidence: Sequence[Evidence]


async def guest_case(ctx: Context, *, viewer_id: int, case_id: int) -> GuestCase:
    """The case, while the invitation lasts; each look is logged. Raises CaseNotFound."""
    async with ctx.transaction() as tx:
        case = await find_case_for(tx, viewer_id=viewer_id, case_id=case_id)
        is_guest = await has_guest(tx, case_id=case_id, account_id=viewer_id, at=ctx.now())
        if case is None or not is_guest or not case.is_open:
            raise CaseNotFound
        evidence = [
            one
            for one in await list_evidence(tx, case_id=case_id)
            if one.kind in SHOWN_KINDS and one.is_intact and one.destroyed_at is None
        ]
        await log(
            tx,
            at=ctx.now(),
            actor_id=viewer_id,
            verb="read_case",
            subject=("case", case_id),
            case_id=case_id,
            reason="As a guest",
        )
        await log_each(
            tx,
            at=ctx.now(),
            actor_id=viewer_id,
            verb="read_evidence",
            kind="evidence",
            ids=[one.id for one in evidence if one.is_private],
            case_id=case_id,
        )
        return GuestCase(case_id, await list_reports_of_case(tx, case_id=case_id), evidence)
