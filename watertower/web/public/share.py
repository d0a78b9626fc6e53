"""Ways in from other sites: share something, follow or answer somebody who was seen elsewhere.

The addresses are Mastodon's, so that buttons and browsers that know them lead here: /share,
/intent (the web+mastodon: protocol), /authorize_interaction, /.well-known/proxy, /redirect/….
"""

import re
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from watertower.accounts.access.accounts import account_for
from watertower.base.context import Context
from watertower.base.errors import NotFound, Refused
from watertower.base.web import Response, redirect
from watertower.statuses.access.statuses import line_for
from watertower.web.pages import page
from watertower.web.public.front import home
from watertower.web.public.profile import elsewhere
from watertower.web.request import WebRequest
from watertower.web.views.account import account_view
from watertower.web.views.status import status_views

LONGEST = 2048  # characters of an address
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?", re.IGNORECASE)


async def get_share(request: WebRequest) -> Response:
    """The box to write in, with what another site put there. Nothing is posted by itself."""
    parts = [request.text("title", 500), request.text("text", 5000), request.line("url", LONGEST)]
    return await home(request, draft="\n".join(part for part in parts if part))


async def get_intent(request: WebRequest) -> Response:
    """web+mastodon://follow?uri=…, or share?text=…: on to where that is done."""
    asked = urlsplit(request.line("uri", LONGEST))
    if asked.scheme != "web+mastodon":
        raise NotFound
    values = {name: found[0] for name, found in parse_qs(asked.query).items()}
    what = asked.netloc or asked.path.strip("/")
    if what == "follow" and values.get("uri"):
        uri = values["uri"].removeprefix("acct:")
        return redirect(f"/authorize_interaction?{urlencode({'uri': uri})}")
    if what == "share":
        return redirect(f"/share?{urlencode({'text': values.get('text', '')})}")
    raise NotFound


async def get_proxy(request: WebRequest) -> Response:
    """web+ap: addresses, as browsers hand them over."""
    uri = request.line("uri", LONGEST)
    if uri.startswith("web+ap://"):
        uri = "https://" + uri.removeprefix("web+ap://")
    return redirect(f"/authorize_interaction?{urlencode({'uri': uri})}")


async def get_interaction(request: WebRequest) -> Response:
    """The page here of an account or post that was seen elsewhere."""
    uri = request.line("uri", LONGEST) or request.line("acct", 320)
    if not uri:
        raise NotFound
    found = await _found(request.ctx, uri)
    if found is None:
        raise NotFound
    kind, number = found
    if kind == "account":
        account = await account_for(request.ctx, account_id=number)
        return redirect(f"/@{quote(account.acct)}")
    line = await line_for(request.ctx, viewer=request.viewer, status_id=number)
    account = await account_for(request.ctx, account_id=line.account.id)
    return redirect(f"/@{quote(account.acct)}/{number}")


async def _found(ctx: Context, uri: str) -> tuple[str, int] | None:
    try:
        if uri.startswith(("http://", "https://")):
            return await ctx.remote.find_by_url(uri)
        number = await ctx.remote.find_account(uri.removeprefix("acct:").removeprefix("@"))
    except Refused:  # that server does not answer, or may not be asked
        return None
    return None if number is None else ("account", number)


async def get_redirect_account(request: WebRequest) -> Response:
    """Where an account lives, before one goes there."""
    account = await account_for(request.ctx, account_id=request.path_id())
    if account.is_local:
        return redirect(f"/@{quote(account.acct)}")
    return elsewhere(request, account)


async def get_redirect_status(request: WebRequest) -> Response:
    """Where a post is, before one goes there."""
    line = await line_for(request.ctx, viewer=request.viewer, status_id=request.path_id())
    account = await account_for(request.ctx, account_id=line.account.id)
    if account.is_local:
        return redirect(f"/@{quote(account.acct)}/{line.id}")
    (shown,) = await status_views(request.ctx, [line])
    person = account_view(request.ctx, account)
    return page(request, "elsewhere.html", person=person, leads_to=shown.url)


async def get_interaction_helper(request: WebRequest) -> Response:
    """Where somebody of another server goes on: at home. Nobody is sent there without being asked."""
    uri, server = request.line("uri", LONGEST), request.line("server", 255)
    host = server.removeprefix("https://").rpartition("@")[2].strip("/")
    is_name = _HOST.fullmatch(host) is not None
    leads_to = f"https://{host}/authorize_interaction?{urlencode({'uri': uri})}" if is_name else ""
    return page(request, "remote_interaction.html", uri=uri, leads_to=leads_to)


async def get_custom_css(request: WebRequest) -> Response:
    """Styles of this community; empty, because it has none of its own."""
    del request
    return Response(
        b"",
        content_type="text/css; charset=utf-8",
        headers={"cache-control": "public, max-age=300"},
    )
