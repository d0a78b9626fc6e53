"""Writes what was released: it appears as if it had arrived now, with its own date."""

import msgspec

from watertower.base.context import Context
from watertower.base.db.transaction import Row
from watertower.base.errors import Refused
from watertower.base.queue.job import Lane, job
from watertower.moderation.model.inbound import HeldDraft
from watertower.moderation.queries.inbound_held import list_released, update_held_written
from watertower.statuses.actions.publish import PublishedStatus, publish
from watertower.statuses.actions.remember import remember
from watertower.statuses.actions.remember_edit import remember_edit
from watertower.statuses.received import ReceivedStatus


@job(Lane.LOCAL)
async def release_held(ctx: Context, *, held_ids: list[int]) -> None:
    """Each in a transaction of its own; one that was written before is found, not written twice."""
    async with ctx.reading() as tx:
        rows = await list_released(tx, held_ids=held_ids)
    for row in rows:
        status_id = await _write(ctx, row)
        async with ctx.transaction() as tx:
            await update_held_written(tx, held_id=row["id"], status_id=status_id)


async def _write(ctx: Context, row: Row) -> int | None:
    """The status it became; None if its author took it back, or may not publish any more."""
    packed, author_id = row["received"], row["account_id"]
    if row["kind"] == "draft":
        held = msgspec.json.decode(packed, type=HeldDraft)
        try:
            made = await publish(
                ctx,
                author_id=author_id,
                draft=held.draft,
                application_id=held.application_id,
                idempotency_key=f"held {row['id']}",
            )
        except Refused:  # what it answered is gone, or its author may not post now
            return None
        return made.status_id if isinstance(made, PublishedStatus) else None
    received = msgspec.json.decode(packed, type=ReceivedStatus)
    if row["kind"] == "edit":
        return await remember_edit(ctx, author_id=author_id, received=received)
    return await remember(
        ctx,
        author_id=author_id,
        received=received,
        announces=row["announces"],
    )
