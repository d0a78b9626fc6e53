"""We were wrong: say so, undo it, talk to the person if that does no further harm, and learn.

suspected → confirmed (the head of the team, or two moderators) → reversed → followed up →
policy reviewed. Each step is taken once, by somebody, with words.
"""

from datetime import timedelta

from watertower.accounts.model import Permission
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.moderation.errors.cases import WordsMissing
from watertower.moderation.errors.mistakes import MistakeNotFound, NotYet
from watertower.moderation.events import MistakeConfirmed
from watertower.moderation.model.cases import Case
from watertower.moderation.model.mistakes import Mistake
from watertower.moderation.queries.mistakes import (
    find_mistake_of_action,
    insert_mistake,
    lock_mistake,
    update_mistake,
)
from watertower.moderation.queries.reports import list_readers
from watertower.moderation.steps.case_policy import case_policy
from watertower.moderation.steps.cases import require_case
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.log import log
from watertower.moderation.steps.standing import undo_in

MODERATORS_NEEDED = 2


async def suspect(
    ctx: Context, *, actor_id: int, case_id: int, suspicion: str, action_id: int | None = None
) -> int:
    """Say that something was wrong; the mistake's id, the same one for an action twice suspected."""
    if not suspicion.strip():
        raise WordsMissing("suspicion", "Write down what seems wrong")
    async with ctx.transaction() as tx:
        await require_case(tx, viewer_id=actor_id, case_id=case_id)
        made = await insert_mistake(
            tx,
            case_id=case_id,
            action_id=action_id,
            suspicion=suspicion.strip()[:5000],
            by=actor_id,
            at=ctx.now(),
        )
        if made is None and action_id is not None:
            made = await find_mistake_of_action(tx, action_id=action_id)
        if made is None:
            raise MistakeNotFound
        await _log(tx, ctx, actor_id, case_id, verb="suspect_mistake", reason=suspicion)
    return made


async def confirm(ctx: Context, *, actor_id: int, mistake_id: int) -> bool:
    """Agree that it was one; whether it is confirmed now. A lead alone, otherwise two moderators."""
    async with ctx.transaction() as tx:
        mistake, case = await _held(tx, actor_id, mistake_id)
        if mistake.state != "suspected":
            return True
        who = sorted({*mistake.confirmed_by, actor_id})
        leads = await list_readers(
            tx, permissions=int(Permission.LEAD_MODERATION | Permission.ADMINISTRATOR)
        )
        is_enough = len(who) >= MODERATORS_NEEDED or actor_id in leads
        await update_mistake(
            tx,
            mistake_id=mistake_id,
            confirmed_by=who,
            state="confirmed" if is_enough else "suspected",
            confirmed_at=ctx.now() if is_enough else None,
        )
        await _log(tx, ctx, actor_id, case.id, verb="confirm_mistake")
        if is_enough:
            await record(tx, MistakeConfirmed(mistake_id=mistake_id))
    return is_enough


async def refute(ctx: Context, *, actor_id: int, mistake_id: int, reason: str) -> None:
    """It was none, after all; only before it is confirmed."""
    if not reason.strip():
        raise WordsMissing("reason", "Write down why it was right")
    async with ctx.transaction() as tx:
        mistake, case = await _held(tx, actor_id, mistake_id)
        if mistake.state != "suspected":
            raise NotYet("It was confirmed already")
        await update_mistake(
            tx, mistake_id=mistake_id, state="refuted", policy_words=reason.strip()[:5000]
        )
        await _log(tx, ctx, actor_id, case.id, verb="refute_mistake", reason=reason)


async def reverse(ctx: Context, *, actor_id: int, mistake_id: int) -> None:
    """Undo everything the action did; the policy review is due in 14 days. Again is no error."""
    async with ctx.transaction() as tx:
        mistake, case = await _held(tx, actor_id, mistake_id)
        if mistake.state == "suspected":
            raise NotYet
        if mistake.state != "confirmed":
            return
        if mistake.action_id is not None:
            await undo_in(
                tx,
                ctx,
                actor_id=actor_id,
                action_id=mistake.action_id,
                reason=f"A mistake of ours: {mistake.suspicion}",
            )
        policy = await case_policy(tx)
        await update_mistake(
            tx,
            mistake_id=mistake_id,
            state="reversed",
            reversed_at=ctx.now(),
            policy_due_at=ctx.now() + timedelta(days=policy.policy_review_days),
        )
        await _log(tx, ctx, actor_id, case.id, verb="reverse_mistake")


async def follow_up(
    ctx: Context, *, actor_id: int, mistake_id: int, does_harm: bool, words: str
) -> None:
    """Apologise, or write down why that would do further harm; nothing is said then.

    Never to be seen apologising: the words go to the person and to nobody else.
    """
    if not words.strip():
        raise WordsMissing("words", "Write the message, or why there is none")
    async with ctx.transaction() as tx:
        mistake, case = await _held(tx, actor_id, mistake_id)
        if mistake.state != "reversed":
            raise NotYet
        if not does_harm and case.target_account_id is not None:
            await say(
                tx,
                ctx,
                case_id=case.id,
                thread="reported",
                with_account_id=case.target_account_id,
                from_team=True,
                author_id=actor_id,
                text=words,
            )
        await update_mistake(
            tx,
            mistake_id=mistake_id,
            state="followed_up",
            follow_up=words.strip()[:5000],
            followed_up_at=ctx.now(),
        )
        await _log(
            tx,
            ctx,
            actor_id,
            case.id,
            verb="follow_up_mistake",
            reason=words if does_harm else "",
        )


async def review_policy(ctx: Context, *, actor_id: int, mistake_id: int, words: str) -> None:
    """What we change, or why nothing needs to change, so that it does not happen again."""
    if not words.strip():
        raise WordsMissing("words", "Write down what we learn from it")
    async with ctx.transaction() as tx:
        mistake, case = await _held(tx, actor_id, mistake_id)
        if mistake.state != "followed_up":
            raise NotYet
        await update_mistake(
            tx,
            mistake_id=mistake_id,
            state="policy_reviewed",
            policy_words=words.strip()[:5000],
            reviewed_at=ctx.now(),
        )
        await _log(tx, ctx, actor_id, case.id, verb="review_policy", reason=words)


async def _held(tx: Transaction, actor_id: int, mistake_id: int) -> tuple[Mistake, Case]:
    mistake = await lock_mistake(tx, mistake_id=mistake_id)
    if mistake is None:
        raise MistakeNotFound
    return mistake, await require_case(tx, viewer_id=actor_id, case_id=mistake.case_id)


async def _log(
    tx: Transaction, ctx: Context, actor_id: int, case_id: int, *, verb: str, reason: str = ""
) -> None:
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb=verb,
        subject=("case", case_id),
        case_id=case_id,
        reason=reason.strip()[:1000],
    )
