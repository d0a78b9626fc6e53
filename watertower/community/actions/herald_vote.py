"""Tell members that a survey is coming, at least a day before it opens."""

from datetime import datetime

from watertower.accounts.access.official import official_account
from watertower.base.context import Context
from watertower.base.events import record
from watertower.community.errors import wrong
from watertower.community.events import VoteHeralded
from watertower.community.model import HERALD_BEFORE, OPENS_WITHIN, VoteState
from watertower.community.queries.votes import update_vote
from watertower.community.steps.votes import note_step, vote_at


async def herald_vote(ctx: Context, *, actor_id: int, vote_id: int, opens_at: datetime) -> None:
    """The official account posts it; at `opens_at` the clock opens the vote.

    It never opens before the post was out for a day. Raises Invalid for a time that is too near
    or too far, before somebody else read the wording, and where nobody speaks for the community.
    """
    now = ctx.now()
    if opens_at < now + HERALD_BEFORE:
        raise wrong("opens_at", "must be at least 24 hours ahead")
    if opens_at > now + OPENS_WITHIN:
        raise wrong("opens_at", f"must be within {OPENS_WITHIN.days} days")
    async with ctx.transaction() as tx:
        vote = await vote_at(tx, vote_id=vote_id, states=(VoteState.DRAFTED,))
        if vote.read_at is None:
            raise wrong("wording", "must be read by somebody else first")
        if await official_account(tx) is None:
            raise wrong("official_username", "must name the account that speaks for the community")
        await update_vote(
            tx,
            vote_id=vote_id,
            state=str(VoteState.HERALDED),
            opens_at=opens_at,
            heralded_by_account_id=actor_id,
            heralded_at=now,
        )
        await note_step(tx, at=now, actor_id=actor_id, verb="herald_vote", vote_id=vote_id)
        await record(tx, VoteHeralded(vote_id=vote_id))
