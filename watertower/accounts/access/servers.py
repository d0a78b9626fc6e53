"""Whether files of another server are fetched and shown here."""

from urllib.parse import urlsplit

from watertower.accounts.queries.media_policies import find_owner_domain
from watertower.accounts.queries.server_policies import find_effective_policy
from watertower.base.context import Context
from watertower.base.errors import NotFound


async def require_media_wanted(ctx: Context, *, media_id: int) -> None:
    """NotFound for a file of a server that is suspended or whose media are rejected."""
    async with ctx.reading() as tx:
        domain = await find_owner_domain(tx, media_id=media_id)
        policy = domain and await find_effective_policy(tx, domain=domain)
    if policy and (policy.severity == "suspend" or policy.rejects_media):
        raise NotFound


async def require_host_wanted(ctx: Context, *, url: str) -> None:
    """The same for an address."""
    host = (urlsplit(url).netloc or "").lower()
    async with ctx.reading() as tx:
        policy = await find_effective_policy(tx, domain=host)
    if policy and (policy.severity == "suspend" or policy.rejects_media):
        raise NotFound
