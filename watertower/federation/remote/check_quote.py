"""Look at the stamp that a status of another server shows, before what it quotes is shown."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.queries.quotes import find_quote
from watertower.federation.remote.stamps import judge_stamp


@job(Lane.PULL, attempts=8)
async def check_quote(ctx: Context, *, status_id: int, stamp_uri: str) -> None:
    """Settle the quote. A server that cannot be reached is asked again; till then it waits."""
    async with ctx.reading() as tx:
        quote = await find_quote(tx, status_id=status_id)
    if quote is not None and not quote.is_local and quote.state != "revoked":
        await judge_stamp(ctx, quote, stamp_uri)
