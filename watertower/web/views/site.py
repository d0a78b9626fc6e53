"""The community's name and rules, as every page shows them; kept for half a minute."""

import time
from weakref import WeakKeyDictionary

from watertower.accounts.access.site import Site, site_of
from watertower.base.context import Context
from watertower.base.db.pool import Database

KEPT_SECONDS = 30.0

_kept: WeakKeyDictionary[Database, tuple[float, Site]] = WeakKeyDictionary()


async def site_shown(ctx: Context) -> Site:
    """The site as it was within the last half minute."""
    kept = _kept.get(ctx.db)
    if kept is not None and time.monotonic() - kept[0] < KEPT_SECONDS:
        return kept[1]
    site = await site_of(ctx)
    _kept[ctx.db] = (time.monotonic(), site)
    return site


def forget_site() -> None:
    """Read it again for the next page."""
    _kept.clear()


def nameless_site(ctx: Context) -> Site:
    """What can be said about the site when the database does not answer."""
    kept = _kept.get(ctx.db)
    return kept[1] if kept is not None else Site(title=ctx.settings.server.domain)
