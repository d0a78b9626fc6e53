"""The other side answers on our pages, whether it may otherwise act or not; mail has its own door."""

from watertower.base.context import Context
from watertower.moderation.errors.conversation import ThreadNotFound
from watertower.moderation.queries.conversation import find_thread, update_read, update_thread
from watertower.moderation.steps.cases import require_case
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.log import log


async def answer(
    ctx: Context, *, account_id: int, thread_id: int, text: str, came_by: str = "page"
) -> int | None:
    """Say something in one's own thread. Raises ThreadNotFound, ThreadClosed, TooMuchSaid."""
    async with ctx.transaction() as tx:
        thread = await find_thread(tx, thread_id=thread_id)
        if thread is None or thread.with_account_id != account_id:
            raise ThreadNotFound
        return await say(
            tx,
            ctx,
            case_id=thread.case_id,
            thread=thread.thread,
            with_account_id=account_id,
            from_team=False,
            author_id=account_id,
            text=text,
            came_by=came_by,
        )


async def mark_read(ctx: Context, *, account_id: int, thread_id: int) -> None:
    """The member has seen what the team said."""
    async with ctx.transaction() as tx:
        thread = await find_thread(tx, thread_id=thread_id)
        if thread is None or thread.with_account_id != account_id:
            raise ThreadNotFound
        await update_read(tx, thread_id=thread_id, at=ctx.now(), is_from_team=True)


async def settle_thread(
    ctx: Context, *, actor_id: int, thread_id: int, is_muted: bool, is_closed: bool
) -> None:
    """The team mutes a thread (it is read, and calls nobody) or closes it, or takes that back."""
    async with ctx.transaction() as tx:
        thread = await find_thread(tx, thread_id=thread_id)
        if thread is None or thread.thread == "team":
            raise ThreadNotFound
        await require_case(tx, viewer_id=actor_id, case_id=thread.case_id)
        await update_thread(
            tx,
            thread_id=thread_id,
            muted_at=(thread.muted_at or ctx.now()) if is_muted else None,
            closed_at=(thread.closed_at or ctx.now()) if is_closed else None,
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="settle_thread",
            subject=("case", thread.case_id),
            case_id=thread.case_id,
            details={"thread": thread.thread, "muted": is_muted, "closed": is_closed},
        )
