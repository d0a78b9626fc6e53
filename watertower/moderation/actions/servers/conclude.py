"""After a review was decided: announce it, write about it, and watch on (W15)."""

from datetime import datetime

from watertower.base.context import Context
from watertower.moderation.errors.server_reviews import WrongState
from watertower.moderation.model.server_reviews import NEXT_REVIEW
from watertower.moderation.model.servers import LONGEST_REASON
from watertower.moderation.queries.server_reviews import update_monitoring, update_state
from watertower.moderation.steps.held_review import held_review, log_review


async def note_announced(ctx: Context, *, actor_id: int, review_id: int) -> None:
    """The decision was announced, or it was decided to stay silent."""
    await _go_on(
        ctx,
        actor_id=actor_id,
        review_id=review_id,
        source="decided",
        to="announced",
        verb="announce_about_server",
    )


async def note_blogged(ctx: Context, *, actor_id: int, review_id: int) -> None:
    """The article is there."""
    await _go_on(
        ctx,
        actor_id=actor_id,
        review_id=review_id,
        source="announced",
        to="blogged",
        verb="blog_about_server",
    )


async def _go_on(
    ctx: Context, *, actor_id: int, review_id: int, source: str, to: str, verb: str
) -> None:
    async with ctx.transaction() as tx:
        review = await held_review(tx, review_id=review_id, states=(source, to))
        if review.state == to:
            return
        await update_state(tx, review_id=review_id, state=to, at=ctx.now())
        await log_review(tx, ctx, review=review, actor_id=actor_id, verb=verb)


async def watch_on(
    ctx: Context, *, actor_id: int, review_id: int, signs: str, next_at: datetime | None = None
) -> None:
    """End the review: what would be a warning sign, and when to look again (six months).

    Not before the article is there that was owed. Raises ReviewNotFound, WrongState.
    """
    async with ctx.transaction() as tx:
        review = await held_review(
            tx, review_id=review_id, states=("announced", "blogged", "monitoring")
        )
        if review.state == "monitoring":
            return
        if review.blog_by is not None and review.blogged_at is None:
            raise WrongState
        await update_monitoring(
            tx,
            review_id=review_id,
            signs=signs.strip()[:LONGEST_REASON],
            next_at=next_at or ctx.now() + NEXT_REVIEW,
            at=ctx.now(),
        )
        await log_review(tx, ctx, review=review, actor_id=actor_id, verb="monitor_server")
