"""Opens a vote: whoever can answer is counted, and everybody is told."""

import secrets
from datetime import datetime

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.community.events import VoteOpened
from watertower.community.model import ACTIVE_WITHIN, LEAST_AGE, OPEN_FOR, Vote, VoteState
from watertower.community.queries.ballots import insert_roll
from watertower.community.queries.votes import update_vote
from watertower.community.steps.votes import note_step, page_of, said
from watertower.feeds.steps.announce import announce

KEY_BYTES = 32


async def open_in(
    tx: Transaction, ctx: Context, *, vote: Vote, actor_id: int | None, at: datetime
) -> None:
    """Publish the announcement; from this instant it is open for exactly 72 hours.

    Late by whatever kept the clock from running, members still have all of the time.
    """
    closes_at = at + OPEN_FOR
    text = (
        f"We ask all members: {vote.question} Answer until {said(closes_at)}: "
        f"{page_of(ctx, vote.id)}"
    )
    await update_vote(
        tx,
        vote_id=vote.id,
        state=str(VoteState.OPEN),
        opened_at=at,
        closes_at=closes_at,
        announcement_id=await announce(tx, text=text, at=at, ends_at=closes_at),
        ballot_key=secrets.token_bytes(KEY_BYTES),
    )
    await insert_roll(
        tx, vote_id=vote.id, made_before=at - LEAST_AGE, active_since=at - ACTIVE_WITHIN
    )
    await note_step(tx, at=at, actor_id=actor_id, verb="open_vote", vote_id=vote.id)
    await record(tx, VoteOpened(vote_id=vote.id))
