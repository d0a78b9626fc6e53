"""POST /api/v1/reports."""

from watertower.api.request import ApiRequest
from watertower.api.shapes.raw import raw_response
from watertower.api.shapes.report import render_reports
from watertower.base.errors import NotFound
from watertower.base.web import Response
from watertower.moderation.actions.file_report import file_report
from watertower.moderation.model.reports import CATEGORIES, Complaint


async def post_report(request: ApiRequest) -> Response:
    """Tell the moderators about an account, with the posts and rules it is about."""
    target_id = request.id("account_id")
    if target_id is None:
        raise NotFound
    rule_ids = request.ids("rule_ids")
    category = request.one_of("category", CATEGORIES, "violation" if rule_ids else "other")
    report_id = await file_report(
        request.ctx,
        reporter_id=request.my_account_id,
        complaint=Complaint(
            target_account_id=target_id,
            comment=request.text("comment") or "",
            category=category or "other",
            status_ids=request.ids("status_ids"),
            rule_ids=rule_ids if category == "violation" else [],
            is_forwarded=request.is_on("forward"),
            forward_domains=request.texts("forward_to_domains", most=10),
        ),
        application_id=request.me.application_id,
    )
    reports = await render_reports(request.ctx, [report_id] if report_id else [])
    if not reports:
        raise NotFound  # the account was deleted in between
    return raw_response(next(iter(reports.values())))
