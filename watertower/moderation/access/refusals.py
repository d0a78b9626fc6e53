"""Refusals in advance, for staff. The gate has checked that the caller may read them."""

from collections.abc import Sequence

from watertower.accounts.model import Refusal
from watertower.accounts.queries.refusals import list_refusals
from watertower.base.context import Context
from watertower.base.paging import Page


async def refusals(ctx: Context, *, page: Page) -> Sequence[Refusal]:
    """Who is refused and did not come yet, the newest first."""
    async with ctx.reading() as tx:
        return await list_refusals(tx, page=page)
