"""/desk/servers: every server that we know, decided about or watch."""

from urllib.parse import urlencode

from watertower.accounts.domains import domain_name
from watertower.base.web import Response, redirect
from watertower.moderation.access.server_talk import open_requests
from watertower.moderation.access.servers import PAGE_SIZE, months, servers_found, to_look_at
from watertower.moderation.model.servers import FILTERS, SORTS
from watertower.web.pages import page
from watertower.web.request import WebRequest

FILTER_WORDS = {
    "all": "All",
    "suspended": "Suspended",
    "limited": "Limited",
    "rejecting": "Media or reports rejected",
    "watched": "Watched",
    "reviewed": "Under review",
    "failing": "Not answering",
    "allowed": "On the allow list",
}
SORT_WORDS = {
    "name": "by name",
    "accounts": "most accounts first",
    "followed": "most followed first",
    "reports": "most reported first",
}
MOST_PAGES = 2000


async def get_servers(request: WebRequest) -> Response:
    """A page of the list; a search for exactly one known name leads to its page."""
    search = request.line("q", 253).lower()
    shown = request.text("shown", 20) if request.text("shown", 20) in FILTERS else "all"
    sort = request.text("sort", 20) if request.text("sort", 20) in SORTS else "name"
    given = request.text("page", 6)
    number = min(int(given), MOST_PAGES) if given.isascii() and given.isdigit() else 0
    rows = await servers_found(request.ctx, search=search, shown=shown, sort=sort, page=number)

    def address(to: int) -> str:
        return "/desk/servers?" + urlencode({"q": search, "shown": shown, "sort": sort, "page": to})

    return page(
        request,
        "desk/servers_listed.html",
        rows=rows[:PAGE_SIZE],
        search=search,
        shown=shown,
        sort=sort,
        filters=FILTER_WORDS.items(),
        sorts=SORT_WORDS.items(),
        newer=address(number - 1) if number else "",
        older=address(number + 1) if len(rows) > PAGE_SIZE else "",
        new_domain=domain_name(search) if search and not rows else None,
    )


async def get_open(request: WebRequest) -> Response:
    """Lead to the page of the server that was typed."""
    name = domain_name(request.line("domain", 300))
    return redirect(f"/desk/servers/{name}" if name else "/desk/servers", 303)


async def get_to_look_at(request: WebRequest) -> Response:
    """What waits for somebody: second looks, reviews, unexplained blocks, requests."""
    return page(
        request,
        "desk/servers_waiting.html",
        decisions=await to_look_at(request.ctx),
        requests=await open_requests(request.ctx),
        months=(await months(request.ctx))[:24],
        now=request.ctx.now(),
        me=request.my_account_id,
    )
