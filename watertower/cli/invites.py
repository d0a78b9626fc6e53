"""`watertower invites …`: let people in who were asked to come."""

from datetime import timedelta

from watertower.accounts.actions.invites import create_invite, end_invite, invites_of
from watertower.accounts.actions.manage_member import login_named
from watertower.accounts.credentials import Invite
from watertower.base.context import Context
from watertower.cli.failure import CommandFailed
from watertower.cli.in_context import in_context


def create(name: str, *, uses: int | None = None, days: int | None = 7, comment: str = "") -> None:
    """Make an invitation of a member and print its address.

    Parameters
    ----------
    name
        The member who invites.
    uses
        How many may come with it; without it any number.
    days
        How long it is good; 0 for ever.
    comment
        What it is for; the member sees it.

    """

    async def make(ctx: Context) -> str:
        login = await login_named(ctx, name_or_email=name)
        invite = await create_invite(
            ctx,
            account_id=login.account_id,
            max_uses=uses,
            lasts=timedelta(days=days) if days else None,
            comment=comment,
        )
        return _address(ctx, invite)

    print(in_context(make))


def list_invites(name: str) -> None:
    """Print a member's invitations, newest first."""

    async def lines(ctx: Context) -> list[str]:
        login = await login_named(ctx, name_or_email=name)
        found = await invites_of(ctx, account_id=login.account_id)
        return [f"{_address(ctx, invite)}  used {invite.uses} times" for invite in found]

    for line in in_context(lines):
        print(line)


def end(name: str, code: str) -> None:
    """End an invitation, so that nobody else comes with it."""

    async def stop(ctx: Context) -> None:
        login = await login_named(ctx, name_or_email=name)
        found = await invites_of(ctx, account_id=login.account_id)
        invite = next((invite for invite in found if invite.code == code), None)
        if invite is None:
            raise CommandFailed(f"{name} made no invitation {code}.")
        await end_invite(ctx, account_id=login.account_id, invite_id=invite.id)

    in_context(stop)


def _address(ctx: Context, invite: Invite) -> str:
    return f"{ctx.settings.base_url}/invite/{invite.code}"
