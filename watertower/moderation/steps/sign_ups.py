"""Moves an application on, inside somebody's transaction. All staff decisions go through here."""

from watertower.accounts.model import Permission
from watertower.accounts.queries.logins import lock_login
from watertower.accounts.steps.applicants import let_in
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.base.live import publish
from watertower.moderation.errors.sign_ups import SignUpNotFound, SomebodyElseDecides, WrongStep
from watertower.moderation.events import ApplicantTold
from watertower.moderation.model.sign_ups import REFUSAL_STANDS, SignUp, State
from watertower.moderation.queries.reports import list_readers
from watertower.moderation.queries.sign_ups import insert_message, lock_sign_up, put_sign_up
from watertower.moderation.steps.log import log

MAY_DECIDE = Permission.ADMINISTRATOR | Permission.REVIEW_SIGN_UPS | Permission.MANAGE_USERS


async def held(tx: Transaction, *, account_id: int) -> SignUp:
    """The application, locked. Raises SignUpNotFound."""
    found = await lock_sign_up(tx, account_id=account_id)
    if found is None:
        raise SignUpNotFound
    return found


async def approve_in(
    tx: Transaction, ctx: Context, *, actor_id: int | None, sign_up: SignUp, message: str = ""
) -> bool:
    """Let the applicant in, under the name they chose; False if they are in already."""
    if sign_up.state is State.APPROVED:
        return False
    await _require(tx, sign_up, "approve", actor_id)
    login = await lock_login(tx, login_id=sign_up.login_id)
    if login is None:
        raise SignUpNotFound
    await let_in(tx, ctx, login=login)
    await put_sign_up(
        tx,
        account_id=sign_up.account_id,
        state=State.APPROVED,
        at=ctx.now(),
        reason=message,
        decided_by=actor_id,
        is_decision=True,
    )
    if message:
        await _say(tx, ctx, sign_up, kind="approval", by=actor_id, text=message)
    await _note(tx, ctx, sign_up, verb="approve_sign_up", by=actor_id, reason=message)
    # Open apps learn at once that they may do more.
    await publish(tx, "kill", account_id=sign_up.account_id)
    return True


async def refuse_in(
    tx: Transaction, ctx: Context, *, actor_id: int | None, sign_up: SignUp, reason: str = ""
) -> bool:
    """Refuse. The name is kept for thirty days, in which this can be undone or appealed.

    False if it was refused already.
    """
    if sign_up.state is State.REFUSED:
        return False
    await _require(tx, sign_up, "refuse", actor_id)
    await put_sign_up(
        tx,
        account_id=sign_up.account_id,
        state=State.REFUSED,
        at=ctx.now(),
        reason=reason,
        decided_by=actor_id,
        is_decision=True,
        forgotten_at=ctx.now() + REFUSAL_STANDS,
    )
    await _say(tx, ctx, sign_up, kind="refusal", by=actor_id, text=reason)
    await _note(tx, ctx, sign_up, verb="refuse_sign_up", by=actor_id, reason=reason)
    return True


async def question_in(
    tx: Transaction, ctx: Context, *, actor_id: int, sign_up: SignUp, text: str
) -> None:
    """Ask the applicant something, in the product and by mail."""
    await _require(tx, sign_up, "question", actor_id)
    await put_sign_up(tx, account_id=sign_up.account_id, state=State.QUESTIONED, at=ctx.now())
    await _say(tx, ctx, sign_up, kind="question", by=actor_id, text=text)
    await _note(tx, ctx, sign_up, verb="question_applicant", by=actor_id, reason=text)


async def _require(tx: Transaction, sign_up: SignUp, move: str, actor_id: int | None) -> None:
    if not sign_up.may(move):
        raise WrongStep
    is_own_refusal = actor_id is not None and sign_up.refused_by_account_id == actor_id
    if sign_up.appealed_at is not None and is_own_refusal and move != "question":
        others = await list_readers(tx, permissions=int(MAY_DECIDE))
        if any(one != actor_id for one in others):
            raise SomebodyElseDecides


async def _say(
    tx: Transaction, ctx: Context, sign_up: SignUp, *, kind: str, by: int | None, text: str
) -> None:
    message_id = await insert_message(
        tx,
        account_id=sign_up.account_id,
        kind=kind,
        author_id=by,
        text=text,
        at=ctx.now(),
    )
    if kind != "approval":  # that has a mail of its own, which everybody gets
        await record(tx, ApplicantTold(message_id=message_id))


async def _note(
    tx: Transaction, ctx: Context, sign_up: SignUp, *, verb: str, by: int | None, reason: str
) -> None:
    await log(
        tx,
        at=ctx.now(),
        actor_id=by,
        verb=verb,
        subject=("account", sign_up.account_id),
        reason=reason,
    )
