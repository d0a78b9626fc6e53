"""Undo: an action on an account is taken back, early or because it was a mistake."""

from watertower.base.context import Context
from watertower.moderation.model.standing import Kind
from watertower.moderation.steps.standing import lift_in, undo_in


async def undo(ctx: Context, *, actor_id: int | None, action_id: int, reason: str) -> bool:
    """Restore what was before; False if that was done before. Raises what undo_in raises."""
    async with ctx.transaction() as tx:
        return await undo_in(tx, ctx, actor_id=actor_id, action_id=action_id, reason=reason)


async def lift(
    ctx: Context, *, actor_id: int | None, account_id: int, kind: Kind, reason: str
) -> bool:
    """End everything of this kind about an account; False if there was nothing."""
    async with ctx.transaction() as tx:
        return await lift_in(
            tx, ctx, actor_id=actor_id, account_id=account_id, kind=kind, reason=reason
        )
