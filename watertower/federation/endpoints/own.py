"""Whose documents a request is about, and whether they may be shown at all."""

from watertower.base.errors import Forbidden, Gone, NotFound
from watertower.base.web import Response, redirect
from watertower.federation.addresses import id_in_path
from watertower.federation.queries.shown import OwnAccount, find_own_by_id, find_own_by_name
from watertower.federation.request import FederationRequest
from watertower.federation.sender import reader_of, require_served_reader


async def account_of(request: FederationRequest, *, shows_suspended: bool = False) -> OwnAccount:
    """The account in the path, by number (`:id`) or by name (`:name`, `@name`).

    Raises NotFound, Gone for a deleted one, and Forbidden for what belongs to a suspended one.
    """
    number = request.path_params.get("id")
    name = request.path_params.get("name", "").removeprefix("@")
    async with request.ctx.reading() as tx:
        if number is not None:
            account_id = id_in_path(number)
            found = None if account_id is None else await find_own_by_id(tx, account_id=account_id)
        else:
            found = await find_own_by_name(tx, username=name)
    if found is None or found.id < 0:
        raise NotFound
    if found.is_deleted:
        raise Gone
    if found.is_suspended and not shows_suspended:
        raise Forbidden
    return found


async def require_reader(request: FederationRequest) -> None:
    """Raise ServerRefused for a suspended server.

    In authorized-fetch mode raise SignatureRefused unless somebody signed.
    """
    await require_served_reader(request)
    if request.ctx.settings.federation.authorized_fetch:
        await reader_of(request)


def page_for(request: FederationRequest, url: str | None) -> Response | None:
    """A way to the page for people, if a browser asks."""
    if not request.wants_page or not url:
        return None
    answer = redirect(url)
    answer.headers["vary"] = "Accept"
    return answer
