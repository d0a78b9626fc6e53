"""Cancel a vote that has a defect, before it is over, and say why to everybody."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.events import record
from watertower.community.errors import VoteNotThere
from watertower.community.events import VoteCancelled
from watertower.community.model import CANCELLABLE, CLOSED, VoteState
from watertower.community.queries.ballots import delete_ballots
from watertower.community.queries.votes import update_vote
from watertower.community.rules import text
from watertower.community.steps.votes import note_step, page_of, vote_at
from watertower.feeds.steps.announce import announce, end_announcement

SHOWN_FOR = timedelta(days=3)


async def cancel_vote(ctx: Context, *, actor_id: int, vote_id: int, reason: str) -> None:
    """End it without a result; answers are destroyed uncounted. The reason is public.

    Raises Invalid, VoteNotFound, and VoteNotThere from the instant on at which it is closed.
    """
    said, now = text(reason, "reason"), ctx.now()
    async with ctx.transaction() as tx:
        vote = await vote_at(tx, vote_id=vote_id, states=CANCELLABLE)
        if vote.phase(now) == CLOSED:
            raise VoteNotThere
        if vote.announcement_id is not None:
            await end_announcement(tx, announcement_id=vote.announcement_id, at=now)
            says = f"The vote “{vote.question}” was cancelled. Why: {page_of(ctx, vote_id)}"
            await announce(tx, text=says, at=now, ends_at=now + SHOWN_FOR)
        await update_vote(
            tx,
            vote_id=vote_id,
            state=str(VoteState.CANCELLED),
            ballot_key=None,
            cancelled_by_account_id=actor_id,
            cancelled_at=now,
            cancel_reason=said,
        )
        await delete_ballots(tx, vote_id=vote_id)
        await note_step(
            tx, at=now, actor_id=actor_id, verb="cancel_vote", vote_id=vote_id, reason=said
        )
        if vote.was_announced:
            await record(tx, VoteCancelled(vote_id=vote_id))
