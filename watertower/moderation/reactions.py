"""What follows from reports: those who read them are told."""

from watertower.accounts.model import Permission
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.feeds.steps.notify import notify_all
from watertower.moderation.queries.reports import list_readers, list_reports_by_id
from watertower.moderation.queries.waves import count_before_in_hour

TOLD_PER_HOUR = 5


@job(Lane.LOCAL)
async def notify_moderators(ctx: Context, *, report_id: int) -> None:
    """Tell everybody who may handle reports, except the one who filed it.

    Of each hour the first five are told: 200 reports of a spam wave are not 200 mails.
    """
    readers = Permission.ADMINISTRATOR | Permission.MANAGE_REPORTS
    async with ctx.transaction() as tx:
        found = await list_reports_by_id(tx, report_ids=[report_id])
        if not found:
            return
        filed_at = found[0].created_at
        earlier = await count_before_in_hour(tx, report_id=report_id, filed_at=filed_at)
        if earlier >= TOLD_PER_HOUR:
            return
        about = found[0].target_account_id
        await notify_all(
            tx,
            ctx,
            accounts_and_subjects=[
                (account_id, report_id)
                for account_id in await list_readers(tx, permissions=int(readers))
                # Nobody hears here of a report about themselves.
                if account_id not in {found[0].account_id, about}
            ],
            from_account_id=found[0].account_id,
            kind="admin.report",
            status_id=None,
        )
