"""Keywords and statuses of filters: /api/v2/filters/:filter_id/keywords, /keywords/:id …."""

from watertower.api.filter_params import keyword_of
from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.filter import filter_status_shape, keyword_shape
from watertower.base.web import Response, json_response
from watertower.feeds.access.filter_rows import filter_row, part_row
from watertower.feeds.actions.filters import (
    add_keyword,
    add_status,
    change_keyword,
    remove_keyword,
    remove_status,
)


async def get_keywords(request: ApiRequest) -> Response:
    """The keywords of a filter."""
    row = await filter_row(
        request.ctx, account_id=request.my_account_id, filter_id=request.path_id("filter_id")
    )
    return json_response([keyword_shape(keyword) for keyword in row["keywords"]])


async def post_keyword(request: ApiRequest) -> Response:
    """Add a keyword."""
    keyword_id = await add_keyword(
        request.ctx,
        account_id=request.my_account_id,
        filter_id=request.path_id("filter_id"),
        keyword=keyword_of(request),
        is_whole_word=request.flag("whole_word", True) is not False,
    )
    return await _keyword(request, keyword_id)


async def get_keyword(request: ApiRequest) -> Response:
    """One keyword."""
    return await _keyword(request, request.path_id())


async def put_keyword(request: ApiRequest) -> Response:
    """Change a keyword."""
    await change_keyword(
        request.ctx,
        account_id=request.my_account_id,
        keyword_id=request.path_id(),
        keyword=keyword_of(request) if "keyword" in request.params else None,
        is_whole_word=request.flag("whole_word"),
    )
    return await _keyword(request, request.path_id())


async def delete_keyword(request: ApiRequest) -> Response:
    """Remove a keyword."""
    await remove_keyword(
        request.ctx, account_id=request.my_account_id, keyword_id=request.path_id()
    )
    return json_response({})


async def get_statuses(request: ApiRequest) -> Response:
    """The statuses of a filter."""
    row = await filter_row(
        request.ctx, account_id=request.my_account_id, filter_id=request.path_id("filter_id")
    )
    return json_response([filter_status_shape(status) for status in row["statuses"]])


async def post_status(request: ApiRequest) -> Response:
    """Filter one status."""
    status_id = request.id("status_id")
    if status_id is None:
        raise invalid("status_id", "can't be blank", "ERR_BLANK")
    filter_status_id = await add_status(
        request.ctx,
        account_id=request.my_account_id,
        filter_id=request.path_id("filter_id"),
        status_id=status_id,
    )
    return await _status(request, filter_status_id)


async def get_status(request: ApiRequest) -> Response:
    """One filtered status."""
    return await _status(request, request.path_id())


async def delete_status(request: ApiRequest) -> Response:
    """Stop filtering one status."""
    await remove_status(
        request.ctx, account_id=request.my_account_id, filter_status_id=request.path_id()
    )
    return json_response({})


async def _keyword(request: ApiRequest, keyword_id: int) -> Response:
    _, found = await part_row(
        request.ctx, account_id=request.my_account_id, part="keywords", part_id=keyword_id
    )
    return json_response(keyword_shape(found))


async def _status(request: ApiRequest, filter_status_id: int) -> Response:
    _, found = await part_row(
        request.ctx, account_id=request.my_account_id, part="statuses", part_id=filter_status_id
    )
    return json_response(filter_status_shape(found))
