"""Something is said about a case: kept here, and carried to the other side after the commit.

Mails to members about moderation leave through here and nowhere else, so that every one can be
answered, checked and found again with its case.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.base.text.clean import clean_text
from watertower.moderation.errors.conversation import NothingSaid, ThreadClosed, TooMuchSaid
from watertower.moderation.events import CaseMessageSaid
from watertower.moderation.model.cases import CaseState
from watertower.moderation.model.conversation import LONGEST_MESSAGE
from watertower.moderation.queries.cases import find_case, update_case
from watertower.moderation.queries.conversation import (
    count_said_since,
    insert_message,
    update_read,
    upsert_thread,
)
from watertower.moderation.steps.case_policy import case_policy


async def say(
    tx: Transaction,
    ctx: Context,
    *,
    case_id: int,
    thread: str,
    text: str,
    from_team: bool,
    author_id: int | None,
    with_account_id: int | None = None,
    with_address: str | None = None,
    media_keys: Sequence[str] = (),
    came_by: str = "page",
    mail_id: str | None = None,
    template_id: int | None = None,
    is_from_elsewhere: bool = False,
) -> int | None:
    """Keep a message and have it carried; its id, None for a mail that came before.

    `thread` is one of THREADS. The team's own thread is with nobody; every other one is with one
    account or one address, and what is said to a member is also mailed. Who speaks for the team
    is kept and shown to nobody outside of it. From the other side: raises ThreadClosed after the
    team closed it, and TooMuchSaid past the messages a day that policy allows; an answer to a
    question ends its waiting.
    """
    at = ctx.now()
    said = clean_text(text)[:LONGEST_MESSAGE].strip()
    if not said and not media_keys:
        raise NothingSaid
    kept = await upsert_thread(
        tx,
        case_id=case_id,
        thread=thread,
        with_account_id=None if thread == "team" else with_account_id,
        with_address=None if thread == "team" else with_address,
        at=at,
    )
    if not from_team:
        if kept.closed_at is not None:
            raise ThreadClosed
        most = (await case_policy(tx)).messages_a_day
        if await count_said_since(tx, thread_id=kept.id, since=at - timedelta(days=1)) >= most:
            raise TooMuchSaid(retry_after_seconds=3600)
    message_id = await insert_message(
        tx,
        thread=kept,
        from_team=from_team,
        author_id=author_id,
        text=said,
        media_keys=media_keys,
        template_id=template_id,
        is_from_elsewhere=is_from_elsewhere,
        came_by=came_by,
        mail_id=mail_id,
        at=at,
    )
    if message_id is None:
        return None
    if thread != "team":
        # Who answers has read what was said before.
        await update_read(tx, thread_id=kept.id, at=at, is_from_team=not from_team)
        await record(tx, CaseMessageSaid(message_id=message_id))
    if not from_team:
        await _go_on(tx, case_id=case_id, at=at)
    return message_id


async def _go_on(tx: Transaction, *, case_id: int, at: datetime) -> None:
    """The answer is here: the case waits no longer, and its clock runs again."""
    case = await find_case(tx, case_id=case_id)
    if case is None or case.state is not CaseState.NEEDS_INFO:
        return
    policy = await case_policy(tx)
    await update_case(
        tx,
        case_id=case_id,
        at=at,
        state=case.state_before_pause or str(CaseState.ASSIGNED),
        state_before_pause=None,
        due_at=at + timedelta(hours=policy.first_look_hours),
    )
