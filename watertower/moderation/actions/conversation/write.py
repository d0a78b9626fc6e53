"""The team writes: to itself, to the reported person, to a reporter, to staff elsewhere."""

import re

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.errors import Invalid
from watertower.moderation.errors.cases import WordsMissing
from watertower.moderation.errors.conversation import ThreadNotFound
from watertower.moderation.model.cases import Case
from watertower.moderation.model.conversation import THREADS
from watertower.moderation.queries.case_around import list_people
from watertower.moderation.queries.conversation import find_thread, list_threads
from watertower.moderation.queries.reports import list_reports_of_case
from watertower.moderation.steps.cases import require_case
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.log import log

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")


async def write(
    ctx: Context,
    *,
    actor_id: int,
    case_id: int,
    thread: str,
    text: str,
    with_account_id: int | None = None,
    with_address: str | None = None,
    risk_words: str = "",
    template_id: int | None = None,
) -> int:
    """Say something in the name of the team; the message's id.

    "reported" is with the person the case is about, or one it names; "reporter" with somebody who
    reported; "remote_staff" with an address, after a risk check in words. Raises CaseNotFound,
    ThreadNotFound for a person the case does not concern, WordsMissing, NothingSaid.
    """
    if thread not in THREADS:
        raise ThreadNotFound
    if thread == "remote_staff":
        if not with_address or not _ADDRESS.fullmatch(with_address):
            raise Invalid("Write the e-mail address of the staff there")
        if not risk_words.strip():
            raise WordsMissing("risk_words", "Write down why it is safe to tell them")
    async with ctx.transaction() as tx:
        case = await require_case(tx, viewer_id=actor_id, case_id=case_id)
        if thread in {"reported", "reporter"}:
            await _require_concerned(tx, case, thread, with_account_id, with_address)
        made = await say(
            tx,
            ctx,
            case_id=case_id,
            thread=thread,
            with_account_id=with_account_id if thread != "remote_staff" else None,
            with_address=with_address,
            from_team=True,
            author_id=actor_id,
            text=text,
            template_id=template_id,
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="write",
            subject=("case", case_id),
            case_id=case_id,
            reason=risk_words.strip()[:1000],
            details={"thread": thread},
        )
    assert made is not None  # noqa: S101  # only mails can be there already
    return made


async def reply(ctx: Context, *, actor_id: int, thread_id: int, text: str) -> int:
    """Answer in a thread that is there; the message's id. Raises ThreadNotFound, CaseNotFound."""
    async with ctx.transaction() as tx:
        thread = await find_thread(tx, thread_id=thread_id)
        if thread is None:
            raise ThreadNotFound
        await require_case(tx, viewer_id=actor_id, case_id=thread.case_id)
        made = await say(
            tx,
            ctx,
            case_id=thread.case_id,
            thread=thread.thread,
            with_account_id=thread.with_account_id,
            with_address=thread.with_address,
            from_team=True,
            author_id=actor_id,
            text=text,
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="write",
            subject=("case", thread.case_id),
            case_id=thread.case_id,
            details={"thread": thread.thread},
        )
    assert made is not None  # noqa: S101  # only mails can be there already
    return made


async def _require_concerned(
    tx: Transaction,
    case: Case,
    thread: str,
    account_id: int | None,
    address: str | None,
) -> None:
    """Nobody is written to about a case they have nothing to do with."""
    if thread == "reporter":
        reports = await list_reports_of_case(tx, case_id=case.id)
        concerned = {report.account_id for report in reports}
    else:
        people = await list_people(tx, case_id=case.id)
        concerned = {row["account_id"] for row in people} | {case.target_account_id or 0}
    threads = await list_threads(tx, case_id=case.id)
    concerned |= {one.with_account_id or 0 for one in threads if one.thread == thread}
    addresses = {one.with_address for one in threads if one.thread == thread}
    if (account_id or -1) not in concerned and (address is None or address not in addresses):
        raise ThreadNotFound
