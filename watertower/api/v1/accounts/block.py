"""POST /api/v1/accounts/:id/block and unblock."""

from watertower.accounts.actions.block import block
from watertower.accounts.actions.unblock import unblock
from watertower.api.answers_about_people import answer_with_relationship
from watertower.api.request import ApiRequest
from watertower.base.web import Response


async def post_block(request: ApiRequest) -> Response:
    """Have nothing to do with somebody any longer."""
    target_id = request.path_id()
    await block(request.ctx, actor_id=request.my_account_id, target_id=target_id)
    return await answer_with_relationship(request, target_id)


async def post_unblock(request: ApiRequest) -> Response:
    """Take the block back."""
    target_id = request.path_id()
    await unblock(request.ctx, actor_id=request.my_account_id, target_id=target_id)
    return await answer_with_relationship(request, target_id)
