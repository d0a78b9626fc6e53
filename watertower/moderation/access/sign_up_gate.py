"""How open the door is, for staff and for those who stand before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.accounts.access.registrations import Registrations, registrations_in
from watertower.base.context import Context
from watertower.moderation.model.sign_up_gate import (
    MOST_WITH_NEW_EMAIL_DOMAIN,
    SIGNALS_WITHIN,
    AbuseSignals,
    Gate,
)
from watertower.moderation.queries.sign_up_gate import (
    count_waiting,
    find_open_gate,
    find_signals,
    list_gates,
)


@dataclass(frozen=True)
class Door:
    """Everything about the door."""

    rules: Registrations
    friction: Gate | None
    closing: Gate | None
    signals: AbuseSignals
    waiting_count: int
    history: Sequence[Gate]


async def door_for(ctx: Context) -> Door:
    """The door, as staff see it."""
    async with ctx.reading() as tx:
        friction = await find_open_gate(tx, kind="friction")
        return Door(
            rules=await registrations_in(tx, ctx.settings),
            friction=friction if friction and friction.review_at > ctx.now() else None,
            closing=await find_open_gate(tx, kind="closing"),
            signals=await find_signals(
                tx,
                since=ctx.now() - SIGNALS_WITHIN,
                least_with_domain=MOST_WITH_NEW_EMAIL_DOMAIN,
            ),
            waiting_count=await count_waiting(tx),
            history=await list_gates(tx, limit=20),
        )


async def closing_shown(ctx: Context) -> Gate | None:
    """Since when the door is closed for an incident, and when somebody looks again."""
    async with ctx.reading() as tx:
        return await find_open_gate(tx, kind="closing")
