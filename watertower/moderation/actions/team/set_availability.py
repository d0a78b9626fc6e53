"""Say what one can take on: how much, when, in which languages, and what not."""

from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.moderation.errors.team import MemberNotFound
from watertower.moderation.model.team import Availability
from watertower.moderation.queries.team import find_membership
from watertower.moderation.queries.team_availability import upsert_availability
from watertower.moderation.steps.log import log

MOST_A_DAY = 200
HOURS_IN_WEEK = 168


async def set_availability(ctx: Context, *, account_id: int, chosen: Availability) -> None:
    """Replace what somebody chose. Raises MemberNotFound outside of teams, Invalid."""
    if not 0 <= chosen.cases_a_day <= MOST_A_DAY:
        raise Invalid(f"A number of cases from 0 to {MOST_A_DAY}")
    if any(not 0 <= hour < HOURS_IN_WEEK for hour in chosen.hours):
        raise Invalid("An hour of the week is a number from 0 to 167")
    if chosen.away_from and chosen.away_until and chosen.away_until <= chosen.away_from:
        raise Invalid("Time off ends after it begins")
    async with ctx.transaction() as tx:
        if await find_membership(tx, account_id=account_id) is None:
            raise MemberNotFound
        await upsert_availability(tx, account_id=account_id, chosen=chosen, at=ctx.now())
        # What somebody refuses to look at is nobody's business, the log's neither.
        await log(
            tx,
            at=ctx.now(),
            actor_id=account_id,
            verb="set_availability",
            subject=("account", account_id),
        )
