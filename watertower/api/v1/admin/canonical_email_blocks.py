"""/api/v1/admin/canonical_email_blocks: single addresses that cannot sign up, known by a hash."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.admin_blocks import canonical_email_block_shape
from watertower.base.web import Response, json_response
from watertower.moderation.access.blocks import (
    address_block_for,
    address_blocks,
    address_blocks_of,
)
from watertower.moderation.actions.sign_ups.block_address import block_address, unblock_address


async def get_blocks(request: ApiRequest) -> Response:
    """Blocked addresses, newest first."""
    page = request.page(default=100, most=200)
    found = await address_blocks(request.ctx, page=page)
    return json_response(
        [canonical_email_block_shape(one) for one in found],
        headers=link_header(request, [one.id for one in found], page),
    )


async def get_block(request: ApiRequest) -> Response:
    """One blocked address."""
    return await _answer(request, request.path_id())


async def post_test(request: ApiRequest) -> Response:
    """The blocks that stop an address; none: it may sign up."""
    email = request.required_text("email", limit=320)
    found = await address_blocks_of(request.ctx, email=email)
    return json_response([canonical_email_block_shape(one) for one in found])


async def post_block(request: ApiRequest) -> Response:
    """Block an address, given itself or by its hash."""
    block_id = await block_address(
        request.ctx,
        actor_id=request.my_account_id,
        email=request.text("email", limit=320),
        address_hash=request.text("canonical_email_hash", limit=100),
    )
    return await _answer(request, block_id)


async def delete_block(request: ApiRequest) -> Response:
    """Lift a block."""
    await unblock_address(request.ctx, actor_id=request.my_account_id, block_id=request.path_id())
    return json_response({})


async def _answer(request: ApiRequest, block_id: int) -> Response:
    found = await address_block_for(request.ctx, block_id=block_id)
    return json_response(canonical_email_block_shape(found))
