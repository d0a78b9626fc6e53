"""Lift what was decided about a server: it is as if nothing had been, follows included."""

from watertower.base.context import Context
from watertower.moderation.errors.servers import ReasonMissing
from watertower.moderation.steps.servers import lift_in, named_server


async def lift(
    ctx: Context, *, actor_id: int | None, domain: str, reason: str, needs_reason: bool = True
) -> bool:
    """False if nothing special held. Raises WrongDomain, ReasonMissing.

    Followers elsewhere come back as they were; members ask those they followed again, and follow
    them once the other side says yes: nothing stays half accepted.
    """
    name = named_server(ctx, domain)
    if needs_reason and not reason.strip():
        raise ReasonMissing
    async with ctx.transaction() as tx:
        found = await lift_in(tx, ctx, domain=name, reason=reason.strip(), actor_id=actor_id)
    return found is not None
