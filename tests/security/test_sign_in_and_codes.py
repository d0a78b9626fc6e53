"""Doors that were half open when their lock was changed."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pyotp
import pytest

from tests.web.visit import PASSWORD, Visit, a_member, signed_in
from tests.world import a_token, unique
from watertower.accounts.actions.addresses import change_address, confirm_email, resend_confirmation
from watertower.accounts.actions.manage_member import login_of_account
from watertower.accounts.actions.passwords import change_password, reset_link
from watertower.accounts.actions.register_app import register_app
from watertower.accounts.actions.second_factor import begin_second_factor, confirm_second_factor
from watertower.accounts.queries.site import set_site_setting
from watertower.base.client_address import network_of
from watertower.base.errors import TooMany

NEW = "another battery staple"


async def with_second_factor(ctx, account):
    login = await login_of_account(ctx, account_id=account.id)
    enrolment = await begin_second_factor(ctx, login_id=login.id)
    totp = pyotp.TOTP(enrolment.secret)
    await confirm_second_factor(ctx, login_id=login.id, code=totp.at(ctx.now()))
    return login, totp


async def test_a_sign_in_begun_with_the_old_password_cannot_be_finished(ctx, client, clock):
    account = await a_member(ctx)
    login, totp = await with_second_factor(ctx, account)
    thief, owner = Visit(client), Visit(client)
    for visit in (thief, owner):
        await visit.sign_in(account.username)
        await visit.get("/auth/sign_in/code")

    clock.ahead = timedelta(seconds=60)
    answer = await owner.submit("/auth/sign_in/code", code=totp.at(ctx.now()))
    assert answer.status == 303
    await change_password(ctx, login_id=login.id, current=PASSWORD, new=NEW)
    clock.ahead = timedelta(seconds=120)
    answer = await thief.submit("/auth/sign_in/code", code=totp.at(ctx.now()))

    assert answer.status in {303, 422}
    assert "watertower_session" not in thief.cookies


async def test_a_reset_link_sent_to_the_old_address_dies_with_it(ctx, client, drain, mails):
    account = await a_member(ctx)
    login = await login_of_account(ctx, account_id=account.id)
    link = await reset_link(ctx, login_id=login.id)
    other = f"{unique('other')}@example.test"
    await change_address(ctx, login_id=login.id, email=other, password=PASSWORD)
    await drain()
    sent = mails.to(other)
    if sent:  # in development the address is confirmed at once
        words = sent[-1].text
        await confirm_email(ctx, token=parse_qs(urlsplit(words.split()[-1]).query)["x"][0])
    assert (await login_of_account(ctx, account_id=account.id)).email == other

    answer = await client.get(urlsplit(link)._replace(scheme="", netloc="").geturl())

    assert answer.status == 404


HOSTILE = [
    "http://127.0.0.1\r\nX-Evil: 1/cb",
    "http://127.0.0.1\r\n/cb",
    "http://127.0.0.1:8080\r\n\r\n/cb",
    "http://127.0.0.1\t/cb",
    "\x01http://127.0.0.1/cb",
    " http://127.0.0.1/cb",
    "http://127.0.0.1:\n80/cb",
    "http://user@127.0.0.1/cb",
    "http://127.0.0.1:99999/cb",
    "http://127.0.0.1\\@evil.example/cb",
    "http://127.0.0.1.evil.example/cb",
    "http://127.0.0.1/cb#x",
]


@pytest.mark.parametrize("uri", HOSTILE)
async def test_a_redirect_is_an_address_that_was_registered_and_nothing_hidden_in_it(
    ctx, client, uri
):
    app = await register_app(ctx, name="Desk", redirect_uris=["http://127.0.0.1/cb"])
    visit, _ = await signed_in(ctx, client)
    page = await visit.get(
        "/oauth/authorize?"
        + urlencode({"response_type": "code", "client_id": app.client_id, "redirect_uri": uri})
    )

    assert page.status == 400
    assert "location" not in page.headers


def test_one_customer_of_ipv6_is_counted_as_one():
    same = ["2001:db8::1", "2001:db8::a:b:c:d", "2001:db8:0:0:ffff::", "2001:DB8::"]
    others = ["2001:db8:0:1::1", "2001:db8:1::1", "192.0.2.1", "192.0.2.2", "::1"]

    assert len({network_of(ip) for ip in same}) == 1
    assert len({network_of(ip) for ip in [same[0], *others]}) == 6
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1")


async def test_asking_for_mails_for_many_addresses_is_slowed_down(ctx, client):
    visit = Visit(client)
    statuses = []
    place = {"X-Forwarded-For": "198.51.100.77"}  # as a proxy on this machine would say
    for n in range(21):
        await visit.get("/auth/password/new")
        answer = await visit.submit("/auth/password", place, email=f"nobody{n}@example.test")
        statuses.append(answer.status)

    assert statuses == [303] * 20 + [429]


async def test_one_login_cannot_have_mails_sent_to_the_whole_world(ctx, client):
    account = await a_member(ctx, confirmed=False)
    login = await login_of_account(ctx, account_id=account.id)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET confirmed_at = NULL WHERE id = $1", login.id)

    for n in range(10):
        await resend_confirmation(ctx, login_id=login.id, email=f"{unique('far')}{n}@example.test")
        async with ctx.transaction() as tx:
            await tx.execute("UPDATE logins SET confirmed_at = NULL WHERE id = $1", login.id)
    with pytest.raises(TooMany):
        await resend_confirmation(ctx, login_id=login.id, email="one-more@example.test")


async def test_tokens_of_apps_alone_do_not_open_what_members_may_read(ctx, client):
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "show_domain_blocks", "users")
    try:
        app = client.signed_in(await a_token(ctx, None))
        answers = [await who.get("/api/v1/instance/domain_blocks") for who in (client, app)]
    finally:
        async with ctx.transaction() as tx:
            await set_site_setting(tx, "show_domain_blocks", "disabled")

    assert [answer.status for answer in answers] == [401, 401]
