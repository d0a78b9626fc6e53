"""Destroys evidence whose time is over: the files first, then the words; the seal stays as proof."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.moderation.queries.evidence import (
    list_due_for_destruction,
    list_evidence_to_destroy,
    list_keys_still_used,
    update_destroyed,
)
from watertower.moderation.steps.log import log

CASES_AT_ONCE = 50


@job(Lane.SCHEDULED)
async def destroy_evidence(ctx: Context) -> None:
    """Destroy what is due, unless it is held. What cannot be removed now is tried again."""
    async with ctx.reading() as tx:
        due = await list_due_for_destruction(tx, at=ctx.now(), limit=CASES_AT_ONCE)
    for case_id in due:
        await _destroy(ctx, case_id)


async def _destroy(ctx: Context, case_id: int) -> None:
    async with ctx.reading() as tx:
        found = await list_evidence_to_destroy(tx, case_id=case_id, at=ctx.now())
        ids = [one.id for one in found]
        keys = {file.key for one in found for file in one.files}
        keys -= await list_keys_still_used(tx, keys=sorted(keys), except_ids=ids)
    if not found:
        return
    await ctx.storage.delete(sorted(keys))
    for key in keys:
        if await ctx.storage.size(key) is not None:
            return  # Not gone: nothing is called destroyed that is still there.
    async with ctx.transaction() as tx:
        destroyed = await update_destroyed(tx, evidence_ids=ids, at=ctx.now())
        await log(
            tx,
            at=ctx.now(),
            actor_id=None,
            verb="destroy_evidence",
            subject=("case", case_id),
            case_id=case_id,
            reason="Its time was over",
            details={
                "pieces": destroyed,
                "files": len(keys),
                "seals": [one.sha256.hex() for one in found],
            },
        )
