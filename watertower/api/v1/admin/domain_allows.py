"""/api/v1/admin/domain_allows: the allow list, for moderators' own apps."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.admin_domain_block import domain_allow_shape
from watertower.base.web import Response, json_response
from watertower.moderation.access.servers import allowed_by_id, allowed_page
from watertower.moderation.actions.servers.allow import allow, disallow


async def get_allows(request: ApiRequest) -> Response:
    """The list, newest first."""
    page = request.page(default=100, most=200)
    found = await allowed_page(request.ctx, page=page)
    return json_response(
        [domain_allow_shape(one) for one in found],
        headers=link_header(request, [one.allow_id or 0 for one in found], page),
    )


async def get_allow(request: ApiRequest) -> Response:
    """A line of it."""
    return json_response(
        domain_allow_shape(await allowed_by_id(request.ctx, allow_id=request.path_id()))
    )


async def post_allow(request: ApiRequest) -> Response:
    """Put a server on it."""
    domain = request.required_text("domain", limit=300)
    return json_response(
        domain_allow_shape(await allow(request.ctx, actor_id=request.my_account_id, domain=domain))
    )


async def delete_allow(request: ApiRequest) -> Response:
    """Take a server off it."""
    found = await allowed_by_id(request.ctx, allow_id=request.path_id())
    await disallow(request.ctx, actor_id=request.my_account_id, domain=found.domain)
    return json_response({})
