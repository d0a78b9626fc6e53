"""Write what is asked, and have somebody else read it."""

from datetime import datetime

from watertower.base.context import Context
from watertower.community.errors import NotSecondReader, VoteChanged
from watertower.community.model import VoteDraft, VoteState
from watertower.community.queries.votes import update_vote
from watertower.community.rules import clean_draft
from watertower.community.steps.votes import note_step, vote_at


async def draft_vote(ctx: Context, *, actor_id: int, vote_id: int, draft: VoteDraft) -> None:
    """Question, options and kind, until it is told that it is coming. It has to be read anew.

    Raises Invalid, VoteNotFound, VoteNotThere.
    """
    kept, now = clean_draft(draft), ctx.now()
    # Programs are told milliseconds, and name by them what they read.
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    async with ctx.transaction() as tx:
        await vote_at(tx, vote_id=vote_id, states=(VoteState.NEEDED, VoteState.DRAFTED))
        await update_vote(
            tx,
            vote_id=vote_id,
            state=str(VoteState.DRAFTED),
            question=kept.question,
            explanation=kept.explanation,
            options=list(kept.options),
            is_multiple=kept.is_multiple,
            is_binding=kept.is_binding,
            quorum_percent=kept.quorum_percent,
            drafted_by_account_id=actor_id,
            drafted_at=now,
            read_by_account_id=None,
            read_at=None,
        )
        await note_step(tx, at=now, actor_id=actor_id, verb="draft_vote", vote_id=vote_id)


async def find_wording_neutral(
    ctx: Context, *, actor_id: int, vote_id: int, seen: datetime | None
) -> None:
    """The second reader agrees with the draft of `seen` (its drafted_at). Twice is no error.

    Raises NotSecondReader for who wrote it, VoteChanged if there is a newer one.
    """
    async with ctx.transaction() as tx:
        vote = await vote_at(tx, vote_id=vote_id, states=(VoteState.DRAFTED,))
        if vote.drafted_by_account_id == actor_id:
            raise NotSecondReader
        if vote.drafted_at != seen:
            raise VoteChanged
        if vote.read_at is not None:
            return
        await update_vote(tx, vote_id=vote_id, read_by_account_id=actor_id, read_at=ctx.now())
        await note_step(
            tx, at=ctx.now(), actor_id=actor_id, verb="find_wording_neutral", vote_id=vote_id
        )
