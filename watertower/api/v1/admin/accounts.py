"""/api/v1/admin/accounts and /api/v2/…: accounts for moderators' own apps."""

from ipaddress import ip_network

from watertower.accounts.errors import AccountNotFound
from watertower.api.links import link_header
from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.admin_account import render_admin_accounts
from watertower.api.shapes.raw import raw_list, raw_response
from watertower.base.web import Response
from watertower.moderation.access.dossiers import accounts_found
from watertower.moderation.model.dossiers import Search

STANDINGS = ("active", "pending", "disabled", "silenced", "suspended")
V1_STANDINGS = (*STANDINGS, "sensitized")


async def get_accounts(request: ApiRequest) -> Response:
    """Accounts, with a flag for each origin and standing, newest first."""
    standing = next((word for word in V1_STANDINGS if request.is_on(word)), None)
    is_local = True if request.is_on("local") else False if request.is_on("remote") else None
    return await _answer(request, _search(request, is_local, standing, request.is_on("staff")))


async def get_accounts_v2(request: ApiRequest) -> Response:
    """Accounts by origin, status, role, inviter and more, newest first."""
    origin = request.one_of("origin", ("local", "remote"))
    return await _answer(
        request,
        _search(
            request,
            None if origin is None else origin == "local",
            request.one_of("status", STANDINGS),
            request.one_of("permissions", ("staff",)) == "staff",
        ),
    )


async def get_account(request: ApiRequest) -> Response:
    """One account."""
    account_id = request.path_id()
    found = await render_admin_accounts(request.ctx, [account_id])
    if account_id not in found:
        raise AccountNotFound
    return raw_response(found[account_id])


def _search(
    request: ApiRequest, is_local: bool | None, standing: str | None, is_staff: bool
) -> Search:
    return Search(
        is_local=is_local,
        standing=standing,
        username=request.text("username", limit=100) or None,
        display_name=request.text("display_name", limit=100) or None,
        domain=request.text("by_domain", limit=255) or None,
        email=request.text("email", limit=255) or None,
        network=_network(request),
        is_staff=is_staff,
        role_ids=request.ids("role_ids"),
        invited_by=request.id("invited_by"),
    )


def _network(request: ApiRequest) -> str | None:
    typed = request.text("ip", limit=64)
    if not typed:
        return None
    try:
        return str(ip_network(typed, strict=False))
    except ValueError as error:
        raise invalid("ip", "is not an address") from error


async def _answer(request: ApiRequest, search: Search) -> Response:
    page = request.page(default=100, most=200)
    ids = await accounts_found(request.ctx, search=search, page=page)
    rendered = await render_admin_accounts(request.ctx, ids)
    return raw_response(
        raw_list([rendered[one] for one in ids if one in rendered]),
        link_header(request, ids, page),
    )
