"""Conversations with the team, for those they are with."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.moderation.errors.conversation import ThreadNotFound
from watertower.moderation.model.conversation import CaseMessage, CaseThread
from watertower.moderation.model.reports import Report
from watertower.moderation.queries.conversation import (
    find_message,
    find_thread,
    list_messages_of_thread,
    list_threads_with,
)
from watertower.moderation.queries.my_reports import (
    ReportState,
    list_my_reports,
    list_report_states,
)


async def thread_for(ctx: Context, *, thread_id: int) -> CaseThread:
    """The thread, for the team; whoever acts in it checks the case."""
    async with ctx.reading() as tx:
        found = await find_thread(tx, thread_id=thread_id)
    if found is None:
        raise ThreadNotFound
    return found


async def threads_with(ctx: Context, *, account_id: int) -> Sequence[CaseThread]:
    """The member's conversations with the team, newest first."""
    async with ctx.reading() as tx:
        return await list_threads_with(tx, account_id=account_id)


@dataclass(frozen=True)
class Conversation:
    """One thread as the other side reads it: who of the team wrote is left out."""

    thread: CaseThread
    messages: Sequence[CaseMessage]


async def conversation_for(ctx: Context, *, account_id: int, thread_id: int) -> Conversation:
    """The member's own thread. Raises ThreadNotFound for anybody else's."""
    async with ctx.reading() as tx:
        thread = await find_thread(tx, thread_id=thread_id)
        if thread is None or thread.with_account_id != account_id or thread.thread == "team":
            raise ThreadNotFound
        return Conversation(thread, await list_messages_of_thread(tx, thread_id=thread_id))


async def official_message(ctx: Context, *, message_id: int) -> CaseMessage | None:
    """A message that the team sent to somebody; None if there is no such."""
    async with ctx.reading() as tx:
        found = await find_message(tx, message_id=message_id)
    return found if found is not None and found.from_team and found.thread != "team" else None


async def reports_by(
    ctx: Context, *, account_id: int, page: Page
) -> list[tuple[Report, ReportState]]:
    """What a member reported, newest first, and how far each is: never what was decided."""
    async with ctx.reading() as tx:
        found = await list_my_reports(tx, account_id=account_id, page=page)
        states = await list_report_states(tx, report_ids=[report.id for report in found])
    return [(report, states[report.id]) for report in found]
