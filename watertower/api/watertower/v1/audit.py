"""/api/watertower/v1/audit_log: the audit log, for those who may read it."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.base.web import Response, json_response
from watertower.moderation.access.audit import as_json, lines_for
from watertower.moderation.model.audit import AuditSearch


async def get_audit_log(request: ApiRequest) -> Response:
    """Lines, newest first.

    `actor_account_id`, `by_server`, `verb`, `subject_kind`, `subject_id`, `case_id`, `since`,
    `until` filter. Nobody is given what is about themselves.
    """
    page = request.page(default=40, most=200)
    found = await lines_for(
        request.ctx,
        viewer_id=request.my_account_id,
        search=AuditSearch(
            actor_account_id=request.id("actor_account_id"),
            is_by_server=request.is_on("by_server"),
            verb=request.text("verb", limit=100) or None,
            subject_kind=request.text("subject_kind", limit=100) or None,
            subject_id=request.text("subject_id", limit=300) or None,
            case_id=request.id("case_id"),
            since=request.moment("since"),
            until=request.moment("until"),
        ),
        page=page,
    )
    return json_response(
        [as_json(one) for one in found],
        headers=link_header(request, [one.id for one in found], page),
    )
