"""Break-glass: powers of the other team, for four hours, with a second person's word.

asked → open → ended → reviewed. Both leads hear of every step, and everything is written down.
"""

from watertower.accounts.model import Permission
from watertower.accounts.queries.roles import find_permissions
from watertower.accounts.steps.powers import holds_powers, lend
from watertower.base.context import Context
from watertower.base.db.transaction import Row, Transaction
from watertower.base.events import record
from watertower.moderation.errors.team import (
    NotForYourself,
    NotTheLead,
    NotYet,
    SameTeam,
    WordsMissing,
)
from watertower.moderation.events import PowersLent
from watertower.moderation.model.team import (
    LOAN_LASTS,
    SHIPPED,
    State,
)
from watertower.moderation.queries.break_glass import (
    insert_asked,
    lock_loan,
    update_loan,
    update_loan_reviewed,
)
from watertower.moderation.queries.team import find_membership
from watertower.moderation.steps.loans import end_in, tell_leads
from watertower.moderation.steps.log import log
from watertower.moderation.steps.team import leads_of, may_administer, team_named


async def ask_for_powers(ctx: Context, *, actor_id: int, team: str, reason: str) -> int:
    """Ask for the powers of another team; the id of the request. Nothing is granted yet.

    Members of a team and administrators may ask. Raises WordsMissing, SameTeam, NotTheLead,
    NotYet while a request of theirs is open.
    """
    if not reason.strip():
        raise WordsMissing("reason", "Say what happened and what you need the powers for")
    async with ctx.transaction() as tx:
        found = await team_named(tx, name=team)
        if found.name not in SHIPPED:
            raise NotYet("This team has no powers to lend")
        stay = await find_membership(tx, account_id=actor_id)
        if stay is not None and stay.team == team:
            raise SameTeam
        is_staff = stay is not None and stay.state is State.ACTIVE
        if not is_staff and not await may_administer(tx, account_id=actor_id):
            raise NotTheLead("Only people of a team and administrators may ask")
        if is_staff and not await holds_powers(tx, account_id=actor_id):
            raise NotTheLead("Your own powers are locked")
        loan_id = await insert_asked(
            tx, account_id=actor_id, team=team, reason=reason.strip()[:2000], at=ctx.now()
        )
        if loan_id is None:
            raise NotYet("A request of yours is open")
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="ask_for_powers",
            subject=("break_glass", loan_id),
            reason=reason.strip()[:500],
            details={"team": team},
        )
        await tell_leads(
            tx,
            subject="Emergency powers are asked for",
            text=f"Powers of the team {found.title} for four hours. Reason: {reason.strip()[:1000]}",
        )
        await record(tx, PowersLent(loan_id=loan_id))
    return loan_id


async def agree_to_powers(ctx: Context, *, actor_id: int, loan_id: int) -> None:
    """A second authorised person agrees: the powers open for four hours. Twice is no error.

    Authorised are the leads of both teams and administrators. Raises NotForYourself, NotTheLead.
    """
    async with ctx.transaction() as tx:
        loan = await _asked(tx, actor_id=actor_id, loan_id=loan_id)
        if loan["state"] == "open" and loan["agreed_by_account_id"] == actor_id:
            return
        if loan["state"] != "asked":
            raise NotYet
        at = ctx.now()
        until = at + LOAN_LASTS
        await update_loan(tx, loan_id=loan_id, state="open", at=at, agreed_by=actor_id, until=until)
        await lend(
            tx,
            account_id=loan["account_id"],
            permissions=SHIPPED[loan["team"]].powers,
            until=until,
        )
        await log(
            tx,
            at=at,
            actor_id=actor_id,
            verb="lend_powers",
            subject=("account", loan["account_id"]),
            reason=loan["reason"][:500],
            details={"team": loan["team"], "until": until.isoformat()},
        )
        await tell_leads(
            tx,
            subject="Emergency powers are open",
            text=f"{loan['username']} holds powers of the team {loan['team']} until "
            f"{until:%H:%M} UTC. They end by themselves and are reviewed within 72 hours.",
        )
        await record(tx, PowersLent(loan_id=loan_id))


async def decline_powers(ctx: Context, *, actor_id: int, loan_id: int) -> None:
    """Say no; or take one's own request back."""
    async with ctx.transaction() as tx:
        loan = await lock_loan(tx, loan_id=loan_id)
        if loan is None:
            raise NotTheLead
        if loan["account_id"] != actor_id:
            loan = await _asked(tx, actor_id=actor_id, loan_id=loan_id)
        if loan["state"] == "declined":
            return
        if loan["state"] != "asked":
            raise NotYet
        await update_loan(tx, loan_id=loan_id, state="declined", at=ctx.now())
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="decline_powers",
            subject=("break_glass", loan_id),
        )


async def end_powers(ctx: Context, *, actor_id: int, loan_id: int) -> None:
    """End it early: whoever holds them, or any authorised person."""
    async with ctx.transaction() as tx:
        loan = await lock_loan(tx, loan_id=loan_id)
        if loan is None:
            raise NotTheLead
        if loan["account_id"] != actor_id:
            await _asked(tx, actor_id=actor_id, loan_id=loan_id)
        if loan["state"] != "open":
            return
        await end_in(tx, at=ctx.now(), loan=loan, by=actor_id)


async def review_powers(ctx: Context, *, actor_id: int, loan_id: int, words: str) -> None:
    """Say what was done with it, and whether that was right. Within 72 hours; by somebody else."""
    if not words.strip():
        raise WordsMissing("words", "Say what was done and whether it was right")
    async with ctx.transaction() as tx:
        loan = await _asked(tx, actor_id=actor_id, loan_id=loan_id)
        if loan["state"] == "reviewed":
            return
        if loan["state"] != "ended":
            raise NotYet
        await update_loan_reviewed(
            tx, loan_id=loan_id, by=actor_id, words=words.strip()[:4000], at=ctx.now()
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="review_powers",
            subject=("break_glass", loan_id),
            reason=words.strip()[:500],
        )
        await record(tx, PowersLent(loan_id=loan_id))


async def _asked(tx: Transaction, *, actor_id: int, loan_id: int) -> Row:
    """The request, for an authorised person who is not the one it is for."""
    loan = await lock_loan(tx, loan_id=loan_id)
    leads = await leads_of(tx, teams=list(SHIPPED), or_administrators=False)
    held = await find_permissions(tx, account_id=actor_id)
    leads_now = actor_id in leads and held & (
        Permission.LEAD_MODERATION | Permission.LEAD_INFRASTRUCTURE
    )
    if loan is None or not (leads_now or await may_administer(tx, account_id=actor_id)):
        raise NotTheLead("Only the leads of both teams and administrators may")
    if loan["account_id"] == actor_id:
        raise NotForYourself("A second person has to agree")
    return loan
