"""Powers that were lent end here, by the clock or by somebody, and both leads hear of it."""

from datetime import datetime

from watertower.accounts.steps.powers import end_loan
from watertower.base.db.transaction import Row, Transaction
from watertower.base.events import record
from watertower.moderation.events import PowersLent
from watertower.moderation.model.team import LOAN_REVIEW_WITHIN, SHIPPED
from watertower.moderation.queries.break_glass import update_loan
from watertower.moderation.steps.log import log
from watertower.moderation.steps.team import leads_of, tell


async def end_in(tx: Transaction, *, at: datetime, loan: Row, by: int | None) -> None:
    """Take the powers back; the review is due from now."""
    await end_loan(tx, account_id=loan["account_id"])
    await update_loan(
        tx,
        loan_id=loan["id"],
        state="ended",
        at=at,
        ended_at=at,
        review_due_at=at + LOAN_REVIEW_WITHIN,
    )
    await log(
        tx,
        at=at,
        actor_id=by,
        verb="end_powers",
        subject=("account", loan["account_id"]),
        details={"team": loan["team"]},
    )
    await tell_leads(
        tx,
        subject="Emergency powers ended",
        text=f"{loan['username']} no longer holds powers of the team {loan['team']}. "
        "Please review what was done within 72 hours.",
    )
    await record(tx, PowersLent(loan_id=loan["id"]))


async def tell_leads(tx: Transaction, *, subject: str, text: str) -> None:
    """Both leads; administrators in the place of a lead that is missing."""
    await tell(
        tx,
        account_ids=await leads_of(tx, teams=list(SHIPPED)),
        subject=subject,
        text=text,
        path="/desk/team/emergency",
    )
