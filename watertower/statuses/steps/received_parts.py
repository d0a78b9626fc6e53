"""Parts of a received status that are written alike when it is new and when it was edited."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.statuses.model import Visibility
from watertower.statuses.queries.mentions import insert_mentions
from watertower.statuses.queries.statuses import NewPoll
from watertower.statuses.queries.tags import insert_status_tags
from watertower.statuses.received import ReceivedPoll, ReceivedStatus


def new_poll(poll: ReceivedPoll | None) -> NewPoll | None:
    """The poll with exactly one tally for each option, whatever was sent."""
    if poll is None:
        return None
    tallies = [max(0, tally) for tally in poll.tallies[: len(poll.options)]]
    return NewPoll(
        options=poll.options,
        tallies=tallies + [0] * (len(poll.options) - len(tallies)),
        expires_at=poll.expires_at or poll.closed_at,
        is_multiple=poll.is_multiple,
        voters_count=poll.voters_count,
        closed_at=poll.closed_at,
    )


async def add_names_and_tags(
    tx: Transaction, ctx: Context, *, author_id: int, received: ReceivedStatus, status_id: int
) -> None:
    """Whom the status names, whom it is for, and its tags."""
    for account_ids, is_silent in ((received.mentioned_ids, False), (received.also_for_ids, True)):
        if account_ids:
            await insert_mentions(
                tx,
                status_id=status_id,
                author_id=author_id,
                account_ids=account_ids,
                is_silent=is_silent,
            )
    if received.tags:
        await insert_status_tags(
            tx,
            status_id=status_id,
            account_id=author_id,
            tags=received.tags,
            at=min(received.created_at, ctx.now()),
            is_public=received.visibility is Visibility.PUBLIC,
        )
