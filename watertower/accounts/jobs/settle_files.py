"""Files of an account are served or not, as its standing says."""

from watertower.accounts.queries.accounts import find_account
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.media.queries.withheld import (
    delete_withheld,
    withhold_keys,
    withhold_of_account,
)


@job(Lane.MEDIA)
async def settle_files(ctx: Context, *, account_id: int, **_: object) -> None:
    """Run after a suspension and after its end, in whatever order: the row decides."""
    holder = f"account:{account_id}"
    async with ctx.transaction() as tx:
        account = await find_account(tx, account_id=account_id)
        # What was deleted for good has no files any more.
        if account is None or account.suspended_at is None or account.deleted_at is not None:
            await delete_withheld(tx, holder=holder)
            return
        pictures = (
            account.avatar_key,
            account.avatar_static_key,
            account.header_key,
            account.header_static_key,
        )
        await withhold_keys(tx, keys=[key for key in pictures if key], holder=holder)
        await withhold_of_account(tx, account_id=account_id, holder=holder)
