"""Freeze: moderators stop a member for now, say why, and ask for something by a date."""

from watertower.base.context import Context
from watertower.moderation.model.freeze import NewFreeze
from watertower.moderation.steps.freeze_begin import freeze_in


async def freeze(ctx: Context, *, actor_id: int, wanted: NewFreeze) -> int:
    """Freeze the account and tell its member; the freeze's id. Raises what freeze_in raises."""
    async with ctx.transaction() as tx:
        return await freeze_in(tx, ctx, actor_id=actor_id, wanted=wanted)
