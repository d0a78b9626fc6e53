"""The languages a member wants to read."""

from watertower.accounts.queries.preferences import find_chosen_languages
from watertower.base.context import Context


async def chosen_languages_of(ctx: Context, *, account_id: int) -> frozenset[str]:
    """The languages that public timelines keep to; none: all of them."""
    async with ctx.reading() as tx:
        return frozenset(await find_chosen_languages(tx, account_id=account_id))
