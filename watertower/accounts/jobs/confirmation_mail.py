"""Sends the mail that asks to confirm an address."""

from datetime import timedelta

from watertower.accounts.mails.letters import confirmation_letter, new_address_letter
from watertower.accounts.queries.logins import find_login
from watertower.accounts.queries.mail_tokens import CONFIRM, insert_mail_token
from watertower.accounts.tokens import hash_of, new_token
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job

GOOD_FOR = timedelta(days=2)


@job(Lane.MAIL)
async def send_confirmation_mail(ctx: Context, *, login_id: int) -> None:
    """Run again, it sends a second mail with a link of its own; both links are good."""
    token = new_token()
    async with ctx.transaction() as tx:
        login = await find_login(tx, login_id=login_id)
        if login is None:
            return
        is_change = login.confirmed_at is not None
        if is_change and login.unconfirmed_email is None:
            return
        email = login.unconfirmed_email or login.email
        await insert_mail_token(
            tx,
            login_id=login.id,
            token_hash=hash_of(token),
            purpose=CONFIRM,
            email=email,
            at=ctx.now(),
            expires_at=ctx.now() + GOOD_FOR,
        )
    write = new_address_letter if is_change else confirmation_letter
    await ctx.mail.send(write(ctx.settings, to=email, username=login.username, token=token))
