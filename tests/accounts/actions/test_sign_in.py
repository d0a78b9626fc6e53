"""Signing in: passwords, the second factor, guessing, sessions."""

from datetime import timedelta

import bcrypt
import pyotp
import pytest

from tests.world import unique
from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.manage_member import login_of_account
from watertower.accounts.actions.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    disable_second_factor,
    renew_recovery_codes,
)
from watertower.accounts.actions.sessions import (
    list_sessions,
    revoke_other_sessions,
    revoke_session,
    session_of,
    sign_out,
)
from watertower.accounts.actions.sign_in import (
    SecondFactorNeeded,
    SignedIn,
    finish_sign_in,
    sign_in,
)
from watertower.accounts.errors import SessionNotFound, WrongCode, WrongPassword
from watertower.base.errors import Conflict, TooMany

PASSWORD = "correct horse"


@pytest.fixture
async def login(ctx):
    name = unique("signer")
    account = await create_member(
        ctx, username=name, email=f"{name}@example.com", password=PASSWORD
    )
    return await login_of_account(ctx, account_id=account.id)


@pytest.fixture
def ip():
    """An address that no other test fails from."""
    number = int(unique("x").rsplit("_", 1)[1][6:])
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


async def enter(ctx, login, ip, password=PASSWORD, **more):
    return await sign_in(ctx, email_or_name=login.email, password=password, ip=ip, **more)


async def with_second_factor(ctx, login):
    enrolment = await begin_second_factor(ctx, login_id=login.id)
    totp = pyotp.TOTP(enrolment.secret)
    codes = await confirm_second_factor(ctx, login_id=login.id, code=totp.at(ctx.now()))
    return totp, codes


async def test_name_address_and_handle_all_sign_in_whatever_their_case(ctx, login, ip):
    for name in (
        login.email.upper(),
        login.username.upper(),
        f"@{login.username}",
        f" {login.email} ",
    ):
        done = await sign_in(
            ctx, email_or_name=name, password=PASSWORD, ip=ip, user_agent="Firefox"
        )
        assert isinstance(done, SignedIn)
        found = await session_of(ctx, token=done.session_token)
        assert (found.account_id, found.session.ip) == (login.account_id, ip)
        assert found.session.user_agent == "Firefox"


@pytest.mark.parametrize(
    "password", ["", "wrong", PASSWORD + " ", PASSWORD.upper(), "x" * 10_000, "\ud800"]
)
async def test_a_wrong_password_and_an_unknown_name_get_the_same_refusal(ctx, login, ip, password):
    for name in (login.email, "nobody@example.com", "nobody", "", "nul\0", "\ud800"):
        with pytest.raises(WrongPassword) as refused:
            await sign_in(ctx, email_or_name=name, password=password, ip=ip)
        assert refused.value.says == "The e-mail address or password is not right"


async def test_a_bcrypt_hash_is_checked_and_replaced(ctx, login, ip):
    long = "ü" * 40  # 80 bytes: bcrypt reads 72
    for password in (PASSWORD, long):
        old = bcrypt.hashpw(password.encode()[:72], bcrypt.gensalt(4)).decode()
        async with ctx.transaction() as tx:
            await tx.execute("UPDATE logins SET password_hash = $2 WHERE id = $1", login.id, old)
        await enter(ctx, login, ip, password=password)
        now = await login_of_account(ctx, account_id=login.account_id)
        assert now.password_hash.startswith("$argon2id$")
        await enter(ctx, login, ip, password=password)


async def test_guessing_a_password_from_one_place_is_stopped_and_others_still_get_in(
    ctx, login, ip, clock
):
    for _ in range(10):
        with pytest.raises(WrongPassword):
            await enter(ctx, login, ip, password="wrong")
    with pytest.raises(TooMany) as refused:
        await enter(ctx, login, ip)
    assert 600 < refused.value.retry_after_seconds <= 900
    await enter(ctx, login, f"192.168.{ip.split('.', 2)[2]}")  # the member, at home
    clock.ahead = timedelta(minutes=16)
    await enter(ctx, login, ip)


async def test_guessing_one_password_for_many_names_is_stopped(ctx, login, ip):
    for n in range(60):
        with pytest.raises(WrongPassword):
            await sign_in(ctx, email_or_name=f"nobody{n}", password="wrong", ip=ip)
    with pytest.raises(TooMany):
        await enter(ctx, login, ip)


async def test_one_ipv6_network_counts_as_one_place(ctx, login):
    number = unique("x").rsplit("_", 1)[1][6:]
    for n in range(10):
        with pytest.raises(WrongPassword):
            await enter(ctx, login, f"2001:db8:1:{number}::{n}", password="wrong")
    with pytest.raises(TooMany):
        await enter(ctx, login, f"2001:db8:1:{number}:ffff::1")


async def test_signing_in_right_forgets_the_failures(ctx, login, ip):
    for _ in range(3):
        for _ in range(9):
            with pytest.raises(WrongPassword):
                await enter(ctx, login, ip, password="wrong")
        await enter(ctx, login, ip)


