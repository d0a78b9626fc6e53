"""Incidents for which servers are limited: public pages, and the desk's."""

from dataclasses import dataclass

from watertower.accounts.servers import obfuscated
from watertower.base.context import Context
from watertower.moderation.errors.server_incidents import IncidentNotFound
from watertower.moderation.model.server_incidents import Incident
from watertower.moderation.model.servers import Decision
from watertower.moderation.queries.server_decisions import list_of_cause
from watertower.moderation.queries.server_incidents import find_incident, list_incidents


async def incidents(ctx: Context) -> list[Incident]:
    """Incidents, latest first."""
    async with ctx.reading() as tx:
        return await list_incidents(tx)


@dataclass(frozen=True)
class Held:
    """A server in an incident."""

    domain: str
    decision: Decision


async def incident_shown(
    ctx: Context, *, incident_id: int
) -> tuple[Incident, list[Held], list[Held]]:
    """(incident, limited now, released), as anybody may see them. Raises IncidentNotFound."""
    async with ctx.reading() as tx:
        incident = await find_incident(tx, incident_id=incident_id)
        if incident is None:
            raise IncidentNotFound
        decisions = await list_of_cause(tx, cause="incident", cause_id=incident_id)
    limited = [
        Held(obfuscated(one.domain) if one.obfuscates else one.domain, one)
        for one in decisions
        if not one.is_lifting and one.ended_at is None
    ]
    released = [Held(one.domain, one) for one in decisions if one.is_lifting]
    return incident, limited, released
