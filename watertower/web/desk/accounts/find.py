"""/desk/accounts: search, and what waits for a second look."""

from watertower.base.paging import Page
from watertower.base.web import Response
from watertower.moderation.access.dossiers import accounts_found, dossiers_by_id
from watertower.moderation.access.standing import actions_due
from watertower.moderation.model.dossiers import Search
from watertower.moderation.model.standing import WORDS
from watertower.web.pages import page
from watertower.web.request import WebRequest

STANDINGS = (
    ("", "Any standing"),
    ("active", "Active"),
    ("pending", "Waiting to be let in"),
    ("disabled", "Frozen"),
    ("silenced", "Limited"),
    ("sensitized", "Media covered"),
    ("suspended", "Suspended"),
)
ORIGINS = (("", "Here and elsewhere"), ("local", "Members"), ("remote", "Elsewhere"))


async def get_accounts(request: WebRequest) -> Response:
    """Accounts that are found, newest first. Nothing is asked about addresses: see the account."""
    asked = request.page()
    ids = await accounts_found(request.ctx, search=_search(request), page=asked)
    found = await dossiers_by_id(request.ctx, account_ids=ids)
    shown = [found[one] for one in ids if one in found and one != request.my_account_id]
    due = await actions_due(request.ctx, viewer_id=request.my_account_id)
    about = await dossiers_by_id(
        request.ctx, account_ids=sorted({action.target_account_id for action in due})
    )
    return page(
        request,
        "desk/accounts.html",
        q=request.line("q", 320),
        standing=request.text("standing"),
        origin=request.text("origin"),
        standings=STANDINGS,
        origins=ORIGINS,
        accounts=shown[: asked.limit - 1],
        older=shown[asked.limit - 2].account_id if len(shown) >= asked.limit else None,
        due=[(action, about.get(action.target_account_id)) for action in due],
        words=WORDS,
        is_first=asked == Page(asked.limit),
        now=request.ctx.now(),
    )


def _search(request: WebRequest) -> Search:
    """What was typed: a name, `name@server`, or `@server` for everybody there."""
    username, _, domain = request.line("q", 320).removeprefix("@").partition("@")
    if request.line("q", 320).startswith("@") and "." in username and not domain:
        username, domain = "", username
    origin = request.text("origin")
    standing = request.text("standing")
    own = request.ctx.settings.server.domain.lower()
    is_local = {"local": True, "remote": False}.get(origin)
    if domain.lower() == own:
        is_local, domain = True, ""
    return Search(
        is_local=is_local,
        standing=standing if standing in dict(STANDINGS) and standing else None,
        username=username or None,
        domain=domain or None,
    )
