"""Custom emoji that members may use."""

from collections.abc import Mapping, Sequence
from typing import Any

from watertower.base.context import Context
from watertower.media.queries.emojis import list_usable_emojis


async def emojis_of_server(ctx: Context) -> Sequence[Mapping[str, Any]]:
    """All of ours that are not switched off, by category and code."""
    async with ctx.reading(may_lag=True) as tx:
        return await list_usable_emojis(tx)
