"""GET /api/v2/search: people, statuses and hashtags."""

from typing import Any

from watertower.accounts.access.search import people_found
from watertower.api.request import ApiRequest
from watertower.api.shapes.account import render_accounts
from watertower.api.shapes.raw import raw
from watertower.api.shapes.status import render_status_map, render_statuses
from watertower.api.shapes.tag import tag_shape
from watertower.base.web import Response, json_response
from watertower.feeds.access.search import statuses_found, tags_found

KINDS = ("accounts", "statuses", "hashtags", "collections")
ADDRESS = ("https://", "http://")


async def get_search(request: ApiRequest) -> Response:
    """What is found, each kind apart; only members search in statuses or ask other servers."""
    query = (request.text("q", limit=5000) or "").strip()
    if not query:
        return json_response({"error": "param is missing or the value is empty: q"}, 400)
    limit = request.page().limit
    offset = request.number("offset", 0, most=10_000) or 0
    resolve = request.is_on("resolve")
    is_member = request.viewer is not None and request.viewer.account_id is not None
    if not is_member and (resolve or offset):
        what = (
            "Search queries that resolve remote resources are"
            if resolve
            else "Search queries pagination is"
        )
        return json_response({"error": f"{what} not supported without authentication"}, 401)
    kind = request.one_of("type", KINDS)
    if kind is None:
        offset = 0
    answer: dict[str, list[Any]] = {"accounts": [], "statuses": [], "hashtags": []}
    if kind in {None, "accounts"}:
        answer["accounts"] = await _accounts(request, query, limit, offset, resolve=resolve)
    if kind in {None, "statuses"}:
        answer["statuses"] = await _statuses(request, query, limit, offset, resolve=resolve)
    if kind in {None, "hashtags"} and not query.startswith((*ADDRESS, "@")):
        found = await tags_found(
            request.ctx,
            viewer=request.viewer,
            query=query,
            limit=limit,
            offset=offset,
            only_reviewed=request.is_on("exclude_unreviewed"),
        )
        answer["hashtags"] = [tag_shape(request.ctx, tag, is_member=is_member) for tag in found]
    answer["collections"] = []
    return json_response(answer)


async def _accounts(
    request: ApiRequest, query: str, limit: int, offset: int, *, resolve: bool
) -> list[Any]:
    if query.startswith("#"):
        return []
    found = await people_found(
        request.ctx,
        viewer=request.viewer,
        query=query,
        limit=limit,
        offset=offset,
        only_following=request.is_on("following"),
        resolve=resolve,
    )
    accounts = await render_accounts(request.ctx, found)
    return [raw(accounts[account_id]) for account_id in found if account_id in accounts]


async def _statuses(
    request: ApiRequest, query: str, limit: int, offset: int, *, resolve: bool
) -> list[Any]:
    viewer = request.viewer
    if viewer is None or viewer.account_id is None:
        return []
    if query.startswith(ADDRESS):
        found = None
        if resolve and not offset:
            found = await request.ctx.remote.find_by_url(query)
        ids = [found[1]] if found is not None and found[0] == "status" else []
        statuses = await render_status_map(request.ctx, ids, viewer=viewer)
        return [raw(body) for body in statuses.values()]
    lines = await statuses_found(
        request.ctx,
        viewer=viewer,
        query=query,
        limit=limit,
        offset=offset,
        account_id=request.id("account_id"),
    )
    return [raw(body) for body in await render_statuses(request.ctx, lines, viewer=viewer)]
