"""Say what follows from the result and why, then tell everybody."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.events import record
from watertower.community.errors import wrong
from watertower.community.events import VotePublished
from watertower.community.model import VoteState
from watertower.community.queries.votes import update_vote
from watertower.community.rules import text
from watertower.community.steps.votes import note_step, page_of, vote_at
from watertower.feeds.steps.announce import announce

SHOWN_FOR = timedelta(days=7)


async def decide_vote(
    ctx: Context, *, actor_id: int, vote_id: int, decision: str, reasons: str, departs: bool
) -> None:
    """What is done with the result. Late is possible, and shown.

    `departs`: it is not what most answered; the reasons say why. A binding vote with enough
    answers leaves no room for that. Until it is published it may be written anew. Raises Invalid,
    VoteNotFound, VoteNotThere.
    """
    decision, reasons = text(decision, "decision"), text(reasons, "reasons")
    async with ctx.transaction() as tx:
        vote = await vote_at(tx, vote_id=vote_id, states=(VoteState.COLLECTED, VoteState.DECIDED))
        if departs and vote.is_binding and vote.has_quorum:
            raise wrong("decision", "must follow the result: the vote is binding")
        await update_vote(
            tx,
            vote_id=vote_id,
            state=str(VoteState.DECIDED),
            decided_by_account_id=actor_id,
            decided_at=ctx.now(),
            decision=decision,
            reasons=reasons,
            departs=departs,
        )
        await note_step(
            tx, at=ctx.now(), actor_id=actor_id, verb="decide_vote", vote_id=vote_id, reason=reasons
        )


async def publish_vote(ctx: Context, *, actor_id: int, vote_id: int) -> None:
    """Result, turnout, decision and reasons are public from now on, and everybody is told.

    Raises VoteNotFound, VoteNotThere.
    """
    now = ctx.now()
    async with ctx.transaction() as tx:
        vote = await vote_at(tx, vote_id=vote_id, states=(VoteState.DECIDED,))
        says = (
            f"“{vote.question}” What members answered, and what we decided: {page_of(ctx, vote_id)}"
        )
        await update_vote(
            tx,
            vote_id=vote_id,
            state=str(VoteState.PUBLISHED),
            published_by_account_id=actor_id,
            published_at=now,
        )
        await announce(tx, text=says, at=now, ends_at=now + SHOWN_FOR)
        await note_step(tx, at=now, actor_id=actor_id, verb="publish_vote", vote_id=vote_id)
        await record(tx, VotePublished(vote_id=vote_id))
