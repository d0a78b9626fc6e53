"""Creating a member: rows, refusals in Mastodon's codes, mode, age, invitations."""

import asyncio
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.world import unique
from watertower.accounts.actions.addresses import confirm_email
from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.invites import create_invite
from watertower.accounts.actions.manage_member import approve, login_of_account
from watertower.accounts.errors import LinkExpired, RegistrationsClosed
from watertower.accounts.queries.site import set_site_setting
from watertower.base.errors import Invalid


async def join(ctx, name=None, **more):
    name = name or unique("new")
    options = {"username": name, "email": f"{name}@example.com", "password": "correct horse"}
    return await create_member(ctx, **(options | more))


async def codes_of(ctx, **more):
    with pytest.raises(Invalid) as refused:
        await join(ctx, **more)
    return {field: [code for code, _ in found] for field, found in refused.value.details.items()}


async def decide(ctx, **values):
    async with ctx.transaction() as tx:
        for name, value in values.items():
            await set_site_setting(tx, name, value)


@pytest.fixture(autouse=True)
async def _no_decisions(ctx):
    yield
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM site_settings")


@pytest.fixture
def in_production(ctx, monkeypatch):
    """Addresses must be confirmed."""
    server = replace(ctx.settings.server, development=False)
    monkeypatch.setattr(ctx, "settings", replace(ctx.settings, server=server))


async def test_a_member_has_stored_addresses_a_key_counts_and_a_login(ctx):
    name = unique("Wren")
    account = await join(ctx, name)

    base = ctx.settings.base_url
    uri = f"{base}/ap/users/{account.id}"
    assert (account.username, account.domain) == (name, None)
    assert (account.uri, account.url) == (uri, f"{base}/@{name}")
    assert (account.inbox_url, account.shared_inbox_url) == (f"{uri}/inbox", f"{base}/inbox")
    assert account.outbox_url == f"{uri}/outbox"
    assert account.followers_url == f"{uri}/followers"
    assert account.following_url == f"{uri}/following"
    assert account.featured_url == f"{uri}/collections/featured"
    async with ctx.reading() as tx:
        key = await tx.fetch_one("SELECT * FROM account_keys WHERE account_id = $1", account.id)
        counts = await tx.fetch_one("SELECT * FROM account_stats WHERE account_id = $1", account.id)
        login = await tx.fetch_one("SELECT * FROM logins WHERE account_id = $1", account.id)
    assert key["key_id"] == f"{uri}#main-key"
    assert key["private_pem"].startswith("-----BEGIN PRIVATE KEY-----")
    assert key["public_pem"].startswith("-----BEGIN PUBLIC KEY-----")
    assert counts["statuses_count"] == 0
    assert login["password_hash"].startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert login["confirmed_at"] is not None, "development confirms at once"
    assert login["approved_at"] is not None


@pytest.mark.parametrize(
    ("username", "code"),
    [
        ("", "ERR_BLANK"),
        ("two words", "ERR_INVALID"),
        ("dots.are.not", "ERR_INVALID"),
        ("ünicode", "ERR_INVALID"),
        ("nul\0", "ERR_INVALID"),
        ("a" * 31, "ERR_TOO_LONG"),
        ("admin", "ERR_RESERVED"),
        ("Support", "ERR_RESERVED"),
    ],
)
async def test_a_username_that_cannot_be(ctx, username, code):
    found = await codes_of(ctx, username=username, email="a@example.com")
    assert found == {"username": [code]}


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("", "ERR_BLANK"),
        ("nobody", "ERR_INVALID"),
        ("a@b@c", "ERR_INVALID"),
        ("a b@example.com", "ERR_INVALID"),
        ("a@-example.com", "ERR_INVALID"),
        (".a@example.com", "ERR_INVALID"),
        ("a@example.com\nBcc: b@example.com", "ERR_INVALID"),
        ("a" * 250 + "@example.com", "ERR_INVALID"),
    ],
)
async def test_an_address_that_cannot_be(ctx, email, code):
    assert await codes_of(ctx, email=email) == {"email": [code]}


@pytest.mark.parametrize(
    ("password", "code"),
    [("", "ERR_BLANK"), ("short", "ERR_TOO_SHORT"), ("x" * 257, "ERR_TOO_LONG")],
)
async def test_a_password_that_cannot_be(ctx, password, code):
    assert await codes_of(ctx, password=password) == {"password": [code]}


async def test_names_and_addresses_are_unique_whatever_their_case(ctx):
    name = unique("finch")
    await join(ctx, name)

    assert await codes_of(ctx, username=name.upper()) == {"username": ["ERR_TAKEN"]}
    assert await codes_of(ctx, email=f"{name.upper()}@EXAMPLE.com") == {"email": ["ERR_TAKEN"]}


