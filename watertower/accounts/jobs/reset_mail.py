"""Sends the mail with which a forgotten password is replaced."""

from datetime import timedelta

from watertower.accounts.mails.letters import reset_letter
from watertower.accounts.queries.logins import find_login
from watertower.accounts.queries.mail_tokens import RESET, insert_mail_token
from watertower.accounts.tokens import hash_of, new_token
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job

GOOD_FOR = timedelta(hours=6)


@job(Lane.MAIL)
async def send_reset_mail(ctx: Context, *, login_id: int) -> None:
    """Run again, it sends a second mail with a link of its own; using one ends the other."""
    token = new_token()
    async with ctx.transaction() as tx:
        login = await find_login(tx, login_id=login_id)
        if login is None:
            return
        await insert_mail_token(
            tx,
            login_id=login.id,
            token_hash=hash_of(token),
            purpose=RESET,
            email=login.email,
            at=ctx.now(),
            expires_at=ctx.now() + GOOD_FOR,
        )
    await ctx.mail.send(
        reset_letter(ctx.settings, to=login.email, username=login.username, token=token)
    )
