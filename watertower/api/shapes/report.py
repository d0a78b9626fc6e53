"""Report, as JSON, for who filed it and who is told of it. Source: entity `report` of the API 4.6."""

from collections.abc import Sequence

from watertower.api.shapes.account import render_accounts
from watertower.api.shapes.raw import raw
from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.base.json import to_json_bytes
from watertower.moderation.access.reports import reports_by_id


async def render_reports(ctx: Context, report_ids: Sequence[int]) -> dict[int, bytes]:
    """Reports as JSON bytes by id, in three queries; in none if there are none."""
    reports = await reports_by_id(ctx, report_ids=report_ids)
    if not reports:
        return {}
    targets = await render_accounts(
        ctx, list({r.target_account_id for r in reports.values() if r.target_account_id})
    )
    return {
        report.id: to_json_bytes(
            {
                "id": str(report.id),
                "action_taken": report.resolved_at is not None,
                "action_taken_at": moment(report.resolved_at),
                "category": report.category,
                "comment": report.comment,
                "forwarded": report.is_forwarded,
                "created_at": moment(report.created_at),
                "status_ids": [str(one) for one in report.status_ids],
                "rule_ids": [str(one) for one in report.rule_ids],
                "collection_ids": [],
                "target_account": raw(targets[report.target_account_id]),
            }
        )
        for report in reports.values()
        if report.target_account_id and report.target_account_id in targets
    }
