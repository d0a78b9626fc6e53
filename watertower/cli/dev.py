"""`watertower dev …`: for development and measurements only."""

import asyncio
import sys
from typing import Any

import msgspec

from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.manage_member import login_named, login_of_account
from watertower.accounts.actions.tokens import token_by_operator
from watertower.accounts.errors import LoginNotFound
from watertower.accounts.passwords import hash_password
from watertower.base.context import Context
from watertower.base.json import to_json
from watertower.cli.failure import CommandFailed
from watertower.cli.in_context import in_context

PASSWORD = "watertower"  # noqa: S105  # known to everybody: the command works in development only
SCOPES = ("read", "write", "follow", "push")
AT_ONCE = 8


def dev_accounts() -> None:
    """Make members from a JSON array of names on standard input.

    Prints a JSON array of {"username", "token", "id"} on one line, in the same order. Names that
    exist get a further token. Everybody's password is "watertower".
    """
    try:
        names = msgspec.json.decode(sys.stdin.buffer.read(), type=list[str])
    except msgspec.DecodeError as error:
        raise CommandFailed(f"Standard input must be a JSON array of names: {error}") from error
    print(to_json(in_context(lambda ctx: _make_all(ctx, names), connections=AT_ONCE)))


async def _make_all(ctx: Context, names: list[str]) -> list[dict[str, Any]]:
    if not ctx.settings.is_development:
        raise CommandFailed("This command works in development only.")
    hashed = await hash_password(PASSWORD)
    gate = asyncio.Semaphore(AT_ONCE)

    async def make(name: str) -> dict[str, Any]:
        async with gate:
            return await _make(ctx, name, hashed)

    return await asyncio.gather(*(make(name) for name in names))


async def _make(ctx: Context, name: str, hashed: str) -> dict[str, Any]:
    try:
        login = await login_named(ctx, name_or_email=name)
    except LoginNotFound:
        account = await create_member(
            ctx,
            username=name,
            email=f"{name.lower()}@example.com",
            password=PASSWORD,
            password_hash=hashed,
            confirmed=True,
            approved=True,
            by_operator=True,
        )
        login = await login_of_account(ctx, account_id=account.id)
    token = await token_by_operator(ctx, login_id=login.id, scopes=SCOPES)
    return {"username": login.username, "token": token, "id": str(login.account_id)}
