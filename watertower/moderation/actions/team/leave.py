"""Step back, come back, leave, hand the lead over. Access ends in the same moment."""

from watertower.base.context import Context
from watertower.moderation.errors.team import (
    HasCaseOfYours,
    LeadStands,
    MemberNotFound,
    NotYet,
    WordsMissing,
)
from watertower.moderation.model.team import State
from watertower.moderation.queries.team import list_members, lock_membership
from watertower.moderation.queries.team_cases import has_case_about
from watertower.moderation.steps.onboarding import settle_lock
from watertower.moderation.steps.team import (
    end_access,
    leads_of,
    move,
    require_lead,
    stay_of,
    team_named,
    tell,
)


async def pause(ctx: Context, *, account_id: int, reason: str = "") -> None:
    """Step back for a while. Cases are handed over, powers end now. Twice is no error."""
    async with ctx.transaction() as tx:
        stay = await lock_membership(tx, account_id=account_id)
        if stay is None:
            raise MemberNotFound
        if stay.state is State.PAUSED:
            return
        if stay.state is not State.ACTIVE:
            raise NotYet
        await end_access(
            tx, at=ctx.now(), stay=stay, state=State.PAUSED, by=account_id, because=reason[:500]
        )
        leads = await leads_of(tx, teams=[stay.team])
        await tell(
            tx,
            account_ids=[one for one in leads if one != account_id],
            subject=f"{stay.username} pauses",
            text="Their open cases were handed over.",
            path="/desk/team",
        )


async def resume(ctx: Context, *, account_id: int) -> None:
    """Come back after a pause, with the role of before; what is new has to be accepted first."""
    async with ctx.transaction() as tx:
        stay = await lock_membership(tx, account_id=account_id)
        if stay is None:
            raise MemberNotFound
        if stay.state is State.ACTIVE:
            return
        if stay.state is not State.PAUSED:
            raise NotYet
        team = await team_named(tx, name=stay.team)
        await move(
            tx,
            at=ctx.now(),
            stay=stay,
            state=State.ACTIVE,
            is_lead=stay.is_lead,
            role_id=team.lead_role_id if stay.is_lead else team.member_role_id,
            by=account_id,
            change="resume",
        )
        await settle_lock(
            tx, at=ctx.now(), stay=await stay_of(tx, account_id=account_id, team=stay.team)
        )


async def leave(
    ctx: Context, *, account_id: int, reason: str = "", is_announced: bool = False
) -> None:
    """Leave the team for good. `is_announced`: the page of the team says so for a month."""
    async with ctx.transaction() as tx:
        stay = await lock_membership(tx, account_id=account_id)
        if stay is None:
            return  # sent twice
        rest = [one for one in await leads_of(tx, teams=[stay.team]) if one != account_id]
        await end_access(
            tx,
            at=ctx.now(),
            stay=stay,
            state=State.LEFT,
            by=account_id,
            because=reason[:500],
            is_announced=is_announced,
        )
        if not rest:  # the lead leaves: everybody in the team hears of it
            rest = [
                one.account_id
                for one in await list_members(tx, team=stay.team, left_since=ctx.now())
                if one.state is State.ACTIVE
            ]
        await tell(
            tx,
            account_ids=rest,
            subject=f"{stay.username} left the team",
            text="Access ended and open cases were handed over.",
            path="/desk/team",
        )


async def remove(
    ctx: Context, *, actor_id: int | None, team: str, account_id: int, reason: str
) -> None:
    """End somebody's stay, with a reason that they are told. The lead does, or the operator.

    Raises NotTheLead (administrators remove nobody), LeadStands, WordsMissing, MemberNotFound,
    HasCaseOfYours: nobody removes whoever moderates them.
    """
    if not reason.strip():
        raise WordsMissing("reason", "Say why; they are told")
    async with ctx.transaction() as tx:
        if actor_id is not None:
            await require_lead(tx, at=ctx.now(), actor_id=actor_id, team=team)
        stay = await stay_of(tx, account_id=account_id, team=team)
        if actor_id is not None and stay.is_lead:
            raise LeadStands
        if actor_id is not None and await has_case_about(
            tx, moderator_id=account_id, account_id=actor_id
        ):
            raise HasCaseOfYours
        await end_access(
            tx,
            at=ctx.now(),
            stay=stay,
            state=State.LEFT,
            by=actor_id,
            because=reason.strip()[:500],
        )
        told = [account_id]
        if actor_id is None:  # by the operator: nobody of the team learns it from silence
            told += [
                one.account_id
                for one in await list_members(tx, team=team, left_since=ctx.now())
                if one.state is not State.LEFT
            ]
        await tell(
            tx,
            account_ids=told,
            subject=f"{stay.username} is no longer in the team",
            text=f"The reason given: {reason.strip()[:500]}",
            path="/about/team",
        )


async def hand_lead(ctx: Context, *, actor_id: int, team: str, account_id: int) -> None:
    """The lead hands the lead to an active member and stays one. Raises NotTheLead, NotYet."""
    async with ctx.transaction() as tx:
        lead = await require_lead(tx, at=ctx.now(), actor_id=actor_id, team=team)
        stay = await stay_of(tx, account_id=account_id, team=team)
        if stay.account_id == lead.account_id:
            return
        if stay.state is not State.ACTIVE:
            raise NotYet("The next lead has to be an active member of the team")
        found = await team_named(tx, name=team)
        for one, role_id, is_lead in (
            (lead, found.member_role_id, False),
            (stay, found.lead_role_id, True),
        ):
            await move(
                tx,
                at=ctx.now(),
                stay=one,
                state=State.ACTIVE,
                is_lead=is_lead,
                role_id=role_id,
                by=actor_id,
                change="lead" if is_lead else "hand_lead",
            )
            await settle_lock(
                tx, at=ctx.now(), stay=await stay_of(tx, account_id=one.account_id, team=team)
            )
