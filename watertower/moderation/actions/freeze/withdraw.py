"""Withdraw: the freeze was a mistake, or is no longer wanted. Everything is as it was."""

from watertower.base.context import Context
from watertower.moderation.errors.freeze import WordsMissing
from watertower.moderation.model.freeze import State, Step
from watertower.moderation.model.freeze_words import told_when_withdrawn
from watertower.moderation.model.standing import Kind
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.freeze import case_of, end, hold_for_team, note, require_step
from watertower.moderation.steps.standing import lift_in


async def withdraw(
    ctx: Context, *, actor_id: int, freeze_id: int, reason: str, message: str = ""
) -> None:
    """Take it back with a reason for the team and a word to the person. The case stays open.

    Twice is no error. Raises FreezeNotFound, NotNow, WordsMissing.
    """
    now = ctx.now()
    async with ctx.transaction() as tx:
        freeze = await hold_for_team(tx, viewer_id=actor_id, freeze_id=freeze_id)
        if freeze.state is State.WITHDRAWN:
            return
        require_step(freeze, Step.WITHDRAW)
        if not reason.strip():
            raise WordsMissing("reason")
        await say(
            tx,
            ctx,
            case_id=await case_of(tx, freeze, at=now),
            thread="reported",
            with_account_id=freeze.account_id,
            from_team=True,
            author_id=actor_id,
            text=told_when_withdrawn(message),
        )
        await note(tx, freeze, at=now, actor_id=actor_id, verb="withdraw freeze", reason=reason)
        await end(tx, freeze, state=State.WITHDRAWN, at=now)
        await lift_in(
            tx,
            ctx,
            actor_id=actor_id,
            account_id=freeze.account_id,
            kind=Kind.FREEZE,
            reason=reason.strip(),
        )
