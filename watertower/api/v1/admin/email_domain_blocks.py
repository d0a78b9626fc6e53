"""/api/v1/admin/email_domain_blocks: domains whose addresses cannot sign up."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.admin_blocks import email_domain_block_shape
from watertower.base.web import Response, json_response
from watertower.moderation.access.blocks import email_domain_block_for, email_domain_blocks
from watertower.moderation.actions.sign_ups.block_email_domain import (
    block_email_domain,
    unblock_email_domain,
)


async def get_blocks(request: ApiRequest) -> Response:
    """Blocked domains with a week of attempts, newest first."""
    page = request.page(default=100, most=200)
    found = await email_domain_blocks(request.ctx, page=page)
    return json_response(
        [email_domain_block_shape(one) for one in found],
        headers=link_header(request, [one.id for one in found], page),
    )


async def get_block(request: ApiRequest) -> Response:
    """One blocked domain."""
    return await _answer(request, request.path_id())


async def post_block(request: ApiRequest) -> Response:
    """Block a domain."""
    block_id = await block_email_domain(
        request.ctx,
        actor_id=request.my_account_id,
        domain=request.required_text("domain", limit=255),
        allows_with_approval=request.is_on("allow_with_approval"),
    )
    return await _answer(request, block_id)


async def delete_block(request: ApiRequest) -> Response:
    """Lift a block."""
    await unblock_email_domain(
        request.ctx, actor_id=request.my_account_id, block_id=request.path_id()
    )
    return json_response({})


async def _answer(request: ApiRequest, block_id: int) -> Response:
    found = await email_domain_block_for(request.ctx, block_id=block_id)
    return json_response(email_domain_block_shape(found))
