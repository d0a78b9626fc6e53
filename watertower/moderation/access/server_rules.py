"""Rules about software, clean-ups, and who deals with harmful servers, for the desk."""

from dataclasses import dataclass

from watertower.base.context import Context
from watertower.base.ids import first_id_at
from watertower.moderation.errors.server_rules import CleanUpNotFound
from watertower.moderation.model.server_rules import (
    FRIENDS_WITHIN,
    UNREACHABLE_FOR,
    CleanUp,
    Friend,
    SoftwareRule,
)
from watertower.moderation.model.servers import Impact
from watertower.moderation.queries.server_decisions import list_of_cause
from watertower.moderation.queries.server_impact import count_impact
from watertower.moderation.queries.server_rules import (
    find_clean_up,
    list_back,
    list_clean_ups,
    list_dead,
    list_friends,
    list_rules,
)


async def software_rules(ctx: Context) -> list[SoftwareRule]:
    """All rules, latest first."""
    async with ctx.reading() as tx:
        return await list_rules(tx, only_in_force=False)


async def clean_ups(ctx: Context) -> tuple[list[CleanUp], list[str]]:
    """(batches, servers that have not answered for 30 days)."""
    async with ctx.reading() as tx:
        return (
            await list_clean_ups(tx),
            await list_dead(tx, since=ctx.now() - UNREACHABLE_FOR),
        )


@dataclass(frozen=True)
class CleanUpShown:
    """A batch, what it costs, what it holds, and who answers again."""

    batch: CleanUp
    impact: Impact
    held: list[str]
    back: list[str]


async def clean_up_for(ctx: Context, *, clean_up_id: int) -> CleanUpShown:
    """One batch. Raises CleanUpNotFound."""
    async with ctx.reading() as tx:
        batch = await find_clean_up(tx, clean_up_id=clean_up_id)
        if batch is None:
            raise CleanUpNotFound
        held = [
            one.domain
            for one in await list_of_cause(tx, cause="clean_up", cause_id=batch.id)
            if one.ended_at is None and not one.is_lifting
        ]
        return CleanUpShown(
            batch,
            await count_impact(tx, servers=list(batch.domains)),
            held,
            await list_back(tx, domains=held, since=batch.cleaned_at or batch.created_at),
        )


async def friends(ctx: Context) -> list[Friend]:
    """Servers whose people deal with harmful servers, in the last 90 days, most first."""
    async with ctx.reading() as tx:
        return await list_friends(
            tx, after_id=first_id_at(ctx.now() - FRIENDS_WITHIN), now=ctx.now()
        )
