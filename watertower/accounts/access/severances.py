"""Whom a member lost when a server was cut off: the member's own, and nobody else's."""

from collections.abc import Sequence

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.queries.severances import (
    Lost,
    Severance,
    list_lost,
    list_own_severances,
    list_severances,
)
from watertower.base.context import Context


async def severances_by_id(ctx: Context, *, severance_ids: Sequence[int]) -> dict[int, Severance]:
    """Events by id, for notifications: whose they are was decided there."""
    async with ctx.reading() as tx:
        return await list_severances(tx, severance_ids=severance_ids)


async def severances_of(ctx: Context, *, account_id: int) -> list[Severance]:
    """A member's losses, latest first."""
    async with ctx.reading() as tx:
        return await list_own_severances(tx, account_id=account_id)


async def lost_in(
    ctx: Context, *, account_id: int, severance_id: int, kinds: Sequence[str] | None = None
) -> tuple[Severance, list[Lost]]:
    """One loss and everybody in it. Raises AccountNotFound for another member's."""
    async with ctx.reading() as tx:
        event = (await list_severances(tx, severance_ids=[severance_id])).get(severance_id)
        if event is None or event.account_id != account_id:
            raise AccountNotFound
        return event, await list_lost(
            tx, severance_id=severance_id, account_id=account_id, kinds=kinds
        )
