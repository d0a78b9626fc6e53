"""The clock of votes: opens, collects, reminds. What counts is decided by the instant, not by it."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.base.queue.job import Lane, job
from watertower.community.events import VoteClosed
from watertower.community.jobs.vote_posts import post_that_it_comes
from watertower.community.model import DECIDE_WITHIN, HERALD_BEFORE, KEEPS_VOTES, Vote, VoteState
from watertower.community.queries.ballots import count_all, delete_ballots
from watertower.community.queries.votes import list_due, lock_vote, update_vote
from watertower.community.steps.open_vote import open_in
from watertower.community.steps.votes import note_step
from watertower.moderation.events import TeamTold
from watertower.moderation.queries.reports import list_readers
from watertower.moderation.steps.reminders import moments_to_remind

WORDS = (
    "Half of the time for deciding about a vote of the members is over.",
    "Nine tenths of the time for deciding about a vote of the members are over.",
    "Members were promised a decision about their vote within two weeks. It is overdue.",
)


@job(Lane.SCHEDULED)
async def watch_votes(ctx: Context) -> None:
    """Take every vote on for which it is time; each alone, so one cannot hold up the others."""
    async with ctx.reading() as tx:
        due = await list_due(tx, now=ctx.now(), posted_before=ctx.now() - HERALD_BEFORE)
    for vote_id in due:
        async with ctx.transaction() as tx:
            vote = await lock_vote(tx, vote_id=vote_id)
            if vote is not None:
                await _take_on(tx, ctx, vote)


async def _take_on(tx: Transaction, ctx: Context, vote: Vote) -> None:
    now = ctx.now()
    if vote.state is VoteState.HERALDED:
        if vote.posted_at is None:  # The post was refused: it is tried again until it is out.
            key = f"vote-{vote.id}-comes"
            tx.enqueue(post_that_it_comes.queued(unique_key=key, vote_id=vote.id))
        elif vote.may_open_at is not None and now >= vote.may_open_at:
            await open_in(tx, ctx, vote=vote, actor_id=None, at=now)
    elif vote.state is VoteState.OPEN:
        if not vote.is_open(now):
            await _collect(tx, ctx, vote)
    elif vote.state in (VoteState.COLLECTED, VoteState.DECIDED):
        await _remind(tx, ctx, vote)


async def _collect(tx: Transaction, ctx: Context, vote: Vote) -> None:
    """Count, keep the counts, destroy the answers and the key they were marked with."""
    eligible, voters, counts = await count_all(tx, vote_id=vote.id, options=len(vote.choices))
    await update_vote(
        tx,
        vote_id=vote.id,
        state=str(VoteState.COLLECTED),
        collected_at=ctx.now(),
        eligible_count=eligible,
        voters_count=voters,
        counts=counts,
        ballot_key=None,
    )
    await delete_ballots(tx, vote_id=vote.id)
    await note_step(tx, at=ctx.now(), actor_id=None, verb="collect_vote", vote_id=vote.id)
    await record(tx, VoteClosed(vote_id=vote.id))


async def _remind(tx: Transaction, ctx: Context, vote: Vote) -> None:
    if vote.closes_at is None:
        return
    due = vote.closes_at + DECIDE_WITHIN
    moments = (*moments_to_remind(vote.closes_at, due), due)
    stage = sum(ctx.now() >= moment for moment in moments)
    if stage <= vote.reminded:
        return
    await update_vote(tx, vote_id=vote.id, reminded=stage)
    for account_id in await list_readers(tx, permissions=int(KEEPS_VOTES)):
        await record(
            tx,
            TeamTold(
                account_id=account_id,
                subject=f"A vote waits for its decision on {ctx.settings.server.domain}",
                text=WORDS[stage - 1],
                path=f"/desk/votes/{vote.id}",
            ),
        )
