"""Mute: a member does not want to read somebody, who is not told."""

from datetime import timedelta

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.events import Muted
from watertower.accounts.queries.mutes import insert_mute
from watertower.accounts.queries.relations import find_pair
from watertower.base.context import Context
from watertower.base.events import record


async def mute(
    ctx: Context,
    *,
    actor_id: int,
    target_id: int,
    hides_notifications: bool = True,
    duration_seconds: int = 0,
) -> None:
    """Mute, or change how; 0 seconds: until taken back. Oneself is no error and does nothing.

    Raises AccountNotFound.
    """
    if actor_id == target_id:
        return
    now = ctx.now()
    async with ctx.transaction() as tx:
        if await find_pair(tx, actor_id=actor_id, target_id=target_id) is None:
            raise AccountNotFound
        await insert_mute(
            tx,
            actor_id=actor_id,
            target_id=target_id,
            hides_notifications=hides_notifications,
            expires_at=now + timedelta(seconds=duration_seconds) if duration_seconds else None,
            at=now,
        )
        await record(tx, Muted(actor_id, target_id))
