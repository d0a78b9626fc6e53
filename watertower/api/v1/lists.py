"""/api/v1/lists: a member's own selections of accounts."""

from typing import Any

from watertower.api.answers import answer_with_accounts
from watertower.api.request import ApiRequest, id_of
from watertower.base.paging import Page
from watertower.base.web import Response, json_response
from watertower.feeds.access.lists import list_for, lists_of, lists_with, members_for
from watertower.feeds.actions.lists import (
    add_to_list,
    change_list,
    make_list,
    remove_list,
    take_from_list,
)
from watertower.feeds.model import AccountList

REPLIES = ("followed", "list", "none")
EVERYBODY = 5000  # `limit=0` asks for all accounts of a list


def list_shape(found: AccountList) -> dict[str, Any]:
    """A list as JSON."""
    return {
        "id": str(found.id),
        "title": found.title,
        "replies_policy": found.replies_policy,
        "exclusive": found.is_exclusive,
    }


async def get_lists(request: ApiRequest) -> Response:
    """One's lists."""
    found = await lists_of(request.ctx, owner_id=request.my_account_id)
    return json_response([list_shape(one) for one in found])


async def get_lists_of_account(request: ApiRequest) -> Response:
    """One's lists in which an account is."""
    found = await lists_with(
        request.ctx, owner_id=request.my_account_id, account_id=request.path_id()
    )
    return json_response([list_shape(one) for one in found])


async def get_list(request: ApiRequest) -> Response:
    """One list."""
    found = await list_for(request.ctx, owner_id=request.my_account_id, list_id=request.path_id())
    return json_response(list_shape(found))


async def post_list(request: ApiRequest) -> Response:
    """Make a list."""
    made = await make_list(
        request.ctx,
        owner_id=request.my_account_id,
        title=request.required_text("title", limit=255),
        replies_policy=request.one_of("replies_policy", REPLIES) or "list",
        is_exclusive=request.is_on("exclusive"),
    )
    return json_response(list_shape(made))


async def put_list(request: ApiRequest) -> Response:
    """Change a list."""
    title = request.required_text("title", limit=255) if "title" in request.params else None
    changed = await change_list(
        request.ctx,
        owner_id=request.my_account_id,
        list_id=request.path_id(),
        title=title,
        replies_policy=request.one_of("replies_policy", REPLIES),
        is_exclusive=request.flag("exclusive"),
    )
    return json_response(list_shape(changed))


async def delete_list(request: ApiRequest) -> Response:
    """Remove a list."""
    await remove_list(request.ctx, owner_id=request.my_account_id, list_id=request.path_id())
    return json_response({})


async def get_list_accounts(request: ApiRequest) -> Response:
    """Who is in a list."""
    page = request.page(default=40, most=80)
    if id_of(request.params.get("limit")) == 0:
        page = Page(EVERYBODY)
    rows = await members_for(
        request.ctx, owner_id=request.my_account_id, list_id=request.path_id(), page=page
    )
    return await answer_with_accounts(request, rows, page)


async def post_list_accounts(request: ApiRequest) -> Response:
    """Put accounts into a list."""
    await add_to_list(
        request.ctx,
        owner_id=request.my_account_id,
        list_id=request.path_id(),
        account_ids=request.ids("account_ids"),
    )
    return json_response({})


async def delete_list_accounts(request: ApiRequest) -> Response:
    """Take accounts out of a list."""
    await take_from_list(
        request.ctx,
        owner_id=request.my_account_id,
        list_id=request.path_id(),
        account_ids=request.ids("account_ids"),
    )
    return json_response({})
