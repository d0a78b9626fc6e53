"""/api/v1/collections: public selections of accounts (FEP-7aa9), and whose they are."""

from watertower.accounts.access.accounts import account_for
from watertower.accounts.model import viewer_id
from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.account import render_accounts
from watertower.api.shapes.collection import collection_shape, item_shape
from watertower.api.shapes.raw import raw
from watertower.base.errors import Forbidden, NotFound
from watertower.base.text.languages import language_of
from watertower.base.text.tags import tag_name
from watertower.base.web import Response, json_response
from watertower.feeds.access.collections import collection_for, collections_of, collections_with
from watertower.feeds.actions.collections import (
    MOST_ACCOUNTS,
    add_to_collection,
    change_collection,
    leave_collection,
    make_collection,
    remove_collection,
    take_from_collection,
)
from watertower.feeds.model import Collection, CollectionChange

LONGEST_NAME = 40  # characters
LONGEST_DESCRIPTION = 100


async def get_collection(request: ApiRequest) -> Response:
    """One collection with its owner and everybody in it."""
    found = await collection_for(
        request.ctx, viewer_id=viewer_id(request.viewer), collection_id=request.path_id()
    )
    ids = list(dict.fromkeys([found.account_id, *(item.account_id for item in found.items)]))
    accounts = await render_accounts(request.ctx, ids)
    return json_response(
        {
            "collection": collection_shape(request.ctx, found),
            "accounts": [raw(accounts[one]) for one in ids if one in accounts],
        }
    )


async def get_collections_of(request: ApiRequest) -> Response:
    """An account's collections, newest first; others see those that are to be found."""
    account = await account_for(request.ctx, account_id=request.path_id("account_id"))
    limit, offset = _part(request)
    found = await collections_of(
        request.ctx,
        viewer_id=viewer_id(request.viewer),
        account_id=account.id,
        limit=limit,
        offset=offset,
    )
    return _answer_with_list(request, found, limit, offset)


async def get_collections_with(request: ApiRequest) -> Response:
    """Collections in which one is oneself."""
    if request.path_id("account_id") != request.my_account_id:
        raise Forbidden
    limit, offset = _part(request)
    found = await collections_with(
        request.ctx, account_id=request.my_account_id, limit=limit, offset=offset
    )
    return _answer_with_list(request, found, limit, offset)


async def post_collection(request: ApiRequest) -> Response:
    """Make a collection."""
    change = _change(request)
    if not change.name:
        raise invalid("name", "can't be blank", "ERR_BLANK")
    made = await make_collection(
        request.ctx,
        owner_id=request.my_account_id,
        change=change,
        account_ids=request.ids("account_ids", most=MOST_ACCOUNTS),
    )
    return await _answer_with_own(request, made)


async def patch_collection(request: ApiRequest) -> Response:
    """Change what is given of one's own collection."""
    change = _change(request)
    if change.name == "":
        raise invalid("name", "can't be blank", "ERR_BLANK")
    await change_collection(
        request.ctx,
        owner_id=request.my_account_id,
        collection_id=request.path_id(),
        change=change,
    )
    return await _answer_with_own(request, request.path_id())


async def delete_collection(request: ApiRequest) -> Response:
    """Remove one's own collection."""
    await remove_collection(
        request.ctx, owner_id=request.my_account_id, collection_id=request.path_id()
    )
    return json_response({})


async def post_item(request: ApiRequest) -> Response:
    """Put an account into one's own collection."""
    account_id = request.id("account_id")
    if account_id is None:
        raise NotFound
    collection_id = request.path_id("collection_id")
    item_id = await add_to_collection(
        request.ctx,
        owner_id=request.my_account_id,
        collection_id=collection_id,
        account_id=account_id,
    )
    found = await collection_for(
        request.ctx, viewer_id=request.my_account_id, collection_id=collection_id
    )
    shapes = [item_shape(item) for item in found.items if item.id == item_id]
    if not shapes:
        raise NotFound  # taken out again in between
    return json_response({"collection_item": shapes[0]})


async def delete_item(request: ApiRequest) -> Response:
    """Take an account out of one's own collection."""
    await take_from_collection(
        request.ctx,
        owner_id=request.my_account_id,
        collection_id=request.path_id("collection_id"),
        item_id=request.path_id(),
    )
    return json_response({})


async def post_revoke(request: ApiRequest) -> Response:
    """Leave somebody's collection for good."""
    await leave_collection(
        request.ctx,
        account_id=request.my_account_id,
        collection_id=request.path_id("collection_id"),
        item_id=request.path_id(),
    )
    return json_response({})


def _change(request: ApiRequest) -> CollectionChange:
    name = request.text("name", limit=LONGEST_NAME)
    typed = request.text("language", limit=64)
    language = language_of(typed)
    if typed and language is None:
        raise invalid("language", "is not a language we know", "ERR_INCLUSION")
    tag = request.text("tag_name", limit=200)
    if tag and not tag_name(tag):
        raise invalid("tag_name", "is no hashtag", "ERR_INVALID")
    return CollectionChange(
        name=None if name is None else name.strip(),
        description=request.text("description", limit=LONGEST_DESCRIPTION),
        language=language,
        is_sensitive=request.flag("sensitive"),
        is_discoverable=request.flag("discoverable"),
        tag_name=None if tag is None else tag.strip().removeprefix("#"),
    )


def _part(request: ApiRequest) -> tuple[int, int]:
    offset = request.number("offset", 0, most=10_000) or 0
    return request.page(default=40, most=80).limit, offset


def _answer_with_list(
    request: ApiRequest, found: list[Collection], limit: int, offset: int
) -> Response:
    base = f"{request.ctx.settings.base_url}{request.path}?limit={limit}&offset="
    links = []
    if len(found) >= limit:
        links.append(f'<{base}{offset + limit}>; rel="next"')
    if offset:
        links.append(f'<{base}{max(0, offset - limit)}>; rel="prev"')
    shapes = [collection_shape(request.ctx, one) for one in found]
    headers = {"link": ", ".join(links)} if links else {}
    return json_response({"collections": shapes}, headers=headers)


async def _answer_with_own(request: ApiRequest, collection_id: int) -> Response:
    found = await collection_for(
        request.ctx, viewer_id=request.my_account_id, collection_id=collection_id
    )
    return json_response({"collection": collection_shape(request.ctx, found)})
