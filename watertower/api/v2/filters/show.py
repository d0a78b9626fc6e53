"""/api/v2/filters: list, read, make, change, remove."""

from watertower.api.filter_params import ACTIONS, contexts_of, expiry_of, keywords_of
from watertower.api.request import ApiRequest
from watertower.api.shapes.filter import filter_shape
from watertower.base.web import Response, json_response
from watertower.feeds.access.filter_rows import filter_row, filter_rows
from watertower.feeds.actions.filters import change_filter, make_filter, remove_filter


async def get_filters(request: ApiRequest) -> Response:
    """One's filters."""
    rows = await filter_rows(request.ctx, account_id=request.my_account_id)
    return json_response([filter_shape(row) for row in rows])


async def get_filter(request: ApiRequest) -> Response:
    """One filter."""
    return await _answer(request, request.path_id())


async def post_filter(request: ApiRequest) -> Response:
    """Make a filter."""
    filter_id = await make_filter(
        request.ctx,
        account_id=request.my_account_id,
        title=request.required_text("title", limit=256),
        contexts=contexts_of(request, is_required=True) or [],
        action=request.one_of("filter_action", ACTIONS) or "warn",
        expires_at=expiry_of(request),
        keywords=keywords_of(request),
    )
    return await _answer(request, filter_id)


async def put_filter(request: ApiRequest) -> Response:
    """Change a filter."""
    params = request.params
    filter_id = request.path_id()
    await change_filter(
        request.ctx,
        account_id=request.my_account_id,
        filter_id=filter_id,
        title=request.required_text("title", limit=256) if "title" in params else None,
        contexts=contexts_of(request, is_required=False),
        action=request.one_of("filter_action", ACTIONS),
        changes_expiry="expires_in" in params,
        expires_at=expiry_of(request),
        keywords=keywords_of(request),
    )
    return await _answer(request, filter_id)


async def delete_filter(request: ApiRequest) -> Response:
    """Remove a filter."""
    await remove_filter(request.ctx, account_id=request.my_account_id, filter_id=request.path_id())
    return json_response({})


async def _answer(request: ApiRequest, filter_id: int) -> Response:
    row = await filter_row(request.ctx, account_id=request.my_account_id, filter_id=filter_id)
    return json_response(filter_shape(row))
