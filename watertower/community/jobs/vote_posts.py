"""What the official account says about a vote. Each post is made once, however often a job runs."""

from watertower.accounts.access.official import official_account
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.community.model import Vote, VoteState
from watertower.community.queries.votes import find_vote, lock_vote, update_vote
from watertower.community.steps.votes import page_of, said
from watertower.statuses.actions.publish import PublishedStatus, publish
from watertower.statuses.draft import Draft
from watertower.statuses.model import Visibility


@job(Lane.LOCAL)
async def post_that_it_comes(ctx: Context, *, vote_id: int) -> None:
    """A survey is coming. Only once this is out the day begins that has to pass before."""
    vote = await _vote(ctx, vote_id)
    if vote is None or vote.state is not VoteState.HERALDED or vote.opens_at is None:
        return
    if vote.posted_at is not None:
        return
    status_id = await _post(
        ctx,
        key=f"vote-{vote_id}-comes",
        text=f"A survey of our members is coming: {vote.subject}\n\n"
        f"It opens on {said(vote.opens_at)} and can be answered for 72 hours.\n\n"
        f"{page_of(ctx, vote_id)}",
    )
    if status_id is None:
        return
    async with ctx.transaction() as tx:
        now = await lock_vote(tx, vote_id=vote_id)
        if now is not None and now.posted_at is None:
            await update_vote(tx, vote_id=vote_id, herald_status_id=status_id, posted_at=ctx.now())


@job(Lane.LOCAL)
async def post_that_it_is_open(ctx: Context, *, vote_id: int) -> None:
    """It is open."""
    vote = await _vote(ctx, vote_id)
    if vote is not None and vote.is_open(ctx.now()) and vote.closes_at is not None:
        await _post(
            ctx,
            key=f"vote-{vote_id}-open",
            text=f"We ask our members: {vote.question}\n\nUntil {said(vote.closes_at)}:\n"
            f"{page_of(ctx, vote_id)}",
        )


@job(Lane.LOCAL)
async def post_result(ctx: Context, *, vote_id: int) -> None:
    """What became of it."""
    vote = await _vote(ctx, vote_id)
    if vote is not None and vote.state is VoteState.PUBLISHED:
        await _post(
            ctx,
            key=f"vote-{vote_id}-result",
            text=f"{vote.question}\n\n{vote.voters_count} of {vote.eligible_count} members "
            f"answered. The result, our decision and the reasons:\n{page_of(ctx, vote_id)}",
        )


@job(Lane.LOCAL)
async def post_that_it_is_cancelled(ctx: Context, *, vote_id: int) -> None:
    """It will not be finished."""
    vote = await _vote(ctx, vote_id)
    if vote is not None and vote.state is VoteState.CANCELLED:
        await _post(
            ctx,
            key=f"vote-{vote_id}-cancelled",
            text=f"The survey “{vote.subject}” was cancelled. Why:\n{page_of(ctx, vote_id)}",
        )


async def _vote(ctx: Context, vote_id: int) -> Vote | None:
    async with ctx.reading() as tx:
        return await find_vote(tx, vote_id=vote_id)


async def _post(ctx: Context, *, key: str, text: str) -> int | None:
    """The post's id, also when it was made before; None where nobody speaks for the community."""
    async with ctx.reading() as tx:
        author_id = await official_account(tx)
    if author_id is None:
        return None
    made = await publish(
        ctx,
        author_id=author_id,
        draft=Draft(text=text, visibility=Visibility.PUBLIC),
        idempotency_key=key,
    )
    return made.status_id if isinstance(made, PublishedStatus) else None
