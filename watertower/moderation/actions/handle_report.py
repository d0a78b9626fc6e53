"""What moderators do with a report: take it, give it back, close it, open it again, correct it."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.moderation.errors.reports import NoSuchRule, ReportNotFound
from watertower.moderation.queries.handled import (
    update_assigned,
    update_category,
    update_reopened,
    update_resolved,
)
from watertower.moderation.queries.reports import list_reports_by_id, list_rules_in_force


async def assign(ctx: Context, *, report_id: int, moderator_id: int | None) -> None:
    """A moderator takes the report; None gives it back."""
    async with ctx.transaction() as tx:
        if not await update_assigned(
            tx, report_id=report_id, account_id=moderator_id, at=ctx.now()
        ):
            raise ReportNotFound


async def resolve(ctx: Context, *, report_id: int, moderator_id: int) -> None:
    """Close the report. Who closed it first stays written; closing again is no error."""
    async with ctx.transaction() as tx:
        if not await update_resolved(
            tx, report_id=report_id, account_id=moderator_id, at=ctx.now()
        ) and not await list_reports_by_id(tx, report_ids=[report_id]):
            raise ReportNotFound


async def reopen(ctx: Context, *, report_id: int) -> None:
    """Open a closed report again."""
    async with ctx.transaction() as tx:
        if not await update_reopened(tx, report_id=report_id, at=ctx.now()):
            raise ReportNotFound


async def recategorise(
    ctx: Context, *, report_id: int, category: str | None, rule_ids: Sequence[int] | None
) -> None:
    """Correct what the reporter chose; only violations name rules. Raises NoSuchRule."""
    wanted = set(rule_ids or ())
    async with ctx.transaction() as tx:
        if wanted and wanted - await list_rules_in_force(tx, rule_ids=sorted(wanted)):
            raise NoSuchRule
        if not await update_category(
            tx, report_id=report_id, category=category, rule_ids=rule_ids, at=ctx.now()
        ):
            raise ReportNotFound
