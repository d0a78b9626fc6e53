"""Take somebody into a team: its first lead, or somebody whom the lead knows."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.team import MemberNotFound, NotTheLead, WordsMissing
from watertower.moderation.model.team import State
from watertower.moderation.queries.team import (
    find_lead,
    find_member_named,
    find_membership,
    insert_exception,
    update_mentor,
)
from watertower.moderation.steps.log import log
from watertower.moderation.steps.onboarding import settle_lock
from watertower.moderation.steps.team import (
    join,
    may_administer,
    require_lead,
    stay_of,
    team_named,
    tell,
)


async def appoint_lead(ctx: Context, *, team: str, username: str, by: int | None = None) -> int:
    """Make somebody the first lead of a team that has none; the id of their stay.

    By the operator (`by` None) or an administrator. Their powers are locked until they accepted
    the covenant and did the training. Raises LeadThere, AlreadyInTeam, AdministersInstead,
    StaysLonger, MayNotJoin, TeamNotFound, MemberNotFound, NotTheLead.
    """
    async with ctx.transaction() as tx:
        if by is not None and not await may_administer(tx, account_id=by):
            raise NotTheLead("Only an administrator may appoint the first lead of a team")
        found = await team_named(tx, name=team)
        account_id = await _named(tx, username)
        made = await join(tx, at=ctx.now(), team=found, account_id=account_id, by=by, as_lead=True)
        stay = await stay_of(tx, account_id=account_id, team=team)
        await settle_lock(tx, at=ctx.now(), stay=stay)
        await tell(
            tx,
            account_ids=[account_id],
            subject=f"You lead the team {found.title}",
            text="Accept the covenant and read the training: your powers open then.",
            path="/account/volunteering",
        )
    return made


async def add_member(
    ctx: Context, *, actor_id: int, team: str, username: str, mentor: str = ""
) -> int:
    """Take somebody into one's team without a call; onboarding begins. The id of their stay.

    Raises NotTheLead, PowersLocked and everything of `join`.
    """
    async with ctx.transaction() as tx:
        await require_lead(tx, at=ctx.now(), actor_id=actor_id, team=team)
        found = await team_named(tx, name=team)
        account_id = await _named(tx, username)
        mentor_id = await _mentor(tx, mentor, team=team, but=account_id)
        made = await join(
            tx, at=ctx.now(), team=found, account_id=account_id, by=actor_id, mentor_id=mentor_id
        )
        await tell(
            tx,
            account_ids=[account_id],
            subject=f"Welcome to the team {found.title}",
            text="Your onboarding begins: the covenant, the training, and practice.",
            path="/account/volunteering",
        )
    return made


async def pair(ctx: Context, *, actor_id: int, team: str, account_id: int, mentor: str) -> None:
    """Say who helps somebody in; "" for nobody. Raises NotTheLead, MemberNotFound."""
    async with ctx.transaction() as tx:
        await require_lead(tx, at=ctx.now(), actor_id=actor_id, team=team)
        stay = await stay_of(tx, account_id=account_id, team=team)
        mentor_id = await _mentor(tx, mentor, team=team, but=account_id)
        await update_mentor(tx, membership_id=stay.id, mentor_id=mentor_id)
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="pair_mentor",
            subject=("account", account_id),
            details={"mentor": str(mentor_id)} if mentor_id else None,
        )


async def agree_to_change(
    ctx: Context, *, actor_id: int, username: str, from_team: str, to_team: str, reason: str
) -> None:
    """A lead agrees that somebody changes teams before three months; both leads have to.

    Raises NotTheLead, WordsMissing, MemberNotFound.
    """
    if not reason.strip():
        raise WordsMissing("reason", "Say why")
    async with ctx.transaction() as tx:
        account_id = await _named(tx, username)
        stay = await find_membership(tx, account_id=actor_id)
        lead_of = stay.team if stay is not None else ""
        if lead_of not in {from_team, to_team}:
            raise NotTheLead
        await require_lead(tx, at=ctx.now(), actor_id=actor_id, team=lead_of)
        await team_named(tx, name=from_team)
        await team_named(tx, name=to_team)
        if await insert_exception(
            tx,
            account_id=account_id,
            from_team=from_team,
            to_team=to_team,
            agreed_by=actor_id,
            as_lead_of=lead_of,
            reason=reason.strip()[:500],
            at=ctx.now(),
        ):
            await log(
                tx,
                at=ctx.now(),
                actor_id=actor_id,
                verb="agree_to_team_change",
                subject=("account", account_id),
                reason=reason.strip()[:500],
                details={"from": from_team, "to": to_team, "as_lead_of": lead_of},
            )


async def _named(tx: Transaction, username: str) -> int:
    account_id = await find_member_named(tx, username=username)
    if account_id is None:
        raise MemberNotFound("Nobody here is called that")
    return account_id


async def _mentor(tx: Transaction, username: str, *, team: str, but: int) -> int | None:
    """An experienced member of the same team: active, and somebody else."""
    if not username.strip():
        lead = await find_lead(tx, team=team)
        return lead.account_id if lead is not None and lead.account_id != but else None
    account_id = await _named(tx, username)
    stay = await find_membership(tx, account_id=account_id)
    if stay is None or stay.team != team or stay.state is not State.ACTIVE or account_id == but:
        raise MemberNotFound("The mentor has to be an active member of the team")
    return account_id
