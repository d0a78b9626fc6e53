"""Mails to people of a team and to trusted reporters, and the call to the duty pair."""

from watertower.accounts.mails.letter import letter
from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job


@job(Lane.MAIL)
async def mail_team_told(
    ctx: Context, *, account_id: int, subject: str, text: str, path: str
) -> None:
    """One mail with one thing to look at."""
    async with ctx.reading() as tx:
        login = await find_login_by_account(tx, account_id=account_id)
    if login is None:
        return
    await ctx.mail.send(
        letter(
            to=login.email,
            subject=subject,
            paragraphs=[f"Hello {login.username},", text],
            link=f"{ctx.settings.base_url}{path}",
            label="Have a look",
        )
    )
