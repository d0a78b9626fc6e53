"""/api/v2/notifications: what happened to one, with what belongs together shown as one."""

from watertower.api.answers import answer_with_accounts
from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.notification_group import render_groups
from watertower.api.shapes.raw import raw_response
from watertower.base.errors import NotFound
from watertower.base.text.clean import clean_text
from watertower.base.web import Response, json_response
from watertower.feeds.access.notification_groups import (
    group_for,
    groups_for,
    people_of_group,
    unread_groups_of,
)
from watertower.feeds.actions.notifications import dismiss_group

LONGEST_KEY = 200


async def get_groups(request: ApiRequest) -> Response:
    """What happened to one, newest first; likes of one post are one entry."""
    page = request.page(default=40, most=80)
    groups = await groups_for(
        request.ctx,
        account_id=request.my_account_id,
        page=page,
        grouped_kinds=request.texts("grouped_types") or None,
        kinds=request.texts("types") or None,
        without_kinds=request.texts("exclude_types") or None,
        from_account_id=request.id("account_id"),
        with_filtered=request.is_on("include_filtered"),
    )
    expand = request.one_of("expand_accounts", ("full", "partial_avatars"), "full")
    body = await render_groups(
        request.ctx, groups, viewer=request.me, partial=expand == "partial_avatars"
    )
    links = link_header(request, [group.sort for group in groups], page, goes_on=True)
    return raw_response(body, links)


async def get_group(request: ApiRequest) -> Response:
    """One group."""
    group = await group_for(request.ctx, account_id=request.my_account_id, key=_key(request))
    return raw_response(await render_groups(request.ctx, [group], viewer=request.me))


async def get_accounts_of_group(request: ApiRequest) -> Response:
    """Everybody who caused a group, newest first."""
    page = request.page(default=40, most=80)
    rows = await people_of_group(
        request.ctx, account_id=request.my_account_id, key=_key(request), page=page
    )
    return await answer_with_accounts(request, rows, page)


async def post_dismiss_group(request: ApiRequest) -> Response:
    """Remove what is in a group."""
    await dismiss_group(request.ctx, account_id=request.my_account_id, key=_key(request))
    return json_response({})


async def get_unread_groups(request: ApiRequest) -> Response:
    """How many groups have something newer than the marker, counted up to a limit."""
    count = await unread_groups_of(
        request.ctx,
        account_id=request.my_account_id,
        most=request.number("limit", 100, least=1, most=10**6) or 100,
        grouped_kinds=request.texts("grouped_types") or None,
        kinds=request.texts("types") or None,
        without_kinds=request.texts("exclude_types") or None,
        from_account_id=request.id("account_id"),
    )
    return json_response({"count": count})


def _key(request: ApiRequest) -> str:
    key = clean_text(request.path_params["group_key"])
    if len(key) > LONGEST_KEY:
        raise NotFound
    return key
