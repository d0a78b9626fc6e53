"""Passwords: forgotten, replaced, changed; what ends with them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.world import a_token, unique
from watertower.accounts.actions.addresses import change_address, confirm_email
from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.manage_member import login_of_account
from watertower.accounts.actions.passwords import (
    change_password,
    is_reset_link_good,
    request_reset,
    set_new_password,
)
from watertower.accounts.actions.sessions import session_of
from watertower.accounts.actions.sign_in import sign_in
from watertower.accounts.errors import LinkExpired, WrongPassword
from watertower.base.errors import Invalid

OLD, NEW = "correct horse", "battery staple"


@pytest.fixture
async def member(ctx):
    name = unique("forgetful")
    return await create_member(ctx, username=name, email=f"{name}@example.com", password=OLD)


@pytest.fixture
async def login(ctx, member):
    return await login_of_account(ctx, account_id=member.id)


def token_in(mail):
    return mail.text.split("token=")[1].split()[0]


async def test_a_forgotten_password_is_replaced_and_everything_else_signed_out(
    ctx, client, member, login, drain, mails
):
    cookie = (await sign_in(ctx, email_or_name=login.email, password=OLD)).session_token
    app = client.signed_in(await a_token(ctx, member))
    await request_reset(ctx, email=f" {login.email.upper()} ")
    await drain()
    (mail,) = mails.to(login.email)
    assert "/auth/password/edit?reset_password_token=" in mail.text

    token = token_in(mail)
    assert await is_reset_link_good(ctx, token=token)
    with pytest.raises(Invalid):
        await set_new_password(ctx, token=token, password="short")
    await set_new_password(ctx, token=token, password=NEW)

    assert await session_of(ctx, token=cookie) is None
    assert (await app.get("/api/v1/timelines/home")).status == 401
    with pytest.raises(WrongPassword):
        await sign_in(ctx, email_or_name=login.email, password=OLD)
    await sign_in(ctx, email_or_name=login.email, password=NEW)
    with pytest.raises(LinkExpired):
        await set_new_password(ctx, token=token, password=OLD)
    await drain()
    assert len(mails.to(login.email)) == 2, "the change is told"


async def test_using_one_link_ends_the_others(ctx, login, drain, mails, clock):
    for minutes in (0, 4):
        clock.ahead = timedelta(minutes=minutes)
        await request_reset(ctx, email=login.email)
        await drain()
    first, second = (token_in(mail) for mail in mails.to(login.email))
    await set_new_password(ctx, token=second, password=NEW)
    with pytest.raises(LinkExpired):
        await set_new_password(ctx, token=first, password=OLD)


async def test_asking_again_and_again_sends_one_mail(ctx, login, drain, mails):
    for _ in range(3):
        await request_reset(ctx, email=login.email)
        await drain()
    assert len(mails.to(login.email)) == 1


@pytest.mark.parametrize("email", ["nobody@example.com", "", "nul\0@example.com", "\ud800"])
async def test_asking_for_an_unknown_address_says_nothing(ctx, drain, mails, email):
    await request_reset(ctx, email=email)
    await drain()
    assert mails.mails == []


async def test_a_link_ends_after_six_hours(ctx, login, drain, mails, clock):
    await request_reset(ctx, email=login.email)
    await drain()
    clock.ahead = timedelta(hours=7)
    with pytest.raises(LinkExpired):
        await set_new_password(ctx, token=token_in(mails.mails[-1]), password=NEW)


async def test_changing_a_password_keeps_this_browser_and_the_apps(ctx, client, member, login):
    here, there = [await sign_in(ctx, email_or_name=login.email, password=OLD) for _ in range(2)]
    app = client.signed_in(await a_token(ctx, member))
    with pytest.raises(WrongPassword):
        await change_password(ctx, login_id=login.id, current="wrong", new=NEW)
    await change_password(
        ctx, login_id=login.id, current=OLD, new=NEW, keep_session_id=here.session_id
    )
    assert await session_of(ctx, token=here.session_token) is not None
    assert await session_of(ctx, token=there.session_token) is None
    assert (await app.get("/api/v1/timelines/home")).status == 200
    await sign_in(ctx, email_or_name=login.email, password=NEW)


async def test_a_new_address_counts_once_it_is_confirmed(ctx, login, drain, mails, monkeypatch):
    server = replace(ctx.settings.server, development=False)
    monkeypatch.setattr(ctx, "settings", replace(ctx.settings, server=server))
    new = f"new-{login.email}"
    with pytest.raises(WrongPassword):
        await change_address(ctx, login_id=login.id, email=new, password="wrong")
    await change_address(ctx, login_id=login.id, email=new, password=OLD)
    await drain()
    (link,) = mails.to(new)
    (warning,) = mails.to(login.email)
    assert new in warning.text

    before = await login_of_account(ctx, account_id=login.account_id)
    assert (before.email, before.unconfirmed_email) == (login.email, new)
    after = await confirm_email(ctx, token=token_in(link))
    assert (after.email, after.unconfirmed_email) == (new, None)


async def test_an_address_of_somebody_else_cannot_be_taken(ctx, login, member):
    name = unique("other")
    await create_member(ctx, username=name, email=f"{name}@example.com", password=OLD)
    with pytest.raises(Invalid) as refused:
        await change_address(ctx, login_id=login.id, email=f"{name}@EXAMPLE.com", password=OLD)
    assert refused.value.details == {"email": [("ERR_TAKEN", "has already been taken")]}
