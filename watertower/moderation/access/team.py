"""Teams for those who look: the desk, the public page, and one's own place in a team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from watertower.accounts.queries.powers import SEPARATED
from watertower.accounts.queries.site import site_setting
from watertower.base.context import Context
from watertower.base.db.transaction import Reading, Row
from watertower.moderation.model.team import (
    MEMBERS_LEAST,
    MEMBERS_MOST,
    Availability,
    Gates,
    Membership,
    Paper,
    State,
    Team,
)
from watertower.moderation.queries.break_glass import list_findings, list_loans
from watertower.moderation.queries.positions import list_positions
from watertower.moderation.queries.team import find_membership, list_members
from watertower.moderation.queries.team_availability import (
    find_availability,
    list_availability,
    list_case_languages,
    list_exposure,
)
from watertower.moderation.queries.team_papers import list_acceptances
from watertower.moderation.queries.trusted_reporters import find_trusted
from watertower.moderation.queries.volunteers import (
    find_open_call,
    list_open_calls,
    list_own_applications,
)
from watertower.moderation.steps.onboarding import gates_of, papers_of
from watertower.moderation.steps.team import list_teams, may_administer, team_named

SHOWN_AFTER_LEAVING = timedelta(days=30)
EXPOSURE_OF = timedelta(days=30)
LANGUAGES_OF = timedelta(days=90)


@dataclass(frozen=True)
class Coverage:
    """When somebody is there, in which languages, and what is missing."""

    hours: Sequence[int]  # 168 numbers: how many are there in this hour of the week
    languages: Mapping[str, int]  # how many read it
    away: int
    unread: Sequence[str]  # languages of cases that nobody reads
    advice: Sequence[str]


@dataclass(frozen=True)
class TeamSeen:
    """One team as the desk shows it."""

    team: Team
    lead: Membership | None
    members: Sequence[Membership]
    gates: Mapping[int, Gates]  # of those in onboarding, for the lead
    coverage: Coverage | None  # for people of the team
    is_mine: bool
    i_lead: bool


@dataclass(frozen=True)
class TeamDesk:
    """What the page of the teams shows this viewer."""

    teams: Sequence[TeamSeen]
    exposure: Sequence[Row]  # for the lead of moderation
    findings: Sequence[Row]  # for leads and administrators
    are_separated: bool
    may_administer: bool
    mine: Membership | None


async def are_duties_separated(tx: Reading) -> bool:
    """Whether a team moderates, so that administrators do not look into cases."""
    return bool(await site_setting(tx, SEPARATED, False))


async def team_desk(ctx: Context, *, viewer_id: int) -> TeamDesk:
    """The teams; private figures only for those whose they are."""
    at = ctx.now()
    async with ctx.reading() as tx:
        mine = await find_membership(tx, account_id=viewer_id)
        i_lead = mine is not None and mine.is_lead and mine.state is State.ACTIVE
        i_lead = i_lead and mine is not None and not mine.is_locked(at)
        administers = await may_administer(tx, account_id=viewer_id)
        members = await list_members(tx, left_since=at - SHOWN_AFTER_LEAVING)
        seen = []
        for team in await list_teams(tx):
            here = [one for one in members if one.team == team.name]
            is_mine = mine is not None and mine.team == team.name
            leads = is_mine and i_lead
            coming = [one.account_id for one in here if one.state is State.ONBOARDING]
            seen.append(
                TeamSeen(
                    team,
                    next((one for one in here if one.is_lead), None),
                    here,
                    await gates_of(tx, team=team, account_ids=coming) if leads else {},
                    await _coverage(tx, at=at, team=team, members=here) if is_mine else None,
                    is_mine,
                    leads,
                )
            )
        leads_moderation = i_lead and mine is not None and mine.team == "moderation"
        return TeamDesk(
            seen,
            await list_exposure(tx, since=at - EXPOSURE_OF) if leads_moderation else [],
            await list_findings(tx) if i_lead or administers else [],
            await are_duties_separated(tx),
            administers,
            mine,
        )


async def _coverage(
    tx: Reading, *, at: datetime, team: Team, members: Sequence[Membership]
) -> Coverage:
    hours = [0] * 168
    languages: dict[str, int] = {}
    away = 0
    for row in await list_availability(tx, team=team.name):
        is_away = row["away_from"] is not None and row["away_from"] <= at
        if is_away and (row["away_until"] is None or row["away_until"] > at):
            away += 1
            continue
        for hour in row["hours"]:
            hours[hour] += 1
        for language in row["languages"]:
            languages[language] = languages.get(language, 0) + 1
    unread: list[str] = []
    if team.name == "moderation":
        came = await list_case_languages(tx, since=at - LANGUAGES_OF)
        unread = [row["language"] for row in came if row["language"] not in languages]
    active = [one for one in members if one.state is State.ACTIVE and not one.is_lead]
    advice = []
    if len(active) < MEMBERS_LEAST:
        advice.append(
            f"{len(active)} active beside the lead; {MEMBERS_LEAST} to {MEMBERS_MOST} carry a team "
            "well. Recruit."
        )
    elif len(active) > MEMBERS_MOST:
        advice.append(f"{len(active)} active beside the lead: more than {MEMBERS_MOST}.")
    if bare := sum(1 for count in hours if count == 0):
        advice.append(f"Nobody is there in {bare} of the 168 hours of the week.")
    if unread:
        advice.append(f"Nobody reads {', '.join(unread)}: look for people who do.")
    return Coverage(hours, dict(sorted(languages.items())), away, unread, advice)


@dataclass(frozen=True)
class PublicTeam:
    """The page for everybody: who is in which team, and who holds what."""

    teams: Sequence[tuple[Team, Sequence[Membership]]]
    positions: Sequence[Row]
    calls: Sequence[Row]
    are_separated: bool


async def public_team(ctx: Context) -> PublicTeam:
    """Names, roles and states; nothing of cases, hours or reasons."""
    at = ctx.now()
    async with ctx.reading() as tx:
        members = await list_members(tx, left_since=at - SHOWN_AFTER_LEAVING)
        return PublicTeam(
            [
                (team, [one for one in members if one.team == team.name])
                for team in await list_teams(tx)
            ],
            [row for row in await list_positions(tx) if row["is_public"]],
            await list_open_calls(tx, at=at),
            await are_duties_separated(tx),
        )


@dataclass(frozen=True)
class OwnPlace:
    """A member's own page."""

    stay: Membership | None
    team: Team | None
    papers: Sequence[tuple[Paper, bool]]  # with whether it was accepted
    gates: Gates | None
    availability: Availability
    applications: Sequence[Row]
    trusted: Row | None
    calls: Sequence[Row]
    positions: Sequence[Row]  # one's own, held, deputised or coming
    is_locked: bool


