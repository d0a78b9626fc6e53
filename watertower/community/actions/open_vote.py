"""Open a vote by hand, once its time has come and before the clock did."""

from watertower.base.context import Context
from watertower.community.errors import wrong
from watertower.community.model import VoteState
from watertower.community.steps.open_vote import open_in
from watertower.community.steps.votes import said, vote_at


async def open_vote(ctx: Context, *, actor_id: int, vote_id: int) -> None:
    """Announce it. Raises Invalid before its time, VoteNotFound, VoteNotThere."""
    async with ctx.transaction() as tx:
        vote = await vote_at(tx, vote_id=vote_id, states=(VoteState.HERALDED,))
        if vote.may_open_at is None:
            raise wrong("opening", "must wait for the post that it is coming")
        if ctx.now() < vote.may_open_at:
            raise wrong("opening", f"must wait until {said(vote.may_open_at)}")
        await open_in(tx, ctx, vote=vote, actor_id=actor_id, at=ctx.now())
