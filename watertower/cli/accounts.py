"""`watertower accounts …`: members, from the command line."""

import secrets
from typing import Annotated

from cyclopts import Parameter

from watertower.accounts.actions.addresses import confirm_by_operator
from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.manage_member import (
    approve,
    login_named,
    login_of_account,
    logins_page,
    set_role,
)
from watertower.accounts.actions.passwords import reset_by_operator
from watertower.accounts.actions.tokens import token_by_operator
from watertower.accounts.credentials import Login
from watertower.accounts.scopes import split_scopes, unknown_scopes
from watertower.base.context import Context
from watertower.base.json import to_json
from watertower.cli.failure import CommandFailed
from watertower.cli.in_context import in_context

AsJson = Annotated[bool, Parameter(name="--json", negative="")]
Switch = Annotated[bool, Parameter(negative="")]


def create(
    name: str,
    *,
    email: str,
    password: str = "",
    confirmed: Switch = False,
    role: str = "",
    token_scopes: str = "",
    as_json: AsJson = False,
) -> None:
    """Make a member, let in without an application.

    Parameters
    ----------
    name
        The username.
    email
        The address; a link to confirm it is mailed unless --confirmed is given.
    password
        At least eight characters. Without it one is made and printed.
    confirmed
        Take the address as confirmed.
    role
        Owner, Admin, Moderator, or the name of a role of yours.
    token_scopes
        Also make an access token with these scopes, separated by spaces.
    as_json
        Print {"username", "token", "id"} as the last line.

    """
    scopes = split_scopes(token_scopes)
    if unknown := unknown_scopes(scopes):
        raise CommandFailed(f"There is no scope {', '.join(unknown)}.")
    made = password or secrets.token_urlsafe(12)

    async def do(ctx: Context) -> tuple[str, int, str | None]:
        account = await create_member(
            ctx,
            username=name,
            email=email,
            password=made,
            confirmed=confirmed,
            approved=True,
            by_operator=True,
        )
        login = await login_of_account(ctx, account_id=account.id)
        if role:
            await set_role(ctx, login_id=login.id, role_name=role)
        token = await token_by_operator(ctx, login_id=login.id, scopes=scopes) if scopes else None
        return account.username, account.id, token

    username, account_id, token = in_context(do)
    if not as_json:
        print(f"@{username} is a member.")
    if not password:
        print(f"Password: {made}")
    if as_json:
        print(to_json({"username": username, "token": token, "id": str(account_id)}))
    elif token:
        print(f"Token: {token}")


def list_members(*, pending: Switch = False, limit: int = 40, as_json: AsJson = False) -> None:
    """List members, newest first.

    Parameters
    ----------
    pending
        Only those who wait to be let in.
    limit
        At most so many.
    as_json
        Print one JSON object on each line.

    """
    most = max(1, min(limit, 1000))
    for login in in_context(lambda ctx: logins_page(ctx, only_pending=pending, limit=most)):
        print(to_json(_facts(login)) if as_json else _line(login))


def show(name: str, *, as_json: AsJson = False) -> None:
    """Show a member.

    Parameters
    ----------
    name
        Username or address.
    as_json
        Print one JSON object.

    """
    facts = _facts(in_context(lambda ctx: login_named(ctx, name_or_email=name)))
    if as_json:
        print(to_json(facts))
        return
    for fact, value in facts.items():
        print(f"{fact}: {'' if value is None else value}")


def confirm(name: str) -> None:
    """Take a member's address as confirmed.

    Parameters
    ----------
    name
        Username or address.

    """

    async def do(ctx: Context) -> Login:
        login = await login_named(ctx, name_or_email=name)
        await confirm_by_operator(ctx, login_id=login.id)
        return login

    print(f"The address of @{in_context(do).username} is confirmed.")


def approve_member(name: str) -> None:
    """Let an applicant in.

    Parameters
    ----------
    name
        Username or address.

    """

    async def do(ctx: Context) -> Login:
        login = await login_named(ctx, name_or_email=name)
        await approve(ctx, login_id=login.id)
        return login

    print(f"@{in_context(do).username} is let in.")


def set_member_role(name: str, role: str = "") -> None:
    """Give a member a role; without one, take it away.

    Parameters
    ----------
    name
        Username or address.
    role
        Owner, Admin, Moderator, or the name of a role of yours.

    """

    async def do(ctx: Context) -> Login:
        login = await login_named(ctx, name_or_email=name)
        await set_role(ctx, login_id=login.id, role_name=role)
        return login

    print(f"@{in_context(do).username} is {role or 'a member without a role'} now.")


def reset_password(name: str, *, password: str = "") -> None:
    """Give a member a new password; all devices and apps are signed out.

    Parameters
    ----------
    name
        Username or address.
    password
        At least eight characters. Without it one is made and printed.

    """
    made = password or secrets.token_urlsafe(12)

    async def do(ctx: Context) -> Login:
        login = await login_named(ctx, name_or_email=name)
        await reset_by_operator(ctx, login_id=login.id, password=made)
        return login

    print(f"@{in_context(do).username} has a new password.")
    if not password:
        print(f"Password: {made}")


def _facts(login: Login) -> dict[str, object]:
    return {
        "username": login.username,
        "id": str(login.account_id),
        "email": login.email,
        "state": _state(login),
        "reason": login.sign_up_reason or None,
        "joined": login.created_at.isoformat(),
        "last_active": login.last_active_at and login.last_active_at.isoformat(),
        "second_factor": login.has_second_factor,
    }


def _line(login: Login) -> str:
    reason = f"  {login.sign_up_reason!r}" if login.approved_at is None else ""
    return f"@{login.username:<30} {_state(login):<12} {login.email}{reason}"


def _state(login: Login) -> str:
    """One word for how the login stands."""
    if login.suspended_at is not None:
        return "suspended"
    if login.frozen_at is not None:
        return "frozen"
    if login.confirmed_at is None:
        return "unconfirmed"
    return "pending" if login.approved_at is None else "active"
