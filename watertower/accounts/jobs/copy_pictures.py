"""Copies the pictures of an account of another server, so that nobody here asks that server.

Until the copy is there, apps are shown our placeholder: never an address elsewhere, which would
tell another server who reads what, and when (FED-32).
"""

import structlog

from watertower.accounts.queries.pictures import list_wanted_pictures, update_copy
from watertower.base.context import Context
from watertower.base.errors import Refused, Unreachable
from watertower.base.queue.job import Lane, job
from watertower.media.steps.picture import store_remote_picture

log = structlog.get_logger()


@job(Lane.MEDIA, attempts=5)
async def copy_pictures(ctx: Context, *, account_id: int) -> None:
    """Copy what is missing. A picture that cannot be read is left out until it changes."""
    async with ctx.reading() as tx:
        missing = await list_wanted_pictures(tx, account_id=account_id)
    trouble: Unreachable | None = None
    for wanted in missing:
        try:
            key, static_key = await store_remote_picture(ctx, wanted.url, kind=wanted.kind)
        except Unreachable as unreachable:
            trouble = unreachable
            continue
        except Refused as refused:
            log.info("picture not copied", account_id=account_id, says=refused.says)
            continue
        async with ctx.transaction() as tx:
            is_shown = await update_copy(
                tx, account_id=account_id, wanted=wanted, key=key, static_key=static_key
            )
        if not is_shown:
            await ctx.storage.delete(sorted({key, static_key}))
    if trouble is not None:
        raise trouble
