"""Accept: what was asked is done, or the person was right. The account is restored."""

from watertower.base.context import Context
from watertower.moderation.errors.freeze import WordsMissing
from watertower.moderation.model.freeze import State, Step
from watertower.moderation.model.freeze_words import told_when_restored
from watertower.moderation.model.standing import Kind
from watertower.moderation.steps.cases import close_case
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.freeze import case_of, end, hold_for_team, note, require_step
from watertower.moderation.steps.standing import lift_in


async def accept(ctx: Context, *, actor_id: int, freeze_id: int, agreed: str) -> None:
    """Unfreeze the account, close the case with what was agreed, and thank the person.

    Not necessarily by who froze it. Twice is no error. Raises FreezeNotFound, NotNow,
    WordsMissing.
    """
    now = ctx.now()
    async with ctx.transaction() as tx:
        freeze = await hold_for_team(tx, viewer_id=actor_id, freeze_id=freeze_id)
        if freeze.state is State.RESTORED:
            return
        require_step(freeze, Step.ACCEPT)
        if not agreed.strip():
            raise WordsMissing("agreed")
        case_id = await case_of(tx, freeze, at=now)
        # First the words, then the end: both are in the thread when the account is free.
        await say(
            tx,
            ctx,
            case_id=case_id,
            thread="reported",
            with_account_id=freeze.account_id,
            from_team=True,
            author_id=actor_id,
            text=told_when_restored(agreed),
        )
        await note(tx, freeze, at=now, actor_id=actor_id, verb="accept freeze", reason=agreed)
        await end(tx, freeze, state=State.RESTORED, at=now, agreed=agreed.strip())
        await lift_in(
            tx,
            ctx,
            actor_id=actor_id,
            account_id=freeze.account_id,
            kind=Kind.FREEZE,
            reason=agreed.strip(),
        )
        await close_case(tx, at=now, case_id=case_id, actor_id=actor_id, reason=agreed.strip())
