"""GET /api/v1/mutes."""

from watertower.accounts.access.relationships import mutes_of
from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.muted_account import render_muted_accounts
from watertower.api.shapes.raw import raw_list, raw_response
from watertower.base.web import Response


async def get_mutes(request: ApiRequest) -> Response:
    """Whom one mutes, and until when."""
    page = request.page(default=40, most=80)
    rows, ends = await mutes_of(request.ctx, account_id=request.my_account_id, page=page)
    bodies = await render_muted_accounts(request.ctx, [account_id for account_id, _ in rows], ends)
    return raw_response(raw_list(bodies), link_header(request, [sort for _, sort in rows], page))
