"""What is said about a server: all of it for moderators, their own for members."""

from dataclasses import dataclass
from datetime import datetime

from watertower.accounts.queries.server_policies import find_effective_policy
from watertower.base.context import Context
from watertower.moderation.model.server_talk import Contact, Notice, ServerRequest
from watertower.moderation.queries.server_decisions import find_standing_decision
from watertower.moderation.queries.server_incidents import find_incident
from watertower.moderation.queries.server_talk import (
    list_contacts,
    list_notices,
    list_open_requests,
    list_requests,
)
from watertower.moderation.steps.servers import named_server


@dataclass(frozen=True)
class Talk:
    """Requests about a server, addresses of those who run it, and the correspondence."""

    requests: list[ServerRequest]
    contacts: list[Contact]
    notices: list[Notice]


async def talk_about(ctx: Context, *, domain: str) -> Talk:
    """All of it, for moderators."""
    async with ctx.reading() as tx:
        return Talk(
            await list_requests(tx, domain=domain),
            await list_contacts(tx, domain=domain),
            await list_notices(tx, domain=domain),
        )


async def open_requests(ctx: Context) -> list[ServerRequest]:
    """Every request that waits, the first due first."""
    async with ctx.reading() as tx:
        return await list_open_requests(tx)


@dataclass(frozen=True)
class ServerAsSeen:
    """A server as a member sees it: what holds, since when, why if that is told."""

    domain: str
    severity: str  # noop, limit, suspend
    rejects_media: bool
    since: datetime | None
    reason: str
    incident: str  # the incident it is limited for, "" if for none
    incident_id: int | None
    requests: list[ServerRequest]


async def server_seen_by(ctx: Context, *, domain: str, account_id: int | None) -> ServerAsSeen:
    """What holds between this community and a server. Raises WrongDomain, OwnServer.

    A decision that is on no list is not told here either; what the member asked is.
    """
    name = named_server(ctx, domain)
    async with ctx.reading() as tx:
        policy = await find_effective_policy(tx, domain=name)
        decision = policy and await find_standing_decision(tx, domain=policy.domain)
        requests = await list_requests(tx, domain=name, account_id=account_id) if account_id else []
        incident = None
        if decision and decision.cause == "incident" and decision.cause_id:
            incident = await find_incident(tx, incident_id=decision.cause_id)
    shown = policy is not None and policy.is_listed
    return ServerAsSeen(
        name,
        policy.severity if policy is not None and shown else "noop",
        policy.rejects_media if policy is not None and shown else False,
        policy.changed_at if policy is not None and shown else None,
        policy.public_comment if policy is not None and shown else "",
        incident.name if incident else "",
        incident.id if incident else None,
        requests,
    )
