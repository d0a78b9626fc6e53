"""Signing in and out with a browser."""

import re

import pyotp

from tests.web.visit import PASSWORD, Visit, a_member, signed_in, where


async def test_name_or_address_and_password_open_a_session(ctx, client):
    account = await a_member(ctx, email="Mixed.Case@Example.test")

    for typed in (account.username, f"@{account.username}", "mixed.case@example.test"):
        visit = Visit(client)
        answer = await visit.sign_in(typed)
        assert (answer.status, where(answer)) == (303, "/")
        assert account.username in (await visit.get("/")).text


async def test_the_cookie_has_every_protection(ctx, client):
    account = await a_member(ctx)
    visit = Visit(client)

    answer = await visit.sign_in(account.username)

    cookie = next(
        c for c in answer.headers.getall("set-cookie") if c.startswith("watertower_session=")
    )
    parts = {part.strip().partition("=")[0] for part in cookie.split(";")[1:]}
    assert parts == {"Path", "HttpOnly", "SameSite", "Max-Age"}
    assert "SameSite=Lax" in cookie


async def test_a_refusal_does_not_tell_whether_the_account_exists(ctx, client):
    account = await a_member(ctx)

    texts = []
    for name in (account.username, "nobody_of_this_name"):
        visit = Visit(client)
        answer = await visit.sign_in(name, "not the password")
        assert answer.status == 422
        texts.append(re.sub(r'value="[^"]*"', "", answer.text))

    assert texts[0] == texts[1]
    assert "The e-mail address or password is not right" in texts[0]


async def test_a_page_for_members_comes_after_the_sign_in(ctx, client):
    account = await a_member(ctx)
    visit = Visit(client)
    answer = await visit.get("/auth/sessions?x=1")
    assert where(answer) == "/auth/sign_in?next=/auth/sessions%3Fx%3D1"
    await visit.get(where(answer))

    answer = await visit.submit("/auth/sign_in", username=account.username, password=PASSWORD)

    assert where(answer) == "/auth/sessions?x=1"


async def test_signing_in_again_ends_the_session_before(ctx, client):
    visit, account = await signed_in(ctx, client)
    before = dict(visit.cookies)
    await visit.get("/auth/sign_in?again=1")
    await visit.submit("/auth/sign_in", username=account.username, password=PASSWORD)

    old = Visit(client, before)
    assert where(await old.get("/auth/edit")).startswith("/auth/sign_in")
    assert (await visit.get("/auth/edit")).status == 200


async def test_signing_out_ends_the_session_and_asks_first(ctx, client):
    visit, _ = await signed_in(ctx, client)
    before = dict(visit.cookies)
    await visit.get("/auth/sign_out")
    assert (await Visit(client, before).get("/auth/edit")).status == 200

    answer = await visit.submit("/auth/sign_out")

    assert where(answer) == "/auth/sign_in?note=out"
    assert where(await Visit(client, before).get("/auth/edit")).startswith("/auth/sign_in")


async def test_a_second_factor_is_set_up_asked_for_and_switched_off(ctx, client):
    visit, account = await signed_in(ctx, client)
    await visit.get("/auth/second_factor")
    page = await visit.submit("/auth/second_factor/begin")
    secret = visit.hidden("/auth/second_factor/confirm")["secret"]
    assert '<img class="qr" src="data:image/svg+xml' in page.text

    wrong = await visit.submit("/auth/second_factor/confirm", code="000000")
    assert wrong.status == 422
    assert secret in wrong.text
    code = pyotp.TOTP(secret).at(int(ctx.now().timestamp()))
    shown = await visit.submit("/auth/second_factor/confirm", code=code)
    codes = re.findall(r"<li>([0-9a-f-]{23})</li>", shown.text)
    assert len(codes) == 10

    other = Visit(client)
    answer = await other.sign_in(account.username)
    assert where(answer) == "/auth/sign_in/code?next=/"
    assert "watertower_session" not in other.cookies
    await other.get(where(answer))
    assert (await other.submit("/auth/sign_in/code", code="111111")).status == 422
    done = await other.submit("/auth/sign_in/code", code=codes[0])
    assert (done.status, where(done)) == (303, "/")
    assert "watertower_pending" not in other.cookies

    await visit.get("/auth/second_factor")
    refused = await visit.submit("/auth/second_factor/disable", disable_password="wrong")
    assert refused.status == 422
    await visit.submit("/auth/second_factor/disable", disable_password=PASSWORD)
    assert where(await Visit(client).sign_in(account.username)) == "/"


async def test_browsers_are_listed_and_signed_out_one_by_one(ctx, client):
    visit, account = await signed_in(ctx, client)
    other = Visit(client)
    await other.sign_in(account.username)
    page = await visit.get("/auth/sessions")
    revoke = re.findall(r'action="(/auth/sessions/\d+/revoke)"', page.text)
    assert len(revoke) == 1

    answer = await visit.submit(revoke[0])

    assert where(answer) == "/auth/sessions"
    assert where(await other.get("/auth/edit")).startswith("/auth/sign_in")
    assert (await visit.get("/auth/edit")).status == 200


async def test_nobody_signs_out_the_browser_of_somebody_else(ctx, client):
    mine, _ = await signed_in(ctx, client)
    theirs, account = await signed_in(ctx, client)
    other = Visit(client)
    await other.sign_in(account.username)
    page = await theirs.get("/auth/sessions")
    path = re.findall(r'action="(/auth/sessions/\d+/revoke)"', page.text)[0]
    await mine.get("/auth/sign_out")
    token = mine.hidden("/auth/sign_out")

    answer = await mine._call("POST", path, token, {})

    assert answer.status == 404
    assert (await other.get("/auth/edit")).status == 200
