"""Takes back what a rule did, a hundred at a time."""

from watertower.base.context import Context
from watertower.base.db.transaction import Row, Transaction
from watertower.base.errors import Refused
from watertower.base.queue.job import Lane, job
from watertower.feeds.reactions.statuses import notify_of_status
from watertower.moderation.model.inbound import Effect
from watertower.moderation.queries.inbound_matches import (
    list_matches_to_undo,
    update_matches_undone,
)
from watertower.moderation.steps.standing import undo_in
from watertower.statuses.steps.withhold import uncover

AT_ONCE = 100


@job(Lane.LOCAL)
async def undo_rule(ctx: Context, *, rule_id: int, actor_id: int, reason: str) -> None:
    """Until nothing is left. Running again finds only what is left."""
    after_id = 0
    while True:
        async with ctx.transaction() as tx:
            rows = await list_matches_to_undo(tx, rule_id=rule_id, after_id=after_id, limit=AT_ONCE)
            for row in rows:
                if row["changed"]:
                    await _undo(tx, ctx, row, actor_id, reason)
            await update_matches_undone(
                tx, match_ids=[row["id"] for row in rows], at=ctx.now(), by=actor_id
            )
        if len(rows) < AT_ONCE:
            return
        after_id = rows[-1]["id"]


async def _undo(tx: Transaction, ctx: Context, row: Row, actor_id: int, reason: str) -> None:
    effect = Effect(row["effect"])
    if effect is Effect.SENSITISE:
        await uncover(tx, status_ids=[row["status_id"]], covered_at=row["created_at"])
    elif effect is Effect.LIMIT and row["action_id"] is not None:
        try:
            await undo_in(tx, ctx, actor_id=actor_id, action_id=row["action_id"], reason=reason)
        except Refused:
            return  # the account is gone
    elif effect is Effect.QUIET:
        tx.enqueue(notify_of_status.queued(status_id=row["status_id"]))
