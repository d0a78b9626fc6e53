"""Mails about notifications, for members who are not here just now."""

from datetime import timedelta

from watertower.accounts.actions.choose_mails import unsubscribe_ticket
from watertower.accounts.mail_kinds import MAIL_KINDS, wants_mail
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.feeds.mails.notification_letter import notification_letter
from watertower.feeds.queries.mails import find_mailed

HERE = timedelta(minutes=10)  # who did something within this time sees it in the app


@job(Lane.MAIL, attempts=6)
async def mail_notification(ctx: Context, *, notification_id: int) -> None:
    """Send the mail, if its kind is wanted. Running twice may send it twice, rarely."""
    async with ctx.reading() as tx:
        told = await find_mailed(tx, notification_id=notification_id)
    if told is None or told.kind not in MAIL_KINDS or not wants_mail(told.preferences, told.kind):
        return
    is_here = told.last_active_at is not None and told.last_active_at > ctx.now() - HERE
    if is_here and not told.preferences.always_mails:
        return
    ticket = unsubscribe_ticket(ctx, account_id=told.account_id, kind=told.kind)
    await ctx.mail.send(notification_letter(ctx.settings, told, ticket=ticket))
