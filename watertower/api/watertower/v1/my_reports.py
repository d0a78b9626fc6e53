"""/api/watertower/v1/reports: report with more than Mastodon's API has room for, and follow it."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.case import message_shape
from watertower.api.shapes.times import moment
from watertower.base.errors import NotFound
from watertower.base.paging import Page
from watertower.base.web import Response, json_response
from watertower.moderation.access.cases import policy_of_cases
from watertower.moderation.access.conversation import conversation_for, reports_by
from watertower.moderation.actions.file_report import file_report
from watertower.moderation.actions.report_more import add_to_report
from watertower.moderation.errors.reports import ReportNotFound
from watertower.moderation.model.reports import CATEGORIES, LONGEST_EXPLANATION, Complaint

LIMIT = 40


async def post_report(request: ApiRequest) -> Response:
    """File a report. Everything of POST /api/v1/reports, 10,000 characters, and more.

    `domain` instead of `account_id`: about a whole server. `conversation`: about the thread of the
    posts. `language`, `translation`, `context`, `graphic`, `forward_to_domains`, `forward_reason`.
    The header Idempotency-Key makes sending it twice safe.
    """
    rule_ids = request.ids("rule_ids")
    category = request.one_of("category", CATEGORIES, "violation" if rule_ids else "other")
    target_id, domain = request.id("account_id"), request.text("domain", limit=255)
    if target_id is None and not domain:
        raise NotFound
    key = request.headers.get("idempotency-key", "")[:200]
    report_id = await file_report(
        request.ctx,
        reporter_id=request.my_account_id,
        complaint=Complaint(
            target_account_id=target_id,
            comment=request.text("comment", limit=LONGEST_EXPLANATION) or "",
            category=category or "other",
            status_ids=[] if request.is_on("graphic") else request.ids("status_ids"),
            rule_ids=rule_ids if category == "violation" else [],
            is_forwarded=request.is_on("forward"),
            target_domain=domain.strip().lower() if domain and target_id is None else None,
            is_about_thread=request.is_on("conversation"),
            language=request.text("language", limit=10),
            translation=request.text("translation", limit=LONGEST_EXPLANATION) or "",
            context=request.text("context", limit=LONGEST_EXPLANATION) or "",
            is_graphic=request.is_on("graphic"),
            forward_domains=request.texts("forward_to_domains", most=10),
            forward_reason=request.text("forward_reason", limit=500) or "",
        ),
        application_id=request.me.application_id,
        longest=LONGEST_EXPLANATION,
        once_key=f"{request.my_account_id}:{key}" if key else None,
    )
    return await _answer(request, report_id or 0)


async def get_reports(request: ApiRequest) -> Response:
    """The caller's reports, newest first: received, being_looked_at, waits_for_you, closed."""
    page = request.page(default=LIMIT, most=80)
    found = await reports_by(request.ctx, account_id=request.my_account_id, page=page)
    return json_response(
        [
            {
                "id": str(report.id),
                "about": state.handle.removeprefix("@"),
                "state": state.state,
                "unread": state.unread,
                "created_at": moment(report.created_at),
            }
            for report, state in found
        ],
        headers=link_header(request, [report.id for report, _ in found], page),
    )


async def get_report(request: ApiRequest) -> Response:
    """One of them, with the talk with the team. Never what was decided, unless policy tells it."""
    return await _answer(request, request.path_id())


async def post_message(request: ApiRequest) -> Response:
    """Say `text` to the team, or answer its question."""
    await add_to_report(
        request.ctx,
        account_id=request.my_account_id,
        report_id=request.path_id(),
        text=request.required_text("text", limit=20_000),
        came_by="api",
    )
    return await _answer(request, request.path_id())


async def _answer(request: ApiRequest, report_id: int) -> Response:
    me = request.my_account_id
    found = await reports_by(request.ctx, account_id=me, page=Page(1, before_id=report_id + 1))
    if not found or found[0][0].id != report_id:
        raise ReportNotFound
    report, state = found[0]
    talk = (
        await conversation_for(request.ctx, account_id=me, thread_id=state.thread_id)
        if state.thread_id is not None
        else None
    )
    tells = (await policy_of_cases(request.ctx)).tells_outcome and state.state == "closed"
    return json_response(
        {
            "id": str(report.id),
            "about": state.handle.removeprefix("@"),
            "state": state.state,
            "comment": report.comment,
            "category": report.category,
            "status_ids": [str(one) for one in report.status_ids],
            "advice": report.advice,
            "outcome": state.outcome if tells else None,
            "created_at": moment(report.created_at),
            "closed_at": moment(state.closed_at),
            "messages": [message_shape(one) for one in talk.messages] if talk else [],
        }
    )
