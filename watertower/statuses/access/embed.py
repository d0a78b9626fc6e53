"""A status as any page may show it."""

from dataclasses import dataclass

from watertower.accounts.queries.accounts import find_account
from watertower.base.context import Context
from watertower.statuses.access.statuses import status_for
from watertower.statuses.errors import StatusNotFound


@dataclass(frozen=True)
class Embed:
    """Where the status is and who wrote it."""

    url: str
    author_name: str
    author_url: str


async def embed_for(ctx: Context, *, status_id: int) -> Embed:
    """One of our statuses that the public may see; else StatusNotFound."""
    async with ctx.reading() as tx:
        status = await status_for(tx, viewer_id=None, status_id=status_id)
        author = await find_account(tx, account_id=status.account_id)
    if author is None or not status.is_local or status.reblog_of_id is not None:
        raise StatusNotFound
    return Embed(
        url=status.url or status.uri,
        author_name=author.display_name or author.username,
        author_url=author.url,
    )
