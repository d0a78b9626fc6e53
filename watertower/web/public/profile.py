"""GET /@name, /@name/with_replies, /@name/media, /@name/tagged/tag: a member's page, and feeds.

Each has a feed at the same address with .rss behind it.
"""

from dataclasses import replace

from watertower.accounts.access.accounts import accounts_with_roles
from watertower.accounts.access.people import person_of_handle
from watertower.accounts.model import Account
from watertower.base.errors import Gone, NotFound
from watertower.base.paging import Page
from watertower.base.text.tags import tag_name
from watertower.base.web import Response
from watertower.statuses.access.of_account import Choice, statuses_of_account
from watertower.statuses.model import StatusLine
from watertower.web.pages import page
from watertower.web.public.rss import FEED_SIZE, Feed, answer_feed
from watertower.web.request import WebRequest
from watertower.web.views.account import AccountView, account_view, shown_account_view
from watertower.web.views.pager import paged
from watertower.web.views.status import status_views

POSTS = Choice(excludes_replies=True, excludes_direct=True)
WITH_REPLIES = Choice(excludes_direct=True)
WITH_MEDIA = Choice(only_media=True, excludes_direct=True)
PINNED = Choice(only_pinned=True)
FEED = Choice(excludes_replies=True, excludes_reblogs=True, excludes_direct=True)
MOST_PINNED = 5


async def get_profile(request: WebRequest) -> Response:
    """The profile with posts and boosts, pinned ones first."""
    if request.path_params["name"].endswith(".rss"):
        return await _feed(request, FEED)
    return await _page(request, POSTS, "posts", shows_pinned=True)


async def get_with_replies(request: WebRequest) -> Response:
    """The profile with everything public."""
    return await _page(request, WITH_REPLIES, "replies")


async def get_media(request: WebRequest) -> Response:
    """The profile with posts that have pictures, sound or video."""
    return await _page(request, WITH_MEDIA, "media")


async def get_with_replies_feed(request: WebRequest) -> Response:
    """Posts and answers, without boosts."""
    return await _feed(request, replace(FEED, excludes_replies=False))


async def get_media_feed(request: WebRequest) -> Response:
    """Posts that have pictures, sound or video."""
    return await _feed(request, replace(WITH_MEDIA, excludes_reblogs=True))


async def get_tagged(request: WebRequest) -> Response:
    """A member's posts with a hashtag: as a page or as a feed."""
    asked = request.path_params["tag"]
    tag = tag_name(asked.removesuffix(".rss"))
    if not tag:
        raise NotFound
    if asked.endswith(".rss"):
        return await _feed(request, replace(FEED, excludes_replies=False, tag=tag))
    return await _page(request, Choice(excludes_direct=True, tag=tag), "tagged")


async def person_in_path(request: WebRequest) -> Account:
    """The account that `/@name` names. NotFound for other paths; Gone when it was suspended."""
    name = request.path_params["name"].removesuffix(".rss")
    if not name.startswith("@") or len(name) > 320:
        raise NotFound
    account = await person_of_handle(request.ctx, handle=name[1:])
    if account.is_suspended:
        raise Gone("This account was suspended")
    return account


def elsewhere(request: WebRequest, account: Account) -> Response:
    """What we say about somebody of another server: where they live.

    Never a mere redirect, so that no address here leads to a place somebody else chose.
    """
    person = account_view(request.ctx, account)
    return page(request, "elsewhere.html", person=person)


async def _page(
    request: WebRequest, choice: Choice, tab: str, *, shows_pinned: bool = False
) -> Response:
    account = await person_in_path(request)
    if not account.is_local:
        return elsewhere(request, account)
    asked = request.page()
    is_first = "max_id" not in request.params and "min_id" not in request.params
    lines = await _lines(request, account.id, choice, asked)
    shown, pager = paged(lines, asked, request.path, is_first="max_id" not in request.params)
    pinned: list[StatusLine] = []
    if shows_pinned and is_first:
        pinned = await _lines(request, account.id, PINNED, Page(MOST_PINNED))
    views = await status_views(request.ctx, [*pinned, *shown])
    pinned_ids = {line.sort for line in pinned}
    return page(
        request,
        "profile.html",
        keeps="public, max-age=15",
        person=await _person(request, account),
        tab=tab,
        pinned=[view for view in views[: len(pinned)] if view.sort in pinned_ids],
        statuses=views[len(pinned) :],
        pager=pager,
    )


async def _person(request: WebRequest, account: Account) -> AccountView:
    """The account with its counts, its role, and where it moved to."""
    found = await accounts_with_roles(request.ctx, account_ids=[account.id])
    if not found:
        raise NotFound
    return shown_account_view(request.ctx, found[0])


async def _feed(request: WebRequest, choice: Choice) -> Response:
    account = await person_in_path(request)
    if not account.is_local:
        raise NotFound
    person = account_view(request.ctx, account)
    request.viewer = None  # a feed is public, whoever fetches it
    lines = await _lines(request, account.id, choice, Page(FEED_SIZE))
    public = await status_views(request.ctx, lines)
    feed = Feed(
        title=f"{person.plain_name} ({person.handle})",
        description=person.plain_note or f"Public posts by {person.handle}",
        path=person.url,
        picture=person.avatar
        if person.avatar.startswith("http")
        else request.ctx.settings.base_url + person.avatar,
    )
    return answer_feed(request, feed, public)


async def _lines(
    request: WebRequest, account_id: int, choice: Choice, asked: Page
) -> list[StatusLine]:
    return await statuses_of_account(
        request.ctx, viewer=request.viewer, account_id=account_id, choice=choice, page=asked
    )
