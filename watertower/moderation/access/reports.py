"""Reports for those who are shown them."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.moderation.model import Report
from watertower.moderation.queries.reports import list_reports_by_id


async def reports_by_id(ctx: Context, *, report_ids: Sequence[int]) -> dict[int, Report]:
    """Reports by id; one query for any number, none for none."""
    if not report_ids:
        return {}
    async with ctx.reading() as tx:
        found = await list_reports_by_id(tx, report_ids=report_ids)
    return {report.id: report for report in found}
