"""Reports for those who are shown them."""

from collections.abc import Sequence

from watertower.accounts.model import Rule
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.moderation.errors.reports import ReportNotFound
from watertower.moderation.model.reports import Report, ReportSearch
from watertower.moderation.queries.handled import list_reports, list_rules_by_id
from watertower.moderation.queries.reports import list_reports_by_id


async def reports_by_id(ctx: Context, *, report_ids: Sequence[int]) -> dict[int, Report]:
    """Reports by id; one query for any number, none for none."""
    if not report_ids:
        return {}
    async with ctx.reading() as tx:
        found = await list_reports_by_id(tx, report_ids=report_ids)
    return {report.id: report for report in found}


async def report_for(ctx: Context, *, report_id: int) -> Report:
    """One report, for moderators; ReportNotFound if there is none."""
    found = await reports_by_id(ctx, report_ids=[report_id])
    if report_id not in found:
        raise ReportNotFound
    return found[report_id]


async def reports_for(ctx: Context, *, search: ReportSearch, page: Page) -> list[Report]:
    """A page of reports, newest first, for moderators."""
    async with ctx.reading() as tx:
        return await list_reports(tx, search=search, page=page)


async def rules_by_id(ctx: Context, *, rule_ids: Sequence[int]) -> dict[int, Rule]:
    """Rules by id, in force or not; no query for none."""
    if not rule_ids:
        return {}
    async with ctx.reading() as tx:
        return await list_rules_by_id(tx, rule_ids=rule_ids)
