"""Answer: a member says what they think, and may think again until the last instant."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.community.errors import MayNotVote, VoteClosed, VoteNotFound
from watertower.community.queries.ballots import (
    find_ballot_key,
    find_voter,
    insert_returned,
    put_ballot,
)
from watertower.community.queries.votes import share_vote
from watertower.community.rules import clean_choices, mark_of, why_not


async def answer_vote(
    ctx: Context, *, account_id: int, vote_id: int, choices: Sequence[int]
) -> None:
    """Keep the answer, in place of the one before. Nothing else is written about it.

    The vote's lock is shared among those who answer; who collects waits for them. The time is
    read after that, so an answer is in time or refused, never lost. Raises VoteNotFound,
    VoteClosed, MayNotVote, Invalid.
    """
    async with ctx.transaction() as tx:
        vote = await share_vote(tx, vote_id=vote_id)
        if vote is None or not vote.was_announced:
            raise VoteNotFound
        key = await find_ballot_key(tx, vote_id=vote_id)
        if not vote.is_open(ctx.now()) or vote.opened_at is None or key is None:
            raise VoteClosed
        refusal = why_not(await find_voter(tx, account_id=account_id), opened_at=vote.opened_at)
        if refusal:
            raise MayNotVote(refusal)
        chosen = clean_choices(vote, choices)
        await insert_returned(tx, vote_id=vote_id, account_id=account_id)
        mark = mark_of(ctx.secrets.key, ballot_key=key, account_id=account_id)
        await put_ballot(tx, vote_id=vote_id, mark=mark, choices=chosen)
