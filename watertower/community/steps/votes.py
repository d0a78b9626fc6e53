"""What every step of a vote needs: the vote at the right step, and a line in the log."""

from datetime import datetime

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.community.errors import VoteNotFound, VoteNotThere
from watertower.community.model import Vote, VoteState
from watertower.community.queries.votes import lock_vote
from watertower.moderation.steps.log import log


async def vote_at(tx: Transaction, *, vote_id: int, states: tuple[VoteState, ...]) -> Vote:
    """The vote, locked, if it is at one of these steps. Raises VoteNotFound, VoteNotThere."""
    vote = await lock_vote(tx, vote_id=vote_id)
    if vote is None:
        raise VoteNotFound
    if vote.state not in states:
        raise VoteNotThere
    return vote


async def note_step(
    tx: Transaction,
    *,
    at: datetime,
    actor_id: int | None,
    verb: str,
    vote_id: int,
    reason: str = "",
) -> None:
    """A line of the audit log. Never for an answer: that somebody answers is written nowhere."""
    await log(tx, at=at, actor_id=actor_id, verb=verb, subject=("vote", vote_id), reason=reason)


def page_of(ctx: Context, vote_id: int) -> str:
    """Where members answer, for announcements and posts."""
    return f"{ctx.settings.base_url}/votes/{vote_id}"


def said(moment: datetime) -> str:
    """A moment in a text: `23 November 2026, 01:02 UTC`."""
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
