"""Watches the clocks of cases: reminds at half and nine tenths of the time, and when it is over.

Nothing is ever decided by a clock. A question that was not answered in time ends its waiting: it
is decided on what there is.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from watertower.accounts.mails.letter import letter
from watertower.accounts.model import Permission
from watertower.base.context import Context
from watertower.base.db.transaction import Row, Transaction
from watertower.base.queue.job import Lane, job
from watertower.moderation.model.cases import CaseState
from watertower.moderation.queries.case_clocks import (
    advance_reminders,
    list_addresses,
    list_who_sees,
)
from watertower.moderation.queries.cases import find_case, update_case
from watertower.moderation.queries.reports import list_readers
from watertower.moderation.steps.case_policy import case_policy
from watertower.moderation.steps.log import log

OVER = 3
WORDS = {1: "half of the time is over", 2: "nine tenths of the time are over", 3: "it is overdue"}
NEXT = {
    CaseState.FILED: "a first look",
    CaseState.TRIAGED: "somebody to take it",
    CaseState.ASSIGNED: "an analysis or a decision",
    CaseState.NEEDS_INFO: "the reporter's answer",
    CaseState.ANALYSIS: "a decision",
    CaseState.DISCUSSION: "a second opinion",
    CaseState.DECIDED: "to be closed, or the review of an emergency",
}
_DECIDERS = int(Permission.DECIDE_CASES | Permission.ADMINISTRATOR)


@job(Lane.SCHEDULED)
async def watch_cases(ctx: Context) -> None:
    """Advance the reminders; one mail for each moderator, however many cases it names."""
    async with ctx.transaction() as tx:
        reached = await advance_reminders(tx, at=ctx.now())
        for row in reached:
            if row["stage"] == OVER and row["state"] == CaseState.NEEDS_INFO:
                await _go_on(tx, row, at=ctx.now())
        to_mail = await _for_whom(tx, reached)
    for (address, name), rows in to_mail.items():
        await ctx.mail.send(
            letter(
                to=address,
                subject=f"{len(rows)} cases wait on {ctx.settings.server.domain}"
                if len(rows) > 1
                else f"A case waits on {ctx.settings.server.domain}",
                paragraphs=[
                    f"Hello {name},",
                    *(
                        f"Case {row['id']} waits for {NEXT[CaseState(row['state'])]}: "
                        f"{WORDS[row['stage']]}."
                        for row in rows[:50]
                    ),
                ],
                link=f"{ctx.settings.base_url}/desk/cases",
                label="Open the queue",
            )
        )


@job(Lane.MAIL)
async def page_team(ctx: Context, *, case_id: int) -> None:
    """A case that cannot wait calls everybody who may decide it, at once."""
    async with ctx.reading() as tx:
        case = await find_case(tx, case_id=case_id)
        if case is None or not case.is_time_critical or not case.is_open:
            return
        who = await list_readers(tx, permissions=_DECIDERS)
        seen = await list_who_sees(tx, case_ids=[case_id], account_ids=who)
        addresses = await list_addresses(tx, account_ids=sorted(one for _, one in seen))
    for row in addresses:
        await ctx.mail.send(
            letter(
                to=row["email"],
                subject=f"Time-critical case on {ctx.settings.server.domain}",
                paragraphs=[
                    f"Hello {row['username']},",
                    f"case {case_id} cannot wait. Whoever sees this first looks at it now.",
                ],
                link=f"{ctx.settings.base_url}/desk/cases/{case_id}",
                label="Open the case",
            )
        )


async def _go_on(tx: Transaction, row: Row, *, at: datetime) -> None:
    policy = await case_policy(tx)
    await update_case(
        tx,
        case_id=row["id"],
        at=at,
        state=row["state_before_pause"] or str(CaseState.ASSIGNED),
        state_before_pause=None,
        due_at=at + timedelta(hours=policy.first_look_hours),
    )
    await log(
        tx,
        at=at,
        actor_id=None,
        verb="stop_waiting",
        subject=("case", row["id"]),
        case_id=row["id"],
        reason="The question was not answered in time; it is decided on what there is",
    )


async def _for_whom(tx: Transaction, reached: list[Row]) -> dict[tuple[str, str], list[Row]]:
    if not reached:
        return {}
    deciders = await list_readers(tx, permissions=_DECIDERS)
    seen = await list_who_sees(tx, case_ids=[row["id"] for row in reached], account_ids=deciders)
    addresses = {
        row["account_id"]: (row["email"], row["username"])
        for row in await list_addresses(tx, account_ids=deciders)
    }
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in reached:
        assigned = row["assigned_account_id"]
        for account_id in deciders if assigned is None else [assigned]:
            if (row["id"], account_id) in seen and account_id in addresses:
                found[addresses[account_id]].append(row)
    return found
