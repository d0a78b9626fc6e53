"""/api/v1/admin/reports: reports for moderators' own apps."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.admin_report import render_admin_reports
from watertower.api.shapes.raw import raw_list, raw_response
from watertower.base.web import Response
from watertower.moderation.access.reports import report_for, reports_for
from watertower.moderation.actions.handle_report import assign, recategorise, reopen, resolve
from watertower.moderation.model.reports import CATEGORIES, ReportSearch


async def get_reports(request: ApiRequest) -> Response:
    """Reports that wait, or with `resolved` those that do not, newest first."""
    page = request.page(default=100, most=200)
    found = await reports_for(
        request.ctx,
        viewer_id=request.my_account_id,
        search=ReportSearch(
            is_resolved=request.is_on("resolved"),
            account_id=request.id("account_id"),
            target_account_id=request.id("target_account_id"),
            target_domain=request.text("by_target_domain", limit=255) or None,
        ),
        page=page,
    )
    bodies = await render_admin_reports(request.ctx, found, viewer=request.me)
    return raw_response(
        raw_list(bodies), link_header(request, [report.id for report in found], page)
    )


async def get_report(request: ApiRequest) -> Response:
    """One report."""
    found = await report_for(
        request.ctx, viewer_id=request.my_account_id, report_id=request.path_id()
    )
    (body,) = await render_admin_reports(request.ctx, [found], viewer=request.me)
    return raw_response(body)


async def put_report(request: ApiRequest) -> Response:
    """Correct category and rules."""
    await recategorise(
        request.ctx,
        report_id=request.path_id(),
        actor_id=request.my_account_id,
        category=request.one_of("category", CATEGORIES),
        rule_ids=request.ids("rule_ids") if "rule_ids" in request.params else None,
    )
    return await get_report(request)


async def post_assign(request: ApiRequest) -> Response:
    """Take a report."""
    await assign(
        request.ctx, report_id=request.path_id(), actor_id=request.my_account_id, is_taken=True
    )
    return await get_report(request)


async def post_unassign(request: ApiRequest) -> Response:
    """Give a report back."""
    await assign(
        request.ctx, report_id=request.path_id(), actor_id=request.my_account_id, is_taken=False
    )
    return await get_report(request)


async def post_resolve(request: ApiRequest) -> Response:
    """Close a report."""
    await resolve(request.ctx, report_id=request.path_id(), moderator_id=request.my_account_id)
    return await get_report(request)


async def post_reopen(request: ApiRequest) -> Response:
    """Open a report again."""
    await reopen(request.ctx, report_id=request.path_id(), actor_id=request.my_account_id)
    return await get_report(request)
