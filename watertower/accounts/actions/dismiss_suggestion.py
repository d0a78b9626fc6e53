"""Dismiss a suggestion: a member does not want to be told of somebody again."""

from watertower.accounts.queries.directory import insert_dismissed_suggestion
from watertower.base.context import Context


async def dismiss_suggestion(ctx: Context, *, account_id: int, target_id: int) -> None:
    """Never suggest the target to this member again. Twice, or nobody, is no error."""
    async with ctx.transaction() as tx:
        await insert_dismissed_suggestion(tx, account_id=account_id, target_id=target_id)
