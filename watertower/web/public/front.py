"""GET /: what this place is, for visitors; one's own timeline and a place to write, for members."""

import secrets

from watertower.accounts.access.registrations import registrations_of
from watertower.accounts.model import RegistrationMode
from watertower.base.paging import Page
from watertower.base.web import Response
from watertower.feeds.access.home import home_for
from watertower.feeds.access.timelines import public_for
from watertower.web.pages import page
from watertower.web.request import WebRequest
from watertower.web.views.member import member_view
from watertower.web.views.pager import paged
from watertower.web.views.status import status_views

LATEST = 6  # posts on the landing page


async def get_front(request: WebRequest) -> Response:
    """The front page."""
    if request.viewer is None:
        return await landing(request)
    return await home(request)


async def landing(request: WebRequest) -> Response:
    """Name, description, rules, the latest public posts of members, and the way in."""
    rules = await registrations_of(request.ctx)
    lines = []
    if request.site.shows_local_timeline:
        lines = await public_for(
            request.ctx, viewer=None, page=Page(LATEST), origin="local", only_media=False
        )
    return page(
        request,
        "landing.html",
        keeps="public, max-age=15",
        latest=await status_views(request.ctx, lines),
        may_sign_up=rules.is_open,
        asks_first=rules.mode is RegistrationMode.APPROVAL,
    )


async def home(request: WebRequest, *, draft: str = "", wrong: str | None = None) -> Response:
    """The member's own timeline. `draft` and `wrong`: what could not be posted, and why."""
    asked = request.page()
    lines = await home_for(request.ctx, account_id=request.my_account_id, page=asked)
    shown, pager = paged(lines, asked, "/", is_first="max_id" not in request.params)
    return page(
        request,
        "home.html",
        status=422 if wrong else 200,
        me=await member_view(request),
        statuses=await status_views(request.ctx, shown),
        pager=pager,
        draft=draft,
        wrong=wrong,
        warning=request.line("content_warning"),
        visibility=request.text("visibility"),
        key=request.text("key", 64) or secrets.token_urlsafe(18),
    )
