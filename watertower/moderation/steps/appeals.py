"""Appeals are filed, verified and shared out here, in the transaction of whatever leads to it.

Form, signed link, mail and app meet in `file_in`: against one decision there is one appeal, and
whoever files again while it runs goes on with the same conversation.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from watertower.accounts.sign_up import email_problem
from watertower.base.context import Context
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.events import record
from watertower.base.text.clean import clean_text
from watertower.moderation.errors.appeals import (
    AppealedTwice,
    AppealNotFound,
    ClaimMissing,
    ContactMissing,
    NotAppealable,
    NothingToAppeal,
    TextMissing,
    TextTooLong,
    TooLateToAppeal,
    TooManyMessages,
)
from watertower.moderation.events import AppealFiled, AppealMessageSaid
from watertower.moderation.model.appeals import (
    APPEALABLE,
    CLAIM_WORDS,
    DECISION,
    FIRST_ANSWER,
    LONGEST_TEXT,
    MOST_MESSAGES,
    WINDOW,
    Appeal,
    Filing,
    Outcome,
    State,
    StoredFile,
)
from watertower.moderation.model.standing import Action, Kind
from watertower.moderation.queries.appeal_desk import list_handlers
from watertower.moderation.queries.appeal_words import count_messages, has_mail, insert_message
from watertower.moderation.queries.appeals import (
    find_appeal,
    insert_appeal,
    list_of_action,
    lock_appeal,
    lock_filing,
    update_appeal,
)
from watertower.moderation.queries.standing import find_action
from watertower.moderation.steps.freeze_clock import stop_for_appeal
from watertower.moderation.steps.log import log
from watertower.statuses.queries.withheld import update_kept_until

# Long after every clock of an appeal, and of a second one, has run out.
POSTS_HELD = timedelta(days=365)
NEVER_HAPPENED = (Outcome.LAPSED, Outcome.WITHDRAWN)


async def file_in(tx: Transaction, ctx: Context, *, filing: Filing) -> int:
    """The appeal's id: a new one, or the one that runs, which then has a message more.

    Raises AppealNotFound, NotAppealable, NothingToAppeal, TooLateToAppeal, AppealedTwice,
    ClaimMissing, TextMissing, TextTooLong, ContactMissing, TooManyMessages.
    """
    now = ctx.now()
    await lock_filing(tx, action_id=filing.action_id)
    action = await find_action(tx, action_id=filing.action_id)
    if action is None:
        raise AppealNotFound
    earlier = await list_of_action(tx, action_id=action.id)
    if filing.mail_id is not None and earlier and await has_mail(tx, mail_id=filing.mail_id):
        return earlier[0].id
    text = said(filing.text)
    for one in earlier:
        if one.is_open:
            await say_in(
                tx,
                ctx,
                appeal=one,
                author_id=None,
                text=text,
                files=filing.files,
                came_by=filing.came_by,
                mail_id=filing.mail_id,
                once_key=filing.once_key,
            )
            return one.id
    round_ = round_of(action, earlier, now=now)
    if filing.claim not in CLAIM_WORDS:
        raise ClaimMissing
    if email_problem(filing.contact_email, blocked_domains=frozenset()) is not None:
        raise ContactMissing
    appeal_id = await insert_appeal(tx, filing=filing, action=action, round_=round_, at=now)
    if appeal_id is None:
        raise AppealedTwice
    await insert_message(
        tx,
        appeal_id=appeal_id,
        from_team=False,
        author_id=None,
        text=text,
        files=filing.files,
        came_by=filing.came_by,
        mail_id=filing.mail_id,
        once_key=filing.once_key,
        at=now,
    )
    await log(
        tx,
        at=now,
        actor_id=action.target_account_id,
        verb="file appeal",
        subject=("appeal", appeal_id),
        case_id=action.case_id,
        details={"action_id": str(action.id), "round": round_, "came_by": filing.came_by},
    )
    await stop_for_appeal(tx, ctx, action_id=action.id)
    if action.kind is Kind.REMOVE_STATUSES:
        # What an appeal may give back is there for as long as one can run.
        await update_kept_until(tx, status_ids=action.status_ids, kept_until=now + POSTS_HELD)
    await record(tx, AppealFiled(appeal_id=appeal_id))
    if filing.filed_by != "member":
        await verified_in(tx, ctx, appeal_id=appeal_id, state=State.IDENTITY_PROVED)
    if filing.is_address_proved:
        await contact_verified_in(tx, ctx, appeal_id=appeal_id)
    return appeal_id


def round_of(action: Action, earlier: Sequence[Appeal], *, now: datetime) -> int:
    """Whether this would be the first or the second appeal; raises where there is none."""
    if action.kind not in APPEALABLE:
        raise NotAppealable
    if action.undone_at is not None:
        raise NothingToAppeal
    rounds = [one for one in earlier if one.outcome not in NEVER_HAPPENED]
    if len(rounds) > 1:
        raise AppealedTwice
    began = rounds[0].decided_at or now if rounds else action.created_at
    if now > began + WINDOW:
        raise TooLateToAppeal
    return len(rounds) + 1


def said(text: str) -> str:
    """What was written, without what is no text; raises when that is nothing or too much."""
    text = clean_text(text).strip()
    if not text:
        raise TextMissing
    if len(text) > LONGEST_TEXT:
        raise TextTooLong
    return text


async def say_in(
    tx: Transaction,
    ctx: Context,
    *,
    appeal: Appeal,
    author_id: int | None,
    text: str,
    files: Sequence[StoredFile] = (),
    came_by: str = "page",
    mail_id: str | None = None,
    once_key: str | None = None,
) -> int | None:
    """Keep a message; None if it was kept before. `author_id` None: the person's own.

    The caller holds the appeal, which is open. Raises TooManyMessages.
    """
    if await count_messages(tx, appeal_id=appeal.id) >= MOST_MESSAGES:
        raise TooManyMessages
    now, from_team = ctx.now(), author_id is not None
    message_id = await insert_message(
        tx,
        appeal_id=appeal.id,
        from_team=from_team,
        author_id=author_id,
        text=text,
        files=files,
        came_by=came_by,
        mail_id=mail_id,
        once_key=once_key,
        at=now,
    )
    if message_id is None:
        return None
    values: dict[str, object] = {"waits_for": "person" if from_team else "team"}
    if from_team:
        values["answered_at"] = appeal.answered_at or now
        values["state"] = str(State.CONVERSATION)
    await update_appeal(tx, appeal_id=appeal.id, at=now, **values)
    await record(tx, AppealMessageSaid(message_id=message_id))
    return message_id


async def contact_verified_in(tx: Transaction, ctx: Context, *, appeal_id: int) -> None:
    """The address is the person's: decisions may be sent there, and the appeal goes on."""
    appeal = await lock_appeal(tx, appeal_id=appeal_id)
    if appeal is None or appeal.contact_verified_at is not None:
        return
    now = ctx.now()
    await update_appeal(
        tx, appeal_id=appeal_id, at=now, contact_verified_at=now, code_hash=None, code_until=None
    )
    if appeal.state is State.FILED:
        await verified_in(tx, ctx, appeal_id=appeal_id, state=State.CONTACT_VERIFIED)


