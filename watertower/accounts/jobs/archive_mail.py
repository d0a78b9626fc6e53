"""Tells a member that the archive can be fetched, and removes archives that are too old."""

from datetime import timedelta

from watertower.accounts.mails.letters import archive_letter
from watertower.accounts.queries.archives import delete_old_archives, find_archive
from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.media.jobs.delete_files import delete_files

KEPT = timedelta(days=7)


@job(Lane.MAIL)
async def send_archive_mail(ctx: Context, *, archive_id: int) -> None:
    """The file is there."""
    async with ctx.reading() as tx:
        found = await find_archive(tx, archive_id=archive_id)
        if found is None:
            return
        login = await find_login_by_account(tx, account_id=found.account_id)
    if login is not None:
        await ctx.mail.send(archive_letter(ctx.settings, to=login.email, username=login.username))


@job(Lane.SCHEDULED)
async def sweep_archives(ctx: Context) -> None:
    """Run by the clock: files that can no longer be fetched go."""
    async with ctx.transaction() as tx:
        keys = await delete_old_archives(tx, before=ctx.now() - KEPT)
        if keys:
            tx.enqueue(delete_files.queued(keys=keys))
