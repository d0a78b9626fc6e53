"""Clocks of the team: loans end, reviews are reminded of, nobody holds what nobody gave."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.moderation.model.team import HOLDER_SILENT_AFTER, SHIPPED, State
from watertower.moderation.queries.break_glass import (
    insert_finding,
    list_loans_over,
    list_loans_to_remind,
    list_ungiven_powers,
    settle_findings,
    update_loan_reminded,
)
from watertower.moderation.queries.positions import list_back, list_silent, update_position
from watertower.moderation.queries.team import list_administrators, lock_membership
from watertower.moderation.queries.volunteers import (
    list_due_applications,
    update_application_reminded,
)
from watertower.moderation.steps.loans import end_in, tell_leads
from watertower.moderation.steps.log import log
from watertower.moderation.steps.team import end_access, leads_of, tell

STAGES = (0.5, 0.9, 1.0)


@job(Lane.SCHEDULED)
async def end_loans(ctx: Context) -> None:
    """Take back what was lent for four hours, and remind of reviews that are due."""
    at = ctx.now()
    async with ctx.transaction() as tx:
        for loan in await list_loans_over(tx, at=at):
            await end_in(tx, at=at, loan=loan, by=None)
        for loan in await list_loans_to_remind(tx, at=at):
            span = loan["review_due_at"] - loan["ended_at"]
            stage = sum(at >= loan["ended_at"] + span * share for share in STAGES)
            await update_loan_reminded(tx, loan_id=loan["id"], stage=stage)
            await tell_leads(
                tx,
                subject="The review of emergency powers is "
                + ("overdue" if stage == len(STAGES) else "due soon"),
                text=f"{loan['username']} held powers of the team {loan['team']}. The review is "
                f"due {loan['review_due_at']:%d %B, %H:%M} UTC.",
            )


@job(Lane.SCHEDULED)
async def remind_of_applications(ctx: Context) -> None:
    """Tell the lead at half of the thirty days, at nine tenths, and when they are over."""
    at = ctx.now()
    async with ctx.transaction() as tx:
        for found in await list_due_applications(tx, at=at):
            span = found["due_at"] - found["created_at"]
            stage = sum(at >= found["created_at"] + span * share for share in STAGES)
            await update_application_reminded(tx, application_id=found["id"], stage=stage)
            await tell(
                tx,
                account_ids=await leads_of(tx, teams=[found["team"]]),
                subject="An application waits for your team",
                text="The answer is overdue."
                if stage == len(STAGES)
                else f"The answer is due {found['due_at']:%d %B}.",
                path="/desk/team/applications",
            )


@job(Lane.SCHEDULED)
async def check_powers(ctx: Context) -> None:
    """Every night: find roles that stand in the database and that no team gave, and say so."""
    at = ctx.now()
    async with ctx.transaction() as tx:
        found = await list_ungiven_powers(tx, at=at)
        await settle_findings(tx, but=[row["account_id"] for row in found], at=at)
        new = []
        for row in found:
            finding_id = await insert_finding(
                tx, account_id=row["account_id"], role_id=row["role_id"], what=row["what"], at=at
            )
            if finding_id is None:
                continue
            new.append(row)
            await log(
                tx,
                at=at,
                actor_id=None,
                verb="find_ungiven_powers",
                subject=("account", row["account_id"]),
                reason=row["what"],
                details={"role": row["role"]},
            )
        if not new:
            return
        told = [*await leads_of(tx, teams=list(SHIPPED)), *await list_administrators(tx)]
        lines = "; ".join(f"@{row['username']} ({row['role']}) {row['what']}" for row in new)
        await tell(
            tx,
            account_ids=told,
            subject="Somebody holds powers that no team gave",
            text=f"{lines}.",
            path="/desk/team",
        )


@job(Lane.SCHEDULED)
async def watch_positions(ctx: Context) -> None:
    """A holder who is silent for 14 days, or gone, is stood in for; when they are back, no more."""
    at = ctx.now()
    async with ctx.transaction() as tx:
        for row in await list_silent(tx, since=at - HOLDER_SILENT_AFTER):
            await update_position(tx, position_id=row["id"], at=at, acting_since=at)
            await log(tx, at=at, actor_id=None, verb="deputy_acts", subject=("position", row["id"]))
            await tell(
                tx,
                account_ids=[row["deputy_account_id"], *await leads_of(tx, teams=list(SHIPPED))],
                subject=f"The deputy acts: {row['title']}",
                text="The holder was not here for 14 days. A lead confirms it.",
                path="/desk/team/positions",
            )
        for row in await list_back(tx):
            await update_position(
                tx, position_id=row["id"], at=at, acting_since=None, acting_confirmed_by=None
            )
            await log(
                tx, at=at, actor_id=None, verb="holder_is_back", subject=("position", row["id"])
            )


@job(Lane.LOCAL)
async def part_from_team(ctx: Context, *, account_id: int) -> None:
    """A member's account is gone: so is their place in a team, and their cases go to others."""
    async with ctx.transaction() as tx:
        stay = await lock_membership(tx, account_id=account_id)
        if stay is not None:
            await end_access(
                tx,
                at=ctx.now(),
                stay=stay,
                state=State.LEFT,
                by=None,
                because="The account was deleted",
            )
