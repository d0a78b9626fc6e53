"""Whether a stored file is for the public."""

from watertower.base.context import Context
from watertower.media.queries.withheld import is_withheld
from watertower.media.rules.keys import may_be_served


async def is_served(ctx: Context, *, key: str) -> bool:
    """A key of ours that the public may fetch, of nothing that is suspended or removed."""
    if not may_be_served(key):
        return False
    async with ctx.reading() as tx:
        return not await is_withheld(tx, key=key)
