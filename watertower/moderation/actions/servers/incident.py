"""Limit servers for a named incident, and release them together or one by one (W17).

A limit for an incident says nothing about guilt: the notice says "limited during an incident".
Follows stay as they are throughout.
"""

from datetime import datetime

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.errors import Invalid
from watertower.moderation.errors.server_incidents import IncidentNotFound, StricterAlready
from watertower.moderation.model.server_incidents import LONGEST_NAME, Incident
from watertower.moderation.model.servers import LONGEST_REASON, Choice
from watertower.moderation.queries.server_decisions import (
    find_standing_decision,
    list_of_cause,
)
from watertower.moderation.queries.server_incidents import (
    close_incident,
    find_incident,
    insert_incident,
    update_incident,
)
from watertower.moderation.steps.log import log
from watertower.moderation.steps.servers import decide_in, lift_in, named_server


async def open_incident(
    ctx: Context, *, actor_id: int, name: str, text: str, review_at: datetime
) -> Incident:
    """Open an incident; one of this name that is open is taken. Raises Invalid."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or len(text) > LONGEST_REASON:
        raise Invalid("Validation failed: The incident needs a short name")
    if review_at <= ctx.now():
        raise Invalid("Validation failed: The review must be in the future")
    async with ctx.transaction() as tx:
        incident = await insert_incident(
            tx, name=name, text=text.strip(), actor_id=actor_id, review_at=review_at, at=ctx.now()
        )
        if incident is None:
            raise IncidentNotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="open_incident",
            subject=("incident", incident.id),
            details={"name": name},
        )
    return incident


async def limit_for_incident(ctx: Context, *, actor_id: int, incident_id: int, domain: str) -> int:
    """Limit a server until the incident is over; the decision's id. Twice is no error.

    Raises IncidentNotFound, StricterAlready, WrongDomain, OwnServer.
    """
    name = named_server(ctx, domain)
    async with ctx.transaction() as tx:
        incident = await _open(tx, incident_id)
        standing = await find_standing_decision(tx, domain=name)
        if standing is not None and standing.severity != "noop":
            if (standing.cause, standing.cause_id) == ("incident", incident_id):
                return standing.id
            raise StricterAlready
        return await decide_in(
            tx,
            ctx,
            choice=Choice(
                name,
                severity="limit",
                public_comment=f"Limited during an incident: {incident.name}",
                private_comment=incident.name,
                publicity="listed_with_reason",
                cause="incident",
                cause_id=incident_id,
                review_at=incident.review_at if incident.review_at > ctx.now() else None,
            ),
            actor_id=actor_id,
        )


async def release_from_incident(
    ctx: Context, *, actor_id: int, incident_id: int, domain: str | None = None
) -> int:
    """Release one server, or all with `domain` None; how many. The last one closes the incident.

    What was decided about a server since then stays. Raises IncidentNotFound.
    """
    released = 0
    async with ctx.transaction() as tx:
        await _open(tx, incident_id)
        held = [
            one
            for one in await list_of_cause(tx, cause="incident", cause_id=incident_id)
            if one.ended_at is None and not one.is_lifting
        ]
        for one in held:
            if domain is None or one.domain == domain:
                await lift_in(
                    tx,
                    ctx,
                    domain=one.domain,
                    reason="The incident is over",
                    actor_id=actor_id,
                    cause="incident",
                    cause_id=incident_id,
                )
                released += 1
        if released == len(held):
            await close_incident(tx, incident_id=incident_id, at=ctx.now())
            await log(
                tx,
                at=ctx.now(),
                actor_id=actor_id,
                verb="close_incident",
                subject=("incident", incident_id),
            )
    return released


async def update_living_page(
    ctx: Context, *, actor_id: int, incident_id: int, text: str, review_at: datetime
) -> None:
    """Say how the incident stands, on its one page, and when to look again."""
    if review_at <= ctx.now() or len(text) > LONGEST_REASON:
        raise Invalid("Validation failed: The review must be in the future")
    async with ctx.transaction() as tx:
        if not await update_incident(
            tx, incident_id=incident_id, text=text.strip(), review_at=review_at
        ):
            raise IncidentNotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="update_incident",
            subject=("incident", incident_id),
        )


async def _open(tx: Transaction, incident_id: int) -> Incident:
    incident = await find_incident(tx, incident_id=incident_id)
    if incident is None or incident.closed_at is not None:
        raise IncidentNotFound
    return incident
