"""Write down that members are to be asked about something, or that they are not, and why."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.text.clean import clean_line
from watertower.community.model import LONGEST_LINE, VoteState
from watertower.community.queries.votes import find_same_vote, insert_vote
from watertower.community.rules import line, text
from watertower.community.steps.votes import note_step

SAME_WITHIN = timedelta(minutes=5)


async def raise_vote(
    ctx: Context, *, actor_id: int, subject: str, why: str, is_needed: bool, about_domain: str = ""
) -> int:
    """The new vote's id. A decision against asking is kept in the same way, and ends there.

    Sent twice it is one. Raises Invalid.
    """
    subject, why = line(subject, "subject"), text(why, "why")
    state = VoteState.NEEDED if is_needed else VoteState.NOT_NEEDED
    async with ctx.transaction() as tx:
        before = await find_same_vote(
            tx,
            state=state,
            subject=subject,
            why=why,
            by=actor_id,
            since=ctx.now() - SAME_WITHIN,
        )
        if before is not None:
            return before
        vote_id = await insert_vote(
            tx,
            state=state,
            subject=subject,
            why=why,
            about_domain=clean_line(about_domain, LONGEST_LINE).lower() or None,
            by=actor_id,
            at=ctx.now(),
        )
        verb = "find_vote_needed" if is_needed else "find_vote_not_needed"
        await note_step(tx, at=ctx.now(), actor_id=actor_id, verb=verb, vote_id=vote_id, reason=why)
    return vote_id
