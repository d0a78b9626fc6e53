"""Answer: the frozen person says something, or only that they have read it."""

from watertower.base.context import Context
from watertower.moderation.model.freeze import State, Step
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.freeze import begin_work, case_of, hold_own, note, require_step


async def answer(
    ctx: Context, *, account_id: int, text: str = "", once_key: str | None = None
) -> None:
    """Write in the thread; without a text: "I have read this". The second clock begins.

    Saying twice that one has read it changes nothing; what is sent twice with one `once_key` is
    kept once. Raises FreezeNotFound, ThreadClosed, TooMuchSaid.
    """
    now = ctx.now()
    async with ctx.transaction() as tx:
        freeze = await hold_own(tx, account_id=account_id)
        require_step(freeze, Step.ANSWER)
        if text.strip():
            await say(
                tx,
                ctx,
                case_id=await case_of(tx, freeze, at=now),
                thread="reported",
                with_account_id=account_id,
                from_team=False,
                author_id=account_id,
                text=text,
                mail_id=f"freeze:{account_id}:{once_key}" if once_key else None,
            )
        if freeze.state is State.AWAITING_RESPONSE:
            await note(tx, freeze, at=now, actor_id=account_id, verb="answer freeze")
        await begin_work(tx, freeze, at=now)