async def test_with_a_second_factor_a_code_is_asked_and_good_once(ctx, login, ip, clock):
    totp, recovery = await with_second_factor(ctx, login)
    assert len(set(recovery)) == 10
    clock.ahead = timedelta(minutes=2)

    half = await enter(ctx, login, ip)
    assert isinstance(half, SecondFactorNeeded)
    code = totp.at(ctx.now())
    done = await finish_sign_in(ctx, ticket=half.ticket, code=f"{code[:3]} {code[3:]}", ip=ip)
    assert (await session_of(ctx, token=done.session_token)).login.id == login.id
    with pytest.raises(WrongCode):
        await finish_sign_in(ctx, ticket=half.ticket, code=code, ip=ip)
    with pytest.raises(WrongCode):
        await enter(ctx, login, ip, otp=code)


async def test_the_code_that_switched_it_on_does_not_sign_in(ctx, login, ip):
    totp, _ = await with_second_factor(ctx, login)
    with pytest.raises(WrongCode):
        await enter(ctx, login, ip, otp=totp.at(ctx.now()))


async def test_a_recovery_code_is_good_once_however_it_is_written(ctx, login, ip):
    _, recovery = await with_second_factor(ctx, login)
    written = recovery[0].upper().replace("-", " ")
    assert isinstance(await enter(ctx, login, ip, otp=written), SignedIn)
    with pytest.raises(WrongCode):
        await enter(ctx, login, ip, otp=recovery[0])
    fresh = await renew_recovery_codes(ctx, login_id=login.id, password=PASSWORD)
    with pytest.raises(WrongCode):
        await enter(ctx, login, ip, otp=recovery[1])
    assert isinstance(await enter(ctx, login, ip, otp=fresh[9]), SignedIn)


async def test_guessing_codes_is_stopped(ctx, login, ip, clock):
    totp, _ = await with_second_factor(ctx, login)
    half = await enter(ctx, login, ip)
    for n in range(10):
        with pytest.raises(WrongCode):
            await finish_sign_in(ctx, ticket=half.ticket, code=f"00000{n}", ip=ip)
    with pytest.raises(TooMany):
        await finish_sign_in(ctx, ticket=half.ticket, code=totp.at(ctx.now()), ip=ip)


@pytest.mark.parametrize("ticket", ["", "x", "é", "AAAA" * 20])
async def test_a_ticket_that_is_not_ours_or_too_old_begins_again(ctx, login, ip, clock, ticket):
    totp, _ = await with_second_factor(ctx, login)
    with pytest.raises(WrongPassword):
        await finish_sign_in(ctx, ticket=ticket, code="123456", ip=ip)
    half = await enter(ctx, login, ip)
    clock.ahead = timedelta(minutes=6)
    with pytest.raises(WrongPassword):
        await finish_sign_in(ctx, ticket=half.ticket, code=totp.at(ctx.now()), ip=ip)


async def test_the_secret_is_encrypted_and_switching_off_needs_the_password(
    ctx, login, ip, drain, mails
):
    totp, _ = await with_second_factor(ctx, login)
    now = await login_of_account(ctx, account_id=login.account_id)
    assert totp.secret not in now.otp_secret
    with pytest.raises(Conflict):
        await begin_second_factor(ctx, login_id=login.id)
    with pytest.raises(WrongPassword):
        await disable_second_factor(ctx, login_id=login.id, password="wrong")
    await disable_second_factor(ctx, login_id=login.id, password=PASSWORD)
    assert isinstance(await enter(ctx, login, ip), SignedIn)
    await drain()
    said = sorted(mail.subject.rsplit(" ", 1)[1] for mail in mails.to(login.email))
    assert said == ["off", "on"]


async def test_a_wrong_first_code_switches_nothing_on(ctx, login, ip):
    await begin_second_factor(ctx, login_id=login.id)
    with pytest.raises(WrongCode):
        await confirm_second_factor(ctx, login_id=login.id, code="000000")
    assert isinstance(await enter(ctx, login, ip), SignedIn)


async def test_sessions_are_listed_and_ended_by_their_owner_only(ctx, login, ip):
    one, two, three = [await enter(ctx, login, ip) for _ in range(3)]
    listed = await list_sessions(ctx, login_id=login.id)
    assert {s.id for s in listed} == {s.session_id for s in (one, two, three)}

    with pytest.raises(SessionNotFound):
        await revoke_session(ctx, login_id=login.id + 1, session_id=one.session_id)
    await revoke_session(ctx, login_id=login.id, session_id=one.session_id)
    assert await session_of(ctx, token=one.session_token) is None
    kept = three.session_id
    assert await revoke_other_sessions(ctx, login_id=login.id, keep_session_id=kept) == 1
    await sign_out(ctx, token=three.session_token)
    await sign_out(ctx, token=three.session_token)
    assert await list_sessions(ctx, login_id=login.id) == []


async def test_a_session_lives_while_it_is_used_and_ends_after_ninety_days(ctx, login, ip, clock):
    token = (await enter(ctx, login, ip)).session_token
    for days in (80, 160):
        clock.ahead = timedelta(days=days)
        assert (await session_of(ctx, token=token, ip="192.0.2.9")).login.id == login.id
    clock.ahead = timedelta(days=251)
    assert await session_of(ctx, token=token) is None


@pytest.mark.parametrize("token", ["", "x", "\0", "é\ud800"])
async def test_a_cookie_that_is_none_is_nobody(ctx, token):
    assert await session_of(ctx, token=token) is None
