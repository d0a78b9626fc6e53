"""Remove a follower: somebody should not follow any longer, without being blocked."""

from watertower.accounts.actions.reject_follow import reject_follow
from watertower.base.context import Context


async def remove_follower(ctx: Context, *, actor_id: int, follower_id: int) -> None:
    """The actor removes one of its followers; nothing to remove is no error."""
    await reject_follow(ctx, actor_id=follower_id, target_id=actor_id)
