"""Decide about what is held: one decision for everything that says nearly the same."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.moderation.errors.inbound import HeldNotFound
from watertower.moderation.jobs.inbound_release import release_held
from watertower.moderation.queries.inbound_held import update_held_decided
from watertower.moderation.steps.log import log

AT_ONCE = 100  # released by one job


async def decide_held(
    ctx: Context,
    *,
    actor_id: int,
    pile: int,
    is_released: bool,
    reason: str = "",
    only: Sequence[int] | None = None,
) -> int:
    """Release or refuse all of a pile, or `only` some of it; how many.

    What is released appears with its own date, to exactly whom its author sent it. Raises
    HeldNotFound if nothing of it waits any more.
    """
    async with ctx.transaction() as tx:
        held_ids = await update_held_decided(
            tx,
            pile=pile,
            state="released" if is_released else "refused",
            at=ctx.now(),
            by=actor_id,
            only=only,
        )
        if not held_ids:
            raise HeldNotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="release held posts" if is_released else "refuse held posts",
            subject=("pile", pile),
            reason=reason,
            details={"count": len(held_ids), "held_ids": [str(one) for one in held_ids[:100]]},
        )
        if is_released:
            for start in range(0, len(held_ids), AT_ONCE):
                tx.enqueue(release_held.queued(held_ids=held_ids[start : start + AT_ONCE]))
    return len(held_ids)
