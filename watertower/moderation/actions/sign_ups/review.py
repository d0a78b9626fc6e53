"""Review: staff question, approve or refuse applicants, one or many of one network."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.base.text.clean import clean_text
from watertower.moderation.errors.sign_ups import (
    SignUpNotFound,
    SomebodyElseDecides,
    WrongStep,
    wrong,
)
from watertower.moderation.model.sign_ups import LONGEST_TEXT, OPEN
from watertower.moderation.queries.sign_ups import insert_message
from watertower.moderation.steps.log import log
from watertower.moderation.steps.sign_ups import approve_in, held, question_in, refuse_in

MOST_AT_ONCE = 200


async def approve(ctx: Context, *, actor_id: int, account_id: int, message: str = "") -> None:
    """Let an applicant in, also one who was refused. Twice is no error.

    Raises SignUpNotFound, SomebodyElseDecides.
    """
    async with ctx.transaction() as tx:
        sign_up = await held(tx, account_id=account_id)
        await approve_in(tx, ctx, actor_id=actor_id, sign_up=sign_up, message=_text(message))


async def refuse(ctx: Context, *, actor_id: int, account_id: int, reason: str = "") -> None:
    """Refuse, with a reason that the applicant reads. Twice is no error.

    Raises SignUpNotFound, WrongStep for members, SomebodyElseDecides.
    """
    async with ctx.transaction() as tx:
        sign_up = await held(tx, account_id=account_id)
        await refuse_in(tx, ctx, actor_id=actor_id, sign_up=sign_up, reason=_text(reason))


async def question(ctx: Context, *, actor_id: int, account_id: int, text: str) -> None:
    """Ask the applicant. Raises SignUpNotFound, WrongStep, Invalid for an empty question."""
    asked = _text(text)
    if not asked:
        raise wrong("text", "can't be blank", "ERR_BLANK")
    async with ctx.transaction() as tx:
        sign_up = await held(tx, account_id=account_id)
        await question_in(tx, ctx, actor_id=actor_id, sign_up=sign_up, text=asked)


async def note(ctx: Context, *, actor_id: int, account_id: int, text: str) -> None:
    """Leave a note for the team. Raises SignUpNotFound, Invalid."""
    said = _text(text)
    if not said:
        raise wrong("text", "can't be blank", "ERR_BLANK")
    async with ctx.transaction() as tx:
        await held(tx, account_id=account_id)
        await insert_message(
            tx, account_id=account_id, kind="note", author_id=actor_id, text=said, at=ctx.now()
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="note_on_sign_up",
            subject=("account", account_id),
        )


async def decide_many(
    ctx: Context, *, actor_id: int, account_ids: Sequence[int], approves: bool, reason: str
) -> int:
    """One decision for the applications that somebody ticked; how many it reached.

    Each is a decision of its own, in the log and to its applicant. What cannot be decided this
    way any more is left out.
    """
    if not reason.strip() and not approves:
        raise wrong("reason", "can't be blank", "ERR_BLANK")
    if len(account_ids) > MOST_AT_ONCE:
        raise wrong("account_ids", f"has too many items (maximum is {MOST_AT_ONCE})")
    said, reached = _text(reason), 0
    for account_id in dict.fromkeys(account_ids):
        try:
            async with ctx.transaction() as tx:
                sign_up = await held(tx, account_id=account_id)
                if sign_up.state not in OPEN:
                    continue
                if approves:
                    reached += await approve_in(
                        tx, ctx, actor_id=actor_id, sign_up=sign_up, message=said
                    )
                else:
                    reached += await refuse_in(
                        tx, ctx, actor_id=actor_id, sign_up=sign_up, reason=said
                    )
        except (SignUpNotFound, SomebodyElseDecides, WrongStep):
            continue
    return reached


def _text(text: str) -> str:
    return clean_text(text).strip()[:LONGEST_TEXT]
