"""A member's filters as they are edited: with keywords and statuses."""

from typing import Any

from watertower.base.context import Context
from watertower.feeds.errors import FilterNotFound
from watertower.feeds.queries.filters import list_filters_with_parts

FilterRow = dict[str, Any]


async def filter_rows(ctx: Context, *, account_id: int) -> list[FilterRow]:
    """All filters with their parts; one query."""
    async with ctx.reading() as tx:
        return await list_filters_with_parts(tx, account_id=account_id)


async def filter_row(ctx: Context, *, account_id: int, filter_id: int) -> FilterRow:
    """One filter; FilterNotFound if it is not this member's."""
    for row in await filter_rows(ctx, account_id=account_id):
        if row["id"] == filter_id:
            return row
    raise FilterNotFound


async def part_row(
    ctx: Context, *, account_id: int, part: str, part_id: int
) -> tuple[FilterRow, dict[str, Any]]:
    """A filter and one of its parts, `keywords` or `statuses`; FilterNotFound if not theirs."""
    for row in await filter_rows(ctx, account_id=account_id):
        for found in row[part]:
            if found["id"] == part_id:
                return row, found
    raise FilterNotFound
