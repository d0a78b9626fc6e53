"""Open a thread: a member reads it, so its answers are looked for where it lives.

What a member sees at once is what we have; what is fetched shows when the app asks again, which
the asynchronous refresh tells it to do.
"""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.events import record
from watertower.statuses.events import ThreadOpened
from watertower.statuses.queries.thread_looks import (
    ThreadLook,
    find_thread_look,
    update_thread_look,
    upsert_thread_look,
)

AGAIN_AFTER = timedelta(minutes=15)
STILL_NEW = timedelta(minutes=5)
GIVEN_UP = timedelta(minutes=5)  # a look that takes longer was lost


async def open_thread(ctx: Context, *, status_id: int) -> bool:
    """Have answers looked for, if that is due; whether a look is under way now."""
    now = ctx.now()
    async with ctx.transaction() as tx:
        if await upsert_thread_look(
            tx,
            status_id=status_id,
            at=now,
            last_before=now - AGAIN_AFTER,
            made_before=now - STILL_NEW,
        ):
            await record(tx, ThreadOpened(status_id=status_id))
            return True
        look = await find_thread_look(tx, status_id=status_id)
    return look is not None and is_running(ctx, look)


async def look_at(ctx: Context, *, status_id: int) -> ThreadLook | None:
    """How the last look at a thread goes."""
    async with ctx.reading() as tx:
        return await find_thread_look(tx, status_id=status_id)


def is_running(ctx: Context, look: ThreadLook) -> bool:
    """Whether the look is under way, as far as anybody can know."""
    return look.finished_at is None and look.looked_at > ctx.now() - GIVEN_UP


async def finish_look(ctx: Context, *, status_id: int, found: int) -> None:
    """The look is over, with so many answers."""
    async with ctx.transaction() as tx:
        await update_thread_look(tx, status_id=status_id, at=ctx.now(), found=found)
