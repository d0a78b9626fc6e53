"""Reports for those who are shown them."""

from collections.abc import Sequence

from watertower.accounts.model import Rule
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.moderation.errors.reports import ReportNotFound
from watertower.moderation.model.reports import Report, ReportSearch
from watertower.moderation.queries.handled import find_report_for, list_reports, list_rules_by_id
from watertower.moderation.queries.reports import list_reports_by_id


async def reports_by_id(ctx: Context, *, report_ids: Sequence[int]) -> dict[int, Report]:
    """Reports by id; one query for any number, none for none."""
    if not report_ids:
        return {}
    async with ctx.reading() as tx:
        found = await list_reports_by_id(tx, report_ids=report_ids)
    return {report.id: report for report in found}


async def report_for(ctx: Context, *, viewer_id: int, report_id: int) -> Report:
    """One report, for a moderator; ReportNotFound also for one's own and for one about oneself."""
    async with ctx.reading() as tx:
        found = await find_report_for(tx, viewer_id=viewer_id, report_id=report_id)
    if found is None:
        raise ReportNotFound
    return found


async def reports_for(
    ctx: Context, *, viewer_id: int, search: ReportSearch, page: Page
) -> list[Report]:
    """A page of reports that the moderator may see, newest first."""
    async with ctx.reading() as tx:
        return await list_reports(tx, viewer_id=viewer_id, search=search, page=page)


async def rules_by_id(ctx: Context, *, rule_ids: Sequence[int]) -> dict[int, Rule]:
    """Rules by id, in force or not; no query for none."""
    if not rule_ids:
        return {}
    async with ctx.reading() as tx:
        return await list_rules_by_id(tx, rule_ids=rule_ids)
