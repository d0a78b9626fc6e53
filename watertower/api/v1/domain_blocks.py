"""GET, POST and DELETE /api/v1/domain_blocks; GET preview."""

from watertower.accounts.access.relationships import domain_mutes_of, follows_with_domain
from watertower.accounts.actions.mute_domain import mute_domain
from watertower.accounts.actions.unmute_domain import unmute_domain
from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.base.web import Response, json_response


async def get_domain_blocks(request: ApiRequest) -> Response:
    """Servers that one hides for oneself."""
    page = request.page(default=100, most=200)
    rows = await domain_mutes_of(request.ctx, account_id=request.my_account_id, page=page)
    headers = link_header(request, [sort for _, sort in rows], page)
    return json_response([domain for domain, _ in rows], headers=headers)


async def get_preview(request: ApiRequest) -> Response:
    """How many follows would end if one hid a server."""
    domain = request.required_text("domain", limit=1000)
    following, followers = await follows_with_domain(
        request.ctx, account_id=request.my_account_id, domain=domain
    )
    return json_response({"following_count": following, "followers_count": followers})


async def post_domain_block(request: ApiRequest) -> Response:
    """Hide a server and part with everybody on it."""
    domain = request.required_text("domain", limit=1000)
    await mute_domain(request.ctx, account_id=request.my_account_id, domain=domain)
    return json_response({})


async def delete_domain_block(request: ApiRequest) -> Response:
    """Show a server again."""
    domain = request.required_text("domain", limit=1000)
    await unmute_domain(request.ctx, account_id=request.my_account_id, domain=domain)
    return json_response({})
