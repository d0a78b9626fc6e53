"""Preview: who would lose what, before anything is decided. Changes nothing."""

from watertower.accounts.queries.server_policies import find_effective_policy
from watertower.base.context import Context
from watertower.moderation.model.servers import Impact, Preview
from watertower.moderation.queries.server_impact import (
    count_impact,
    list_covered,
    list_most_followed,
)
from watertower.moderation.steps.servers import named_server


async def preview(ctx: Context, *, domain: str, covers_subdomains: bool) -> Preview:
    """The numbers as they are in this moment. Raises WrongDomain, OwnServer."""
    name = named_server(ctx, domain)
    async with ctx.reading() as tx:
        covered, excepted = await list_covered(tx, domain=name, covers_subdomains=covers_subdomains)
        if name not in excepted and name not in covered and not covered:
            impact, most = Impact(), []
        else:
            # The decision that is previewed takes the place of the domain's own.
            impact = await count_impact(tx, servers=covered)
            most = await list_most_followed(tx, servers=covered)
        policy = await find_effective_policy(tx, domain=name)
    return Preview(name, covered, excepted, impact, most, bool(covered or excepted), policy)
