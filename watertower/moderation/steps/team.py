"""Who is in which team, in the transaction of whatever changes it."""

from collections.abc import Sequence
from datetime import datetime

from watertower.accounts.capacities import ADMINISTERS
from watertower.accounts.queries.roles import find_permissions
from watertower.accounts.steps.powers import (
    EVERYBODY,
    give_role,
    lock_powers,
    separate_duties,
    take_role,
)
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.events import record
from watertower.moderation.errors.team import (
    AdministersInstead,
    AlreadyInTeam,
    LeadThere,
    MayNotJoin,
    MemberNotFound,
    NotTheLead,
    PowersLocked,
    StaysLonger,
    TeamNotFound,
)
from watertower.moderation.events import MembershipChanged, TeamTold
from watertower.moderation.model.team import SHIPPED, STAYS, Membership, State, Team
from watertower.moderation.queries.team import (
    find_joiner,
    find_last_stay,
    find_lead,
    find_membership,
    has_active_moderator,
    insert_membership,
    list_added_teams,
    list_administrators,
    list_exceptions,
    lock_membership,
    update_membership,
)
from watertower.moderation.steps.log import log
from watertower.moderation.steps.share_out import hand_over_cases


async def list_teams(tx: Reading) -> list[Team]:
    """The teams that are shipped, then those of the community's own."""
    added = [Team(**dict(row.items())) for row in await list_added_teams(tx)]
    return [*SHIPPED.values(), *added]


async def team_named(tx: Reading, *, name: str) -> Team:
    """The team; TeamNotFound."""
    for team in await list_teams(tx):
        if team.name == name:
            return team
    raise TeamNotFound


async def require_member(tx: Reading, *, at: datetime, actor_id: int, team: str) -> Membership:
    """The actor's active stay in this team. Raises NotTheLead, PowersLocked."""
    found = await find_membership(tx, account_id=actor_id)
    if found is None or found.team != team or found.state is not State.ACTIVE:
        raise NotTheLead("Only members of the team may do this")
    if found.is_locked(at):
        raise PowersLocked
    return found


async def require_lead(tx: Reading, *, at: datetime, actor_id: int, team: str) -> Membership:
    """The actor's stay as the lead of this team. Raises NotTheLead, PowersLocked."""
    found = await find_membership(tx, account_id=actor_id)
    if found is None or found.team != team or not found.is_lead or found.state is not State.ACTIVE:
        raise NotTheLead
    if found.is_locked(at):
        raise PowersLocked
    return found


async def stay_of(tx: Transaction, *, account_id: int, team: str) -> Membership:
    """The stay of somebody in this team, held. Raises MemberNotFound."""
    found = await lock_membership(tx, account_id=account_id)
    if found is None or found.team != team:
        raise MemberNotFound
    return found


async def join(
    tx: Transaction,
    *,
    at: datetime,
    team: Team,
    account_id: int,
    by: int | None,
    mentor_id: int | None = None,
    as_lead: bool = False,
) -> int:
    """Begin a stay: onboarding, or for the first lead of a team at once active. Its id.

    Raises AlreadyInTeam, AdministersInstead, StaysLonger, MayNotJoin, LeadThere. Whatever the
    login was allowed before ends before anything new is granted.
    """
    joiner = await find_joiner(tx, account_id=account_id)
    if joiner is None:
        raise MayNotJoin
    if await find_membership(tx, account_id=account_id) is not None:
        raise AlreadyInTeam
    if joiner["permissions"] & ADMINISTERS:
        raise AdministersInstead
    await _require_stayed(tx, at=at, account_id=account_id, team=team)
    if as_lead and await find_lead(tx, team=team.name) is not None:
        raise LeadThere
    state = State.ACTIVE if as_lead else State.ONBOARDING
    role_id = team.lead_role_id if as_lead else team.onboarding_role_id
    made = await insert_membership(
        tx,
        team=team.name,
        account_id=account_id,
        state=str(state),
        is_lead=as_lead,
        role_id=role_id,
        mentor_id=mentor_id,
        at=at,
        confirmed_at=at if as_lead else None,
    )
    if made is None:  # somebody was faster
        raise AlreadyInTeam
    await grant(tx, at=at, account_id=account_id, role_id=role_id, by=by, team=team.name)
    await changed(tx, at=at, account_id=account_id, team=team.name, change="join", by=by)
    return made