async def own_place(ctx: Context, *, account_id: int) -> OwnPlace:
    """Where somebody stands: team, gates, papers, availability, applications, direct line."""
    at = ctx.now()
    async with ctx.reading() as tx:
        stay = await find_membership(tx, account_id=account_id)
        team = await team_named(tx, name=stay.team) if stay else None
        papers: list[tuple[Paper, bool]] = []
        gates = None
        if team is not None:
            accepted = await list_acceptances(tx, account_id=account_id, team=team.name)
            papers = [
                (paper, accepted.get(paper.name, 0) >= paper.version)
                for paper in await papers_of(tx, team=team.name)
            ]
            gates = (await gates_of(tx, team=team, account_ids=[account_id]))[account_id]
        trusted = await find_trusted(tx, account_id=account_id)
        return OwnPlace(
            stay,
            team,
            papers,
            gates,
            await find_availability(tx, account_id=account_id),
            await list_own_applications(tx, account_id=account_id),
            # Whoever is only on a list does not know of the list.
            trusted if trusted and trusted["state"] != "candidate" else None,
            await list_open_calls(tx, at=at),
            [
                row
                for row in await list_positions(tx)
                if account_id
                in {
                    row["holder_account_id"],
                    row["deputy_account_id"],
                    row["successor_account_id"],
                }
            ],
            stay is not None and stay.is_locked(at),
        )


async def open_call_of(ctx: Context, *, team: str) -> tuple[Team, Row | None]:
    """A team and its open call. Raises TeamNotFound."""
    async with ctx.reading() as tx:
        return await team_named(tx, name=team), await find_open_call(tx, team=team, at=ctx.now())


async def emergency_desk(ctx: Context) -> list[Row]:
    """Requests for emergency powers, newest first."""
    async with ctx.reading() as tx:
        return await list_loans(tx)


async def positions_desk(ctx: Context) -> list[Row]:
    """All positions."""
    async with ctx.reading() as tx:
        return await list_positions(tx)


async def papers_for(ctx: Context, *, team: str) -> list[Paper]:
    """The covenant and the training of a team, as they are now."""
    async with ctx.reading() as tx:
        return await papers_of(tx, team=team)
