"""POST /api/v1/accounts/:id/endorse and unendorse (pin and unpin in old apps); GET endorsements."""

from watertower.accounts.access.people import endorsed_by
from watertower.accounts.actions.endorse import endorse, unendorse
from watertower.api.answers import answer_with_accounts
from watertower.api.answers_about_people import answer_with_relationship
from watertower.api.request import ApiRequest
from watertower.base.web import Response


async def post_endorse(request: ApiRequest) -> Response:
    """Show somebody on one's profile."""
    target_id = request.path_id()
    await endorse(request.ctx, actor_id=request.my_account_id, target_id=target_id)
    return await answer_with_relationship(request, target_id)


async def post_unendorse(request: ApiRequest) -> Response:
    """Show somebody no more."""
    target_id = request.path_id()
    await unendorse(request.ctx, actor_id=request.my_account_id, target_id=target_id)
    return await answer_with_relationship(request, target_id)


async def get_endorsements_of(request: ApiRequest) -> Response:
    """Whom an account shows on its profile."""
    page = request.page(default=40, most=80)
    rows = await endorsed_by(
        request.ctx, viewer=request.viewer, account_id=request.path_id(), page=page
    )
    return await answer_with_accounts(request, rows, page)
