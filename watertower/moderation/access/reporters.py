"""Trusted reporters for the team. Figures are private and advise; they never order people."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.context import Context
from watertower.base.db.transaction import Row
from watertower.moderation.model.team import Membership
from watertower.moderation.queries.trusted_reporters import list_trusted, list_urgent
from watertower.moderation.steps.team import require_member


@dataclass(frozen=True)
class ReportersDesk:
    """The page of the desk."""

    stay: Membership
    reporters: Sequence[Row]
    urgent: Sequence[Row]


async def reporters_desk(ctx: Context, *, viewer_id: int) -> ReportersDesk:
    """Candidates and trusted reporters, and the newest calls. Raises NotTheLead, PowersLocked."""
    async with ctx.reading() as tx:
        stay = await require_member(tx, at=ctx.now(), actor_id=viewer_id, team="moderation")
        return ReportersDesk(
            stay,
            await list_trusted(tx, viewer_id=viewer_id),
            await list_urgent(tx, viewer_id=viewer_id),
        )
