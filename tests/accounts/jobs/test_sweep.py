"""Forgetting what is too old to matter."""

from datetime import timedelta

import pytest

from tests.world import an_account, unique
from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.manage_member import login_of_account
from watertower.accounts.actions.passwords import request_reset
from watertower.accounts.actions.sessions import session_of
from watertower.accounts.actions.sign_in import sign_in
from watertower.accounts.errors import LoginNotFound, WrongPassword
from watertower.accounts.jobs.sweep import forget_old_secrets

COUNTS = """
    SELECT (SELECT count(*) FROM sessions WHERE login_id = $1) AS sessions,
           (SELECT count(*) FROM mail_tokens WHERE login_id = $1) AS links,
           (SELECT count(*) FROM sign_in_attempts WHERE key LIKE 'login:' || $2 || '%') AS attempts
"""


async def test_old_sessions_links_and_failures_are_forgotten_and_fresh_ones_kept(ctx, drain, clock):
    name = unique("swept")
    account = await create_member(
        ctx, username=name, email=f"{name}@example.com", password="correct horse"
    )
    login = await login_of_account(ctx, account_id=account.id)
    cookie = (await sign_in(ctx, email_or_name=name, password="correct horse")).session_token
    with pytest.raises(WrongPassword):
        await sign_in(ctx, email_or_name=name, password="wrong")
    await request_reset(ctx, email=login.email)
    await drain()

    async def counts():
        async with ctx.reading() as tx:
            return tuple(await tx.fetch_one(COUNTS, login.id, name))

    await forget_old_secrets.run(ctx)
    assert await counts() == (1, 1, 2)
    assert await session_of(ctx, token=cookie) is not None
    clock.ahead = timedelta(days=100)
    await forget_old_secrets.run(ctx)
    assert await counts() == (0, 0, 0)


async def test_a_sign_up_that_was_never_confirmed_frees_its_name_after_a_week(ctx, clock):
    waiting = await an_account(ctx, is_confirmed=False)
    confirmed = await an_account(ctx)
    clock.ahead = timedelta(days=6)
    await forget_old_secrets.run(ctx)
    await login_of_account(ctx, account_id=waiting.id)

    clock.ahead = timedelta(days=8)
    await forget_old_secrets.run(ctx)
    with pytest.raises(LoginNotFound):
        await login_of_account(ctx, account_id=waiting.id)
    await login_of_account(ctx, account_id=confirmed.id)