async def grant(
    tx: Transaction, *, at: datetime, account_id: int, role_id: int, by: int | None, team: str
) -> None:
    """The role of a stay: the old powers are revoked first, and both is written down."""
    await take_role(tx, account_id=account_id)
    await log(
        tx,
        at=at,
        actor_id=by,
        verb="revoke_powers",
        subject=("account", account_id),
        details={"team": team},
    )
    if role_id == EVERYBODY:
        return
    await give_role(tx, account_id=account_id, role_id=role_id)
    await log(
        tx,
        at=at,
        actor_id=by,
        verb="grant_powers",
        subject=("account", account_id),
        details={"team": team, "role_id": str(role_id)},
    )


async def move(
    tx: Transaction,
    *,
    at: datetime,
    stay: Membership,
    state: State,
    role_id: int,
    by: int | None,
    is_lead: bool = False,
    because: str = "",
    is_announced: bool = False,
    confirmed: bool = False,
    change: str,
) -> None:
    """Move a stay on, role and all."""
    await update_membership(
        tx,
        membership_id=stay.id,
        state=str(state),
        is_lead=is_lead,
        role_id=role_id,
        at=at,
        confirmed_at=at if confirmed else None,
        because=because,
        is_announced=is_announced,
    )
    await grant(tx, at=at, account_id=stay.account_id, role_id=role_id, by=by, team=stay.team)
    await changed(
        tx,
        at=at,
        account_id=stay.account_id,
        team=stay.team,
        change=change,
        by=by,
        because=because,
    )


async def end_access(
    tx: Transaction,
    *,
    at: datetime,
    stay: Membership,
    state: State,
    by: int | None,
    because: str,
    is_announced: bool = False,
) -> None:
    """Pause or leave: nothing is allowed any more from this moment, and open cases change hands."""
    await move(
        tx,
        at=at,
        stay=stay,
        state=state,
        # A lead who pauses stays the lead; somebody who left leads nothing.
        is_lead=stay.is_lead and state is State.PAUSED,
        role_id=EVERYBODY,
        by=by,
        because=because,
        is_announced=is_announced,
        change="pause" if state is State.PAUSED else "leave",
    )
    await hand_over_cases(tx, at=at, account_id=stay.account_id, by=by)


async def changed(
    tx: Transaction,
    *,
    at: datetime,
    account_id: int,
    team: str,
    change: str,
    by: int | None,
    because: str = "",
) -> None:
    """Write it down, and whether duties are separated now."""
    await log(
        tx,
        at=at,
        actor_id=by,
        verb=f"{change}_team",
        subject=("account", account_id),
        reason=because,
        details={"team": team},
    )
    await separate_duties(tx, are_separated=await has_active_moderator(tx))
    await record(tx, MembershipChanged(account_id=account_id, team=team, change=change))


async def lock(tx: Transaction, *, account_ids: list[int], locked_from: datetime | None) -> None:
    """From when on these people have to accept something before they may do anything."""
    await lock_powers(tx, account_ids=account_ids, locked_from=locked_from)


async def tell(
    tx: Transaction, *, account_ids: Sequence[int], subject: str, text: str, path: str
) -> None:
    """Mail these people, each once."""
    for account_id in dict.fromkeys(account_ids):
        await record(tx, TeamTold(account_id=account_id, subject=subject, text=text, path=path))


async def leads_of(
    tx: Reading, *, teams: Sequence[str], or_administrators: bool = True
) -> list[int]:
    """The leads of these teams; the administrators for a team without one."""
    found: list[int] = []
    for team in teams:
        lead = await find_lead(tx, team=team)
        if lead is not None:
            found.append(lead.account_id)
        elif or_administrators:
            found += await list_administrators(tx)
    return list(dict.fromkeys(found))


async def may_administer(tx: Reading, *, account_id: int) -> bool:
    """Whether somebody appoints people here."""
    held = await find_permissions(tx, account_id=account_id)
    return bool(held & ADMINISTERS)


async def _require_stayed(tx: Transaction, *, at: datetime, account_id: int, team: Team) -> None:
    """Three months in one team before the next, or both leads agreed."""
    last = await find_last_stay(tx, account_id=account_id)
    if last is None or last.team == team.name or last.joined_at + STAYS <= at:
        return
    agreed = await list_exceptions(
        tx,
        account_id=account_id,
        from_team=last.team,
        to_team=team.name,
        since=last.joined_at,
    )
    needed = {
        name for name in (last.team, team.name) if await find_lead(tx, team=name) is not None
    } or {"moderation"}
    if needed - agreed:
        raise StaysLonger
