"""Somebody refused in advance came: what was done about them is written down like any action."""

from watertower.accounts.queries.refusals import find_refusal
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.moderation.model.standing import Decision, Kind
from watertower.moderation.queries.standing import insert_action, list_in_force


@job(Lane.LOCAL)
async def write_down_refused(ctx: Context, *, account_id: int, refusal_id: int) -> None:
    """One action, which can be undone like any other. Twice is no error."""
    async with ctx.transaction() as tx:
        refusal = await find_refusal(tx, refusal_id=refusal_id)
        if refusal is None:
            return
        kind = Kind(refusal.standing)
        if await list_in_force(tx, account_id=account_id, kind=kind):
            return
        await insert_action(
            tx,
            decision=Decision(
                kind=kind,
                target_account_id=account_id,
                reason=f"Refused in advance: {refusal.reason}",
            ),
            actor_id=refusal.made_by_account_id,
            undoing={"changed": True},
            at=ctx.now(),
        )
