"""GET /api/v1/follow_requests; POST authorize and reject."""

from watertower.accounts.access.relationships import follow_requests_of
from watertower.accounts.actions.accept_follow import accept_follow
from watertower.accounts.actions.reject_follow import reject_follow
from watertower.accounts.errors import AccountNotFound
from watertower.api.answers import answer_with_accounts
from watertower.api.answers_about_people import answer_with_relationship
from watertower.api.request import ApiRequest
from watertower.base.web import Response


async def get_follow_requests(request: ApiRequest) -> Response:
    """Who waits for one's decision."""
    page = request.page(default=40, most=80)
    rows = await follow_requests_of(request.ctx, account_id=request.my_account_id, page=page)
    return await answer_with_accounts(request, rows, page)


async def post_authorize(request: ApiRequest) -> Response:
    """Let somebody follow; 404 if they did not ask."""
    actor_id = request.path_id("account_id")
    me = request.my_account_id
    if not await accept_follow(request.ctx, actor_id=actor_id, target_id=me):
        raise AccountNotFound
    return await answer_with_relationship(request, actor_id)


async def post_reject(request: ApiRequest) -> Response:
    """Do not let somebody follow; 404 if they did not ask."""
    actor_id = request.path_id("account_id")
    me = request.my_account_id
    if not await reject_follow(request.ctx, actor_id=actor_id, target_id=me, only_request=True):
        raise AccountNotFound
    return await answer_with_relationship(request, actor_id)
