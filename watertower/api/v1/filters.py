"""/api/v1/filters: filters as older apps know them, one for each keyword."""

from watertower.api.filter_params import contexts_of, expiry_of, keyword_of
from watertower.api.request import ApiRequest
from watertower.api.shapes.filter import v1_filter_shape
from watertower.base.errors import Invalid
from watertower.base.web import Response, json_response
from watertower.feeds.access.filter_rows import filter_row, filter_rows, part_row
from watertower.feeds.actions.filters import (
    change_filter,
    make_filter,
    remove_filter,
    remove_keyword,
)
from watertower.feeds.model import KeywordChange


async def get_filters(request: ApiRequest) -> Response:
    """One's filters, one for each keyword."""
    rows = await filter_rows(request.ctx, account_id=request.my_account_id)
    return json_response([v1_filter_shape(row, k) for row in rows for k in row["keywords"]])


async def get_filter(request: ApiRequest) -> Response:
    """One filter."""
    return await _answer(request, request.path_id())


async def post_filter(request: ApiRequest) -> Response:
    """Make a filter of one keyword."""
    phrase = keyword_of(request, "phrase")
    filter_id = await make_filter(
        request.ctx,
        account_id=request.my_account_id,
        title=phrase[:256],
        contexts=contexts_of(request, is_required=True) or [],
        action="hide" if request.is_on("irreversible") else "warn",
        expires_at=expiry_of(request),
        keywords=[KeywordChange(phrase, request.flag("whole_word", True))],
    )
    row = await filter_row(request.ctx, account_id=request.my_account_id, filter_id=filter_id)
    return json_response(v1_filter_shape(row, row["keywords"][0]))


async def put_filter(request: ApiRequest) -> Response:
    """Change a filter. One with several keywords can only be changed by newer apps."""
    keyword_id = request.path_id()
    row, _ = await part_row(
        request.ctx, account_id=request.my_account_id, part="keywords", part_id=keyword_id
    )
    params = request.params
    touches_filter = {"context", "expires_in", "irreversible"} & params.keys()
    if touches_filter and len(row["keywords"]) > 1:
        raise Invalid(
            "Validation failed: These parameters cannot be changed from this application because "
            "they apply to more than one filter keyword. Use a more recent application or the "
            "web interface."
        )
    wish = request.flag("irreversible")
    phrase = keyword_of(request, "phrase") if "phrase" in params else None
    await change_filter(
        request.ctx,
        account_id=request.my_account_id,
        filter_id=row["id"],
        title=phrase and phrase[:256] if len(row["keywords"]) == 1 else None,
        contexts=contexts_of(request, is_required=False),
        action=None if wish is None else "hide" if wish else "warn",
        changes_expiry="expires_in" in params,
        expires_at=expiry_of(request),
        keywords=[KeywordChange(phrase, request.flag("whole_word"), keyword_id)],
    )
    return await _answer(request, keyword_id)


async def delete_filter(request: ApiRequest) -> Response:
    """Remove a keyword, and with the last one its filter."""
    keyword_id = request.path_id()
    account_id = request.my_account_id
    row, _ = await part_row(request.ctx, account_id=account_id, part="keywords", part_id=keyword_id)
    if len(row["keywords"]) == 1 and not row["statuses"]:
        await remove_filter(request.ctx, account_id=account_id, filter_id=row["id"])
    else:
        await remove_keyword(request.ctx, account_id=account_id, keyword_id=keyword_id)
    return json_response({})


async def _answer(request: ApiRequest, keyword_id: int) -> Response:
    row, keyword = await part_row(
        request.ctx, account_id=request.my_account_id, part="keywords", part_id=keyword_id
    )
    return json_response(v1_filter_shape(row, keyword))
