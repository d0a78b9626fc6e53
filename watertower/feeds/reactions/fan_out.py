"""A status was published or boosted: into the homes, and to whoever is looking."""

from watertower.base.context import Context
from watertower.base.live import publish
from watertower.base.queue.job import Lane, job
from watertower.feeds.queries.conversations import upsert_conversations
from watertower.feeds.queries.fan_out import insert_homes, insert_homes_of_tag_followers
from watertower.feeds.queries.home import insert_home_of_author
from watertower.feeds.rules import AWAY_AFTER, FAN_OUT_CHUNK


@job(Lane.LOCAL)
async def fan_out(ctx: Context, *, status_id: int) -> None:
    """Put a new status into the homes of its author, their followers and followers of its tags.

    Each chunk of followers is a transaction of its own. The streams are told at the end, once
    the homes can be asked who is concerned.
    """
    away_since = ctx.now() - AWAY_AFTER
    async with ctx.transaction() as tx:
        await insert_home_of_author(tx, status_id=status_id)
        await insert_homes_of_tag_followers(tx, status_id=status_id, away_since=away_since)
    after: int | None = 0
    while after is not None:
        async with ctx.transaction() as tx:
            after = await insert_homes(
                tx,
                status_id=status_id,
                after_follow_id=after,
                followers=FAN_OUT_CHUNK,
                away_since=away_since,
            )
            if after is None:
                await publish(tx, "update", status_id=status_id)


@job(Lane.LOCAL)
async def fan_out_boost(ctx: Context, *, status_id: int, reblog_of_id: int) -> None:  # noqa: ARG001
    """The same for a boost."""
    await fan_out.run(ctx, status_id=status_id)


@job(Lane.LOCAL)
async def update_conversations(ctx: Context, *, status_id: int) -> None:
    """Show a private status in the conversations of the members who take part."""
    async with ctx.transaction() as tx:
        for inbox_conversation_id, account_id in await upsert_conversations(
            tx, status_id=status_id
        ):
            await publish(
                tx,
                "conversation",
                inbox_conversation_id=inbox_conversation_id,
                account_id=account_id,
            )
