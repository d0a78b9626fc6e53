"""Applications for those of the team who read them; nobody reads about themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.context import Context
from watertower.base.db.transaction import Row
from watertower.base.errors import NotFound
from watertower.base.ids import MAX_ID
from watertower.base.json import from_json
from watertower.moderation.model.team import Membership, State
from watertower.moderation.queries.team import find_membership, list_members
from watertower.moderation.queries.volunteers import (
    count_lives,
    find_application,
    find_open_call,
    list_applications,
    list_reviews,
)
from watertower.moderation.steps.log import log
from watertower.moderation.steps.team import require_member

AT_LEAST = 5  # people behind any number about lives
SHOWN = 40


@dataclass(frozen=True)
class ApplicationsDesk:
    """The page of applications to the viewer's team."""

    stay: Membership
    applications: Sequence[Row]
    call: Row | None
    lives: Sequence[Row]  # counts, for the lead


@dataclass(frozen=True)
class ApplicationSeen:
    """One application with what the team thinks of it."""

    application: Row
    concepts: Sequence[tuple[str, str]]  # question, answer
    examples: Sequence[tuple[str, str]]
    reviews: Sequence[Row]
    mentors: Sequence[Membership]
    i_lead: bool


async def applications_desk(
    ctx: Context, *, viewer_id: int, with_decided: bool = False, before_id: int = MAX_ID
) -> ApplicationsDesk:
    """Applications to one's own team. Raises NotTheLead outside of teams, PowersLocked."""
    async with ctx.reading() as tx:
        found = await find_membership(tx, account_id=viewer_id)
        team = found.team if found else ""
        stay = await require_member(tx, at=ctx.now(), actor_id=viewer_id, team=team)
        return ApplicationsDesk(
            stay,
            await list_applications(
                tx,
                team=stay.team,
                viewer_id=viewer_id,
                before_id=before_id,
                limit=SHOWN,
                with_decided=with_decided,
            ),
            await find_open_call(tx, team=stay.team, at=ctx.now()),
            await count_lives(tx, team=stay.team, at_least=AT_LEAST) if stay.is_lead else [],
        )


async def application_for(ctx: Context, *, viewer_id: int, application_id: int) -> ApplicationSeen:
    """One application, for somebody of its team who is not the applicant. The look is logged."""
    async with ctx.transaction() as tx:
        found = await find_application(tx, application_id=application_id)
        if found is None or found["account_id"] == viewer_id:
            raise NotFound
        stay = await require_member(tx, at=ctx.now(), actor_id=viewer_id, team=found["team"])
        members = await list_members(tx, team=found["team"], left_since=ctx.now())
        await log(
            tx,
            at=ctx.now(),
            actor_id=viewer_id,
            verb="read_application",
            subject=("application", application_id),
        )
        return ApplicationSeen(
            found,
            list(zip(from_json(found["questions"]), from_json(found["concepts"]), strict=False)),
            list(zip(from_json(found["tasks"]), from_json(found["examples"]), strict=False)),
            await list_reviews(tx, application_id=application_id),
            [one for one in members if one.state is State.ACTIVE],
            stay.is_lead,
        )
