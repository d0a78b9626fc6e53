"""What applicants do: answer questions, appeal, name a member who knows them."""

from watertower.base.context import Context
from watertower.base.events import record
from watertower.base.text.clean import clean_text
from watertower.moderation.errors.sign_ups import VouchNotFound, WrongStep, wrong
from watertower.moderation.events import VouchAsked
from watertower.moderation.model.sign_ups import (
    LONGEST_TEXT,
    MOST_OPEN_VOUCHES,
    MOST_VOUCHES,
    OPEN,
    VOUCH_WITHIN,
    State,
)
from watertower.moderation.queries.sign_ups import insert_message, put_sign_up
from watertower.moderation.queries.vouches import (
    find_member_to_ask,
    insert_vouch,
    list_vouches_for,
    update_vouch_answered,
)
from watertower.moderation.steps.log import log
from watertower.moderation.steps.sign_ups import held

LONGEST_COMMENT = 1000


async def answer(ctx: Context, *, account_id: int, text: str) -> None:
    """Answer what staff asked. Raises WrongStep where nothing is asked, Invalid."""
    await _say(ctx, account_id=account_id, move="answer", text=text, state=State.ANSWERED)


async def appeal(ctx: Context, *, account_id: int, text: str) -> None:
    """Ask to have a refusal looked at again. Raises WrongStep, Invalid for an empty text."""
    await _say(ctx, account_id=account_id, move="appeal", text=text, state=State.PENDING)


async def name_voucher(ctx: Context, *, account_id: int, name: str) -> None:
    """Name a member who can vouch; they are asked privately.

    The answer here is the same whether such a member is here. The same name twice is no error.
    Raises WrongStep, Invalid for no name and after three.
    """
    named = clean_text(name).strip().lstrip("@").lower()
    domain = ctx.settings.server.domain.lower()
    named = named.removesuffix(f"@{domain}")
    if not named or len(named) > 100 or "@" in named or " " in named:
        raise wrong("name", "is not the name of a member here")
    async with ctx.transaction() as tx:
        sign_up = await held(tx, account_id=account_id)
        if sign_up.state not in OPEN:
            raise WrongStep
        before = await list_vouches_for(tx, account_id=account_id)
        if named in {one.named for one in before}:
            return
        if len(before) >= MOST_VOUCHES:
            raise wrong("name", f"cannot be given for more than {MOST_VOUCHES} members")
        member_id = await find_member_to_ask(
            tx,
            username=named,
            applicant_id=account_id,
            now=ctx.now(),
            most_open=MOST_OPEN_VOUCHES,
        )
        vouch_id = await insert_vouch(
            tx,
            account_id=account_id,
            named=named,
            member_id=member_id,
            at=ctx.now(),
            due_at=ctx.now() + VOUCH_WITHIN,
        )
        if vouch_id is not None and member_id is not None:
            await record(tx, VouchAsked(vouch_id=vouch_id))


async def answer_vouch(
    ctx: Context, *, member_id: int, vouch_id: int, says_yes: bool, comment: str = ""
) -> None:
    """A member says whether they know the applicant. Raises VouchNotFound, also when it is late."""
    async with ctx.transaction() as tx:
        applicant_id = await update_vouch_answered(
            tx,
            vouch_id=vouch_id,
            member_id=member_id,
            answer="yes" if says_yes else "no",
            comment=clean_text(comment).strip()[:LONGEST_COMMENT],
            at=ctx.now(),
        )
        if applicant_id is None:
            raise VouchNotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=member_id,
            verb="answer_vouch",
            subject=("account", applicant_id),
        )


async def _say(ctx: Context, *, account_id: int, move: str, text: str, state: State) -> None:
    said = clean_text(text).strip()[:LONGEST_TEXT]
    if not said:
        raise wrong("text", "can't be blank", "ERR_BLANK")
    async with ctx.transaction() as tx:
        sign_up = await held(tx, account_id=account_id)
        if not sign_up.may(move):
            raise WrongStep
        await insert_message(
            tx, account_id=account_id, kind=move, author_id=account_id, text=said, at=ctx.now()
        )
        await put_sign_up(
            tx,
            account_id=account_id,
            state=state,
            at=ctx.now(),
            appealed_at=ctx.now() if move == "appeal" else None,
        )
