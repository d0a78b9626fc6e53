"""Admin::Report, as JSON: a report with everything moderators decide on. Source: `admin/report`, 4.6."""

from collections.abc import Sequence

from watertower.accounts.model import Viewer
from watertower.api.shapes.admin_account import render_admin_accounts
from watertower.api.shapes.raw import raw
from watertower.api.shapes.rule import rule_shape
from watertower.api.shapes.status import render_status_map
from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.base.json import to_json_bytes
from watertower.moderation.access.reports import rules_by_id
from watertower.moderation.model.reports import Report


async def render_admin_reports(
    ctx: Context, reports: Sequence[Report], *, viewer: Viewer | None
) -> list[bytes]:
    """Reports for moderators as JSON bytes, in the order given and a fixed number of queries."""
    involved = {
        one
        for report in reports
        for one in (
            report.account_id,
            report.target_account_id,
            report.assigned_account_id,
            report.resolved_by_account_id,
        )
        if one is not None
    }
    accounts = await render_admin_accounts(ctx, sorted(involved))
    rules = await rules_by_id(ctx, rule_ids=[one for r in reports for one in r.rule_ids])
    statuses = await render_status_map(
        ctx, [one for report in reports for one in report.status_ids], viewer=viewer
    )

    def account(account_id: int | None) -> object:
        found = accounts.get(account_id or 0)
        return None if found is None else raw(found)

    return [
        to_json_bytes(
            {
                "id": str(report.id),
                "action_taken": report.resolved_at is not None,
                "action_taken_at": moment(report.resolved_at),
                "category": report.category,
                "comment": report.comment,
                "forwarded": report.is_forwarded,
                "created_at": moment(report.created_at),
                "updated_at": moment(report.updated_at),
                "account": account(report.account_id),
                "target_account": account(report.target_account_id),
                "assigned_account": account(report.assigned_account_id),
                "action_taken_by_account": account(report.resolved_by_account_id),
                "statuses": [raw(statuses[one]) for one in report.status_ids if one in statuses],
                "rules": [rule_shape(rules[one]) for one in report.rule_ids if one in rules],
            }
        )
        for report in reports
    ]
