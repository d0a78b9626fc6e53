"""The clocks of freezes: a reminder at half of the time and at nine tenths, then a lead decides.

A clock never deletes anything and never makes anything worse for the person.
"""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.queue.job import Lane, job
from watertower.moderation.jobs.freeze_mails import mail_team
from watertower.moderation.model.freeze import THEIRS, Freeze
from watertower.moderation.model.freeze_words import told_as_reminder, told_when_missed
from watertower.moderation.queries.freezes import lock_due_freezes, update_freeze
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.freeze import case_of, note
from watertower.moderation.steps.reminders import next_moment

CHUNK = 20
MOST_CHUNKS = 50


@job(Lane.SCHEDULED)
async def watch_freezes(ctx: Context) -> None:
    """Remind of what is due soon, escalate what was missed, each once."""
    for _ in range(MOST_CHUNKS):
        async with ctx.transaction() as tx:
            due = await lock_due_freezes(tx, at=ctx.now(), most=CHUNK)
            for freeze in due:
                await _look(tx, ctx, freeze)
        if len(due) < CHUNK:
            return


async def _look(tx: Transaction, ctx: Context, freeze: Freeze) -> None:
    now, due = ctx.now(), freeze.clock_due_at
    if due is None:
        await update_freeze(tx, freeze_id=freeze.id, look_at=None)
    elif freeze.state in THEIRS and now >= due:
        await update_freeze(tx, freeze_id=freeze.id, look_at=None, escalated_at=now)
        await note(tx, freeze, at=now, actor_id=None, verb="escalate freeze")
        await _say(tx, ctx, freeze, told_when_missed(page_url=_page(ctx)))
        tx.enqueue(mail_team.queued(freeze_id=freeze.id, what="missed"))
    elif now >= due:
        await update_freeze(tx, freeze_id=freeze.id, look_at=None)
        await note(tx, freeze, at=now, actor_id=None, verb="escalate review of freeze")
        tx.enqueue(mail_team.queued(freeze_id=freeze.id, what="review_missed"))
    else:
        later = next_moment(freeze.clock_begun_at, due, after=now)
        await update_freeze(tx, freeze_id=freeze.id, look_at=later)
        if freeze.state in THEIRS:
            await _say(tx, ctx, freeze, told_as_reminder(freeze, page_url=_page(ctx)))
        else:
            tx.enqueue(mail_team.queued(freeze_id=freeze.id, what="waiting"))


async def _say(tx: Transaction, ctx: Context, freeze: Freeze, text: str) -> None:
    await say(
        tx,
        ctx,
        case_id=await case_of(tx, freeze, at=ctx.now()),
        thread="reported",
        with_account_id=freeze.account_id,
        from_team=True,
        author_id=None,
        text=text,
    )


def _page(ctx: Context) -> str:
    return f"{ctx.settings.base_url}/account/frozen"
