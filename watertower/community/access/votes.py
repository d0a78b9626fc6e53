"""Votes, as members and as those who keep them may see them. Nobody sees totals before the end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from watertower.accounts.model import Viewer
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.community.errors import VoteNotFound
from watertower.community.model import Vote, VoteState
from watertower.community.queries.ballots import find_ballot, find_ballot_key, find_voter
from watertower.community.queries.votes import find_vote, list_shown, list_votes
from watertower.community.rules import mark_of, why_not


@dataclass(frozen=True)
class VoteSeen:
    """A vote with what concerns the viewer alone. `own` is their answer while it is open."""

    vote: Vote
    phase: str
    own: Sequence[int] | None = None
    why_not: str = ""


async def votes_for(ctx: Context, *, page: Page) -> list[VoteSeen]:
    """What members know of, newest first; one query."""
    async with ctx.reading() as tx:
        found = await list_shown(tx, page=page)
    return [VoteSeen(_published(vote), vote.phase(ctx.now())) for vote in found]


async def vote_for(ctx: Context, *, viewer: Viewer | None, vote_id: int) -> VoteSeen:
    """One vote that members know of, with the viewer's answer. Raises VoteNotFound."""
    account_id = None if viewer is None else viewer.account_id
    async with ctx.reading() as tx:
        vote = await find_vote(tx, vote_id=vote_id)
        if vote is None or not vote.was_announced:
            raise VoteNotFound
        phase = vote.phase(ctx.now())
        if account_id is None or phase != VoteState.OPEN or vote.opened_at is None:
            return VoteSeen(_published(vote), phase)
        refusal = why_not(await find_voter(tx, account_id=account_id), opened_at=vote.opened_at)
        key = await find_ballot_key(tx, vote_id=vote_id)
        own = None
        if key is not None:
            mark = mark_of(ctx.secrets.key, ballot_key=key, account_id=account_id)
            own = await find_ballot(tx, vote_id=vote_id, mark=mark)
    return VoteSeen(_published(vote), phase, own, refusal)


async def votes_for_desk(ctx: Context, *, page: Page) -> list[VoteSeen]:
    """All of them, for those who keep votes; one query. There are no totals of an open one."""
    async with ctx.reading() as tx:
        found = await list_votes(tx, page=page)
    return [VoteSeen(vote, vote.phase(ctx.now())) for vote in found]


async def vote_for_desk(ctx: Context, *, vote_id: int) -> VoteSeen:
    """One vote with everything that is kept. Raises VoteNotFound."""
    async with ctx.reading() as tx:
        vote = await find_vote(tx, vote_id=vote_id)
    if vote is None:
        raise VoteNotFound
    return VoteSeen(vote, vote.phase(ctx.now()))


def _published(vote: Vote) -> Vote:
    """The vote without what is not published yet."""
    if vote.state is VoteState.PUBLISHED:
        return vote
    return replace(
        vote,
        eligible_count=None,
        voters_count=None,
        counts=None,
        decision="",
        reasons="",
        departs=False,
    )