async def verified_in(tx: Transaction, ctx: Context, *, appeal_id: int, state: State) -> None:
    """Somebody stands behind it: the clocks begin, and it is shared out if anybody is there."""
    now = ctx.now()
    await update_appeal(
        tx,
        appeal_id=appeal_id,
        at=now,
        state=str(state),
        verified_at=now,
        answer_due_at=now + FIRST_ANSWER,
        decision_due_at=now + DECISION,
    )
    await log(
        tx,
        at=now,
        actor_id=None,
        verb=str(state).replace("_", " "),
        subject=("appeal", appeal_id),
    )
    await share_out_in(tx, ctx, appeal_id=appeal_id)


async def share_out_in(tx: Transaction, ctx: Context, *, appeal_id: int) -> int | None:
    """Give it to whoever has the fewest, not to the one who decided unless nobody else is there.

    Answers who has it now; None if there is nobody at all, then the clock tries again.
    """
    appeal = await find_appeal(tx, appeal_id=appeal_id)
    if appeal is None:
        return None
    others, decider = await judges_of(tx, appeal=appeal)
    chosen = others[0] if others else decider
    if chosen is None:
        return None
    await assign_in(tx, ctx, appeal=appeal, to_id=chosen, by_id=None, is_same=not others)
    return chosen


async def assign_in(
    tx: Transaction, ctx: Context, *, appeal: Appeal, to_id: int, by_id: int | None, is_same: bool
) -> None:
    """`to_id` has it from now on."""
    is_new = appeal.state in {State.CONTACT_VERIFIED, State.IDENTITY_PROVED}
    await update_appeal(
        tx,
        appeal_id=appeal.id,
        at=ctx.now(),
        assigned_account_id=to_id,
        is_same_moderator=is_same,
        state=str(State.ASSIGNED if is_new else appeal.state),
    )
    await log(
        tx,
        at=ctx.now(),
        actor_id=by_id,
        verb="assign appeal",
        subject=("appeal", appeal.id),
        case_id=appeal.case_id,
        details={"to_account_id": str(to_id), "is_same_moderator": is_same},
    )


async def judges_of(tx: Reading, *, appeal: Appeal) -> tuple[list[int], int | None]:
    """Who may judge it, the least busy first; and who decided, if they handle appeals too."""
    ids = [row["account_id"] for row in await list_handlers(tx, appeal_id=appeal.id)]
    decider = appeal.decider_account_id
    return [one for one in ids if one != decider], decider if decider in ids else None
