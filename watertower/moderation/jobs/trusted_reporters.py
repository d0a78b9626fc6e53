"""Trusted reporters: candidates once a month, the direct line at once, clocks."""

from watertower.accounts.queries.accounts import find_account
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.feeds.steps.notify import notify_all
from watertower.moderation.model.trusted_reporters import LEAST_GOOD_REPORTS, LOOKED_BACK
from watertower.moderation.queries.reports import list_reports_by_id
from watertower.moderation.queries.trusted_reporters import (
    end_invitations,
    find_trusted,
    insert_urgent,
    judge_by_outcome,
    note_looks,
    pause_unrenewed,
    upsert_candidates,
)
from watertower.moderation.steps.share_out import choose_duty_pair
from watertower.moderation.steps.team import leads_of, tell


@job(Lane.SCHEDULED)
async def find_candidates(ctx: Context) -> None:
    """Once a month: members whose reports led to action and said what and why."""
    async with ctx.transaction() as tx:
        await upsert_candidates(
            tx, since=ctx.now() - LOOKED_BACK, at=ctx.now(), at_least=LEAST_GOOD_REPORTS
        )


@job(Lane.SCHEDULED)
async def watch_trusted_reporters(ctx: Context) -> None:
    """Invitations end after 30 days, the trust after a year; and how fast calls were answered."""
    async with ctx.transaction() as tx:
        await note_looks(tx)
        await end_invitations(tx, at=ctx.now())
        paused = await pause_unrenewed(tx, at=ctx.now())
        await tell(
            tx,
            account_ids=paused,
            subject="Your direct line to the moderators pauses",
            text="The year is over. Say whether you want to go on; there is no hurry.",
            path="/account/volunteering",
        )


@job(Lane.LOCAL)
async def page_duty(ctx: Context, *, report_id: int) -> None:
    """A trusted reporter reported: call the two who are on duty, once, and start the clock."""
    async with ctx.transaction() as tx:
        found = await list_reports_by_id(tx, report_ids=[report_id])
        if not found or found[0].case_id is None:
            return
        report = found[0]
        trusted = await find_trusted(tx, account_id=report.account_id)
        if trusted is None or trusted["state"] != "active":
            return
        pair = await choose_duty_pair(tx, at=ctx.now(), case_id=report.case_id or 0)
        # Where nobody is on duty the lead is called: better than nobody.
        pair = pair or [
            one
            for one in await leads_of(tx, teams=["moderation"])
            if one not in {report.account_id, report.target_account_id}
        ]
        if not await insert_urgent(
            tx,
            report_id=report_id,
            case_id=report.case_id,
            account_id=report.account_id,
            is_time_critical=report.is_time_critical,
            paged=pair,
            at=ctx.now(),
        ):
            return
        reporter = await find_account(tx, account_id=report.account_id)
        await notify_all(
            tx,
            ctx,
            accounts_and_subjects=[(one, report_id) for one in pair],
            from_account_id=report.account_id,
            kind="admin.report",
            status_id=None,
        )
        await tell(
            tx,
            account_ids=pair,
            subject="Time-critical: a trusted reporter calls you"
            if report.is_time_critical
            else "A trusted reporter filed a report",
            text=f"@{reporter.username if reporter else 'somebody'} filed it just now. You are on "
            "duty; please look at once.",
            path=f"/desk/cases/{report.case_id}",
        )


@job(Lane.LOCAL)
async def judge_calls(ctx: Context, *, case_id: int) -> None:
    """A case that led to action was worth the call; what did not, a moderator judges."""
    async with ctx.transaction() as tx:
        await note_looks(tx)
        await judge_by_outcome(tx, case_id=case_id)
