"""Mails that tell a member what changed about the login, so that a thief is noticed."""

from watertower.accounts.mails.letters import (
    address_changed_letter,
    approved_letter,
    password_changed_letter,
    second_factor_letter,
)
from watertower.accounts.queries.logins import find_login
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job


@job(Lane.MAIL)
async def send_password_changed_mail(ctx: Context, *, login_id: int) -> None:
    """The password was changed."""
    async with ctx.reading() as tx:
        login = await find_login(tx, login_id=login_id)
    if login is not None:
        await ctx.mail.send(
            password_changed_letter(ctx.settings, to=login.email, username=login.username)
        )


@job(Lane.MAIL)
async def send_address_changed_mail(ctx: Context, *, login_id: int) -> None:
    """A new address waits to be confirmed; the old one hears of it."""
    async with ctx.reading() as tx:
        login = await find_login(tx, login_id=login_id)
    if login is not None and login.unconfirmed_email:
        await ctx.mail.send(
            address_changed_letter(
                ctx.settings,
                to=login.email,
                username=login.username,
                new=login.unconfirmed_email,
            )
        )


@job(Lane.MAIL)
async def send_second_factor_mail(ctx: Context, *, login_id: int, is_on: bool) -> None:
    """The second factor was switched on or off."""
    async with ctx.reading() as tx:
        login = await find_login(tx, login_id=login_id)
    if login is not None:
        await ctx.mail.send(
            second_factor_letter(ctx.settings, to=login.email, username=login.username, is_on=is_on)
        )


@job(Lane.MAIL)
async def send_approved_mail(ctx: Context, *, login_id: int) -> None:
    """The application was approved."""
    async with ctx.reading() as tx:
        login = await find_login(tx, login_id=login_id)
    if login is not None:
        await ctx.mail.send(approved_letter(ctx.settings, to=login.email, username=login.username))
