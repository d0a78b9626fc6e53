"""GET /api/v1/accounts/:id/statuses."""

from watertower.accounts.access.people import person_for
from watertower.api.answers import answer_with_statuses
from watertower.api.request import ApiRequest
from watertower.base.web import Response
from watertower.statuses.access.of_account import Choice, statuses_of_account


async def get_statuses(request: ApiRequest) -> Response:
    """What an account posted and boosted, as far as the viewer may see it, newest first."""
    account = await person_for(request.ctx, account_id=request.path_id())
    page = request.page()
    choice = Choice(
        excludes_replies=request.is_on("exclude_replies"),
        excludes_reblogs=request.is_on("exclude_reblogs"),
        excludes_direct=request.is_on("exclude_direct"),
        only_media=request.is_on("only_media"),
        only_pinned=request.is_on("pinned"),
        tag=request.text("tagged", limit=1000) or None,
    )
    lines = await statuses_of_account(
        request.ctx, viewer=request.viewer, account_id=account.id, choice=choice, page=page
    )
    return await answer_with_statuses(request, lines, page, filter_context="account")
