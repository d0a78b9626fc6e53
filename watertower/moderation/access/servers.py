"""Servers as moderators see them. The gate has checked that the caller may."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from watertower.accounts.queries.server_policies import (
    find_allowed_by_id,
    find_effective_policy,
    find_policy,
    find_policy_by_id,
    list_allowed,
    list_decided,
)
from watertower.accounts.queries.severed import count_still_severed
from watertower.accounts.servers import Policy
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.moderation.errors.servers import ServerNotFound
from watertower.moderation.model.servers import FILTERS, SORTS, Decision, Facts, ServerRow
from watertower.moderation.queries.server_decisions import (
    count_by_month,
    list_history,
    list_to_look_at,
)
from watertower.moderation.queries.server_facts import (
    count_again,
    find_facts,
    list_servers,
)
from watertower.moderation.queries.server_impact import count_impact

PAGE_SIZE = 50
COUNTED_AGAIN = timedelta(minutes=5)


async def decided_page(ctx: Context, *, page: Page) -> list[Policy]:
    """Decisions that hold, newest first."""
    async with ctx.reading() as tx:
        return await list_decided(
            tx,
            before=page.before_id,
            after=page.after_id,
            limit=page.limit,
            upwards=page.upwards,
        )


async def allowed_page(ctx: Context, *, page: Page) -> list[Policy]:
    """The allow list, newest first."""
    async with ctx.reading() as tx:
        return await list_allowed(
            tx,
            before=page.before_id,
            after=page.after_id,
            limit=page.limit,
            upwards=page.upwards,
        )


async def decided_by_id(ctx: Context, *, policy_id: int) -> Policy:
    """A decision that holds. Raises ServerNotFound."""
    async with ctx.reading() as tx:
        found = await find_policy_by_id(tx, policy_id=policy_id)
    if found is None:
        raise ServerNotFound
    return found


async def decided_by_domain(ctx: Context, *, domain: str) -> Policy | None:
    """What was decided about exactly this name; None if nothing was."""
    async with ctx.reading() as tx:
        found = await find_policy(tx, domain=domain)
    return found if found is not None and found.is_decision else None


async def allowed_by_id(ctx: Context, *, allow_id: int) -> Policy:
    """A line of the allow list. Raises ServerNotFound."""
    async with ctx.reading() as tx:
        found = await find_allowed_by_id(tx, allow_id=allow_id)
    if found is None:
        raise ServerNotFound
    return found


async def servers_found(
    ctx: Context, *, search: str, shown: str, sort: str, page: int
) -> list[ServerRow]:
    """A page of servers, one row more than is shown."""
    async with ctx.reading() as tx:
        return await list_servers(
            tx,
            search=search.strip().lower(),
            shown=shown if shown in FILTERS else "all",
            sort=sort if sort in SORTS else "name",
            limit=PAGE_SIZE + 1,
            offset=PAGE_SIZE * page,
        )


@dataclass(frozen=True)
class ServerRecord:
    """All that the desk has on one server."""

    domain: str
    facts: Facts
    policy: Policy | None
    history: list[Decision]
    still_severed: int


async def server_record(ctx: Context, *, domain: str) -> ServerRecord:
    """One server; its numbers are a few minutes old at most."""
    async with ctx.transaction() as tx:
        facts = await find_facts(tx, domain=domain)
        if facts.counted_at is None or facts.counted_at < ctx.now() - COUNTED_AGAIN:
            impact = await count_impact(tx, servers=[domain])
            await count_again(tx, domain=domain, impact=impact, at=ctx.now())
            facts = await find_facts(tx, domain=domain)
        policy = await find_effective_policy(tx, domain=domain)
        history = await list_history(tx, domain=domain)
        severed = await count_still_severed(tx, domain=policy.domain if policy else domain)
    return ServerRecord(domain, facts, policy, history, severed)


async def to_look_at(ctx: Context) -> list[Decision]:
    """Decisions that wait for a second look, their review, or a reason."""
    async with ctx.reading() as tx:
        return await list_to_look_at(tx, now=ctx.now())


async def months(ctx: Context) -> list[tuple[datetime, int, int, int]]:
    """(month, limited, suspended, restored), latest first."""
    async with ctx.reading() as tx:
        return list(await count_by_month(tx))