async def test_all_problems_are_told_at_once_in_rails_words(ctx):
    with pytest.raises(Invalid) as refused:
        await join(ctx, username="two words", email="x", agreed=False)
    assert refused.value.says == (
        "Validation failed: Username must contain only letters, numbers and underscores, "
        "Email is invalid, Agreement must be accepted"
    )


async def test_of_ten_at_once_with_one_name_one_gets_it(ctx):
    name = unique("rush")
    tries = [join(ctx, name, email=f"{name}{n}@example.com") for n in range(10)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    refused = [e.details for e in done if isinstance(e, Invalid)]
    assert refused == [{"username": [("ERR_TAKEN", "has already been taken")]}] * 9


async def test_an_operator_may_use_reserved_names(ctx):
    account = await join(ctx, "postmaster", by_operator=True, approved=True)
    assert account.username == "postmaster"


async def test_a_blocked_provider_blocks_the_domains_below_it(ctx):
    await decide(ctx, blocked_email_domains=["throwaway.example"])
    found = await codes_of(ctx, email="a@mx.throwaway.example")
    assert found == {"email": ["ERR_BLOCKED"]}


async def test_nobody_gets_in_while_sign_up_is_closed(ctx):
    await decide(ctx, registration_mode="closed")
    with pytest.raises(RegistrationsClosed):
        await join(ctx)
    await join(ctx, approved=True)  # staff may


async def test_by_approval_a_member_waits_and_joins_when_approved(ctx, drain, mails):
    await decide(ctx, registration_mode="approval", requires_reason=True)
    assert await codes_of(ctx) == {"reason": ["ERR_BLANK"]}

    account = await join(ctx, reason="I like birds")
    login = await login_of_account(ctx, account_id=account.id)
    assert (login.approved_at, login.sign_up_reason) == (None, "I like birds")

    await approve(ctx, login_id=login.id)
    await approve(ctx, login_id=login.id)
    await drain()
    assert (await login_of_account(ctx, account_id=account.id)).may_be_used
    assert [mail.subject[:10] for mail in mails.to(login.email)] == ["Welcome to"]


async def test_an_invitation_lets_in_as_many_as_it_says_and_they_follow(ctx, drain):
    inviter = await join(ctx)
    invite = await create_invite(ctx, account_id=inviter.id, max_uses=2, follows_inviter=True)
    await decide(ctx, registration_mode="invite")
    with pytest.raises(RegistrationsClosed):
        await join(ctx)
    with pytest.raises(RegistrationsClosed):
        await join(ctx, invite_code="wrong")

    tries = [join(ctx, invite_code=invite.code) for _ in range(5)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    guests = [one for one in done if not isinstance(one, Exception)]
    assert len(guests) == 2
    await drain()
    async with ctx.reading() as tx:
        followers = await tx.fetch_all(
            "SELECT account_id FROM follows WHERE target_account_id = $1", inviter.id
        )
    assert {row["account_id"] for row in followers} == {guest.id for guest in guests}


async def test_an_invitation_ends(ctx, clock):
    inviter = await join(ctx)
    invite = await create_invite(ctx, account_id=inviter.id, lasts=timedelta(hours=1))
    clock.ahead = timedelta(hours=2)
    assert await codes_of(ctx, invite_code=invite.code) == {"invite_code": ["ERR_INVALID"]}


async def test_age_is_checked_and_not_kept(ctx):
    await decide(ctx, min_age=16)
    today = ctx.now().date()
    sixteen_today = today.replace(year=today.year - 16)

    assert await codes_of(ctx) == {"date_of_birth": ["ERR_BLANK"]}
    almost = sixteen_today + timedelta(days=1)
    assert await codes_of(ctx, date_of_birth=almost) == {"date_of_birth": ["ERR_BELOW_LIMIT"]}
    future = date(today.year + 1, 1, 1)
    assert await codes_of(ctx, date_of_birth=future) == {"date_of_birth": ["ERR_INVALID"]}
    account = await join(ctx, date_of_birth=sixteen_today)
    async with ctx.reading() as tx:
        row = await tx.fetch_one("SELECT * FROM logins WHERE account_id = $1", account.id)
    assert row["age_checked_at"] is not None
    assert not [value for value in row.values() if str(value).startswith(str(sixteen_today))]


async def test_the_mailed_link_confirms_the_address(ctx, in_production, drain, mails, clock):
    account = await join(ctx, approved=True)
    before = await login_of_account(ctx, account_id=account.id)
    assert before.confirmed_at is None
    await drain()
    (mail,) = mails.to(before.email)
    found = re.search(r"/auth/confirmation\?confirmation_token=([\w-]{43})", mail.text)
    assert found[0] in mail.html

    after = await confirm_email(ctx, token=found[1])
    assert after.may_be_used
    assert (await confirm_email(ctx, token=found[1])).may_be_used, "mail programs look first"
    with pytest.raises(LinkExpired):
        await confirm_email(ctx, token="x" * 43)
    clock.ahead = timedelta(days=3)
    with pytest.raises(LinkExpired):
        await confirm_email(ctx, token=found[1])
