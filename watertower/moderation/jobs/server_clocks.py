"""What the clock does about servers: decisions that end, reviews that are due, reminders.

A clock that runs out never sanctions: it reminds at half and nine tenths of its time, then it is
written down that it was missed, and everybody who decides is told.
"""

from datetime import datetime

from watertower.accounts.mails.letter import letter
from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.queue.job import Lane, job
from watertower.moderation.model.server_reviews import MANY_ACTIONS, MANY_WITHIN
from watertower.moderation.queries.server_decisions import list_ending, list_to_look_at
from watertower.moderation.queries.server_findings import (
    insert_finding,
)
from watertower.moderation.queries.server_incidents import list_incidents
from watertower.moderation.queries.server_reviews import (
    count_actions,
    insert_reminder,
    list_due_again,
    list_on_clock,
    update_breached,
)
from watertower.moderation.queries.server_talk import list_open_requests
from watertower.moderation.steps.log import log
from watertower.moderation.steps.reminders import moments_to_remind
from watertower.moderation.steps.server_reviews import open_review_in
from watertower.moderation.steps.servers import deciders, lift_in


@job(Lane.SCHEDULED)
async def end_server_decisions(ctx: Context) -> None:
    """Lift what was decided for a time."""
    async with ctx.transaction() as tx:
        for one in await list_ending(tx, now=ctx.now()):
            await lift_in(
                tx,
                ctx,
                domain=one.domain,
                reason="Its time was over",
                actor_id=None,
                cause="end",
                cause_id=one.id,
            )


@job(Lane.SCHEDULED)
async def run_review_clocks(ctx: Context) -> None:
    """Remind, note what was missed, open what is due again, and propose what is piling up."""
    now = ctx.now()
    async with ctx.transaction() as tx:
        for review in await list_on_clock(tx):
            if review.decided_at is None and review.act_by is not None:
                name, begin, due, clock = "A decision", review.created_at, review.act_by, "act"
            elif review.blog_by is not None and review.decided_at is not None:
                name, begin, due, clock = "The article", review.decided_at, review.blog_by, "blog"
            else:
                continue
            if due <= now:
                if await update_breached(tx, review_id=review.id, clock=clock, at=now):
                    await log(
                        tx,
                        at=now,
                        actor_id=None,
                        verb="miss_server_deadline",
                        subject=("server", review.domain),
                        details={"review_id": review.id, "clock": clock},
                    )
                    await _remind(
                        tx,
                        f"{clock} {review.id}",
                        due,
                        f"{name} about {review.domain} is overdue",
                    )
                continue
            await _remind_of(
                tx, f"{clock} {review.id}", f"{name} about {review.domain}", begin, due, now
            )
        for domain, signs in await list_due_again(tx, now=now):
            await open_review_in(
                tx,
                ctx,
                domain=domain,
                cause="next_review",
                reason=signs or "The date to look again has come.",
                actor_id=None,
            )
        many = await count_actions(tx, since=now - MANY_WITHIN, least=MANY_ACTIONS)
        for domain, number, action_ids in many:
            review_id = await open_review_in(
                tx,
                ctx,
                domain=domain,
                cause="actions",
                reason=f"{number} actions against accounts there within 30 days.",
                actor_id=None,
            )
            await insert_finding(
                tx,
                review_id=review_id,
                is_server_level=False,
                text="Actions: " + ", ".join(str(one) for one in action_ids),
                url="",
                evidence_id=None,
                actor_id=None,
                at=now,
            )


@job(Lane.SCHEDULED)
async def run_server_clocks(ctx: Context) -> None:
    """Remind of answers, second looks and incidents that are due, and say what is overdue."""
    now = ctx.now()
    async with ctx.transaction() as tx:
        for asked in await list_open_requests(tx):
            what = f"An answer about {asked.domain}"
            await _remind_of(tx, f"request {asked.id}", what, asked.created_at, asked.due_at, now)
        for one in await list_to_look_at(tx, now=now):
            if one.confirm_by is not None:
                what = f"A second look at {one.domain}"
                await _remind_of(tx, f"look {one.id}", what, one.created_at, one.confirm_by, now)
            elif one.review_at is not None:
                what = f"Looking again at {one.domain}"
                await _remind_of(tx, f"again {one.id}", what, one.created_at, one.review_at, now)
        for incident in await list_incidents(tx):
            if incident.closed_at is None:
                what = f"Looking again at “{incident.name}”"
                subject = f"incident {incident.id}"
                await _remind_of(tx, subject, what, incident.created_at, incident.review_at, now)


async def _remind_of(  # noqa: PLR0917
    tx: Transaction, subject: str, what: str, begin: datetime, due: datetime, now: datetime
) -> None:
    """At half and at nine tenths of the time, and when it is over."""
    if due <= now:
        await _remind(tx, subject, due, f"{what} is overdue")
        return
    reached = [one for one in moments_to_remind(begin, due) if one <= now]
    if reached:
        await _remind(tx, subject, reached[-1], f"{what} is due {due:%d %B %Y}")


async def _remind(tx: Transaction, subject: str, moment: datetime, says: str) -> None:
    """Once for each moment of each clock."""
    if not await insert_reminder(tx, subject=subject, moment=moment):
        return
    for account_id in await deciders(tx):
        tx.enqueue(remind_decider.queued(account_id=account_id, says=says))


@job(Lane.MAIL)
async def remind_decider(ctx: Context, *, account_id: int, says: str) -> None:
    """A mail to one who may decide about servers."""
    async with ctx.reading() as tx:
        login = await find_login_by_account(tx, account_id=account_id)
    if login is not None:
        await ctx.mail.send(
            letter(
                to=login.email,
                subject=says,
                paragraphs=[f"{says}."],
                link=f"{ctx.settings.base_url}/desk/servers/waiting",
                label="Open what waits",
            )
        )
