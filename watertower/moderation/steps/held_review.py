"""A review that somebody is changing, and the line in the log about it."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.server_reviews import ReviewNotFound, WrongState
from watertower.moderation.model.server_reviews import Review
from watertower.moderation.queries.server_reviews import hold_review
from watertower.moderation.steps.log import log


async def held_review(tx: Transaction, *, review_id: int, states: tuple[str, ...]) -> Review:
    """The review, which nobody else changes; it must be in one of the states.

    Raises ReviewNotFound, WrongState.
    """
    review = await hold_review(tx, review_id=review_id)
    if review is None:
        raise ReviewNotFound
    if review.state not in states:
        raise WrongState
    return review


async def log_review(
    tx: Transaction, ctx: Context, *, review: Review, actor_id: int | None, verb: str
) -> None:
    """Who did what in this review."""
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb=verb,
        subject=("server", review.domain),
        details={"review_id": review.id},
    )
