"""POST /api/v1/accounts, and the confirmation of addresses through the API."""

from dataclasses import replace

import pytest

from tests.world import a_token, an_account, an_application, unique
from watertower.accounts.actions.addresses import confirm_email
from watertower.accounts.actions.manage_member import login_named
from watertower.accounts.errors import LinkExpired
from watertower.accounts.queries.site import set_site_setting

HOME = "/api/v1/timelines/home"


@pytest.fixture
async def app(ctx, client):
    """A client that speaks for an app of its own."""
    application = await an_application(ctx, scopes="read write follow")
    return client.signed_in(
        await a_token(ctx, None, "read write follow", application_id=application)
    )


def a_form(**changes):
    name = unique("bird")
    return {
        "username": name,
        "email": f"{name}@example.com",
        "password": "correct horse ",
        "agreement": True,
        "locale": "de",
    } | changes


@pytest.fixture
def in_production(ctx, monkeypatch):
    server = replace(ctx.settings.server, development=False)
    monkeypatch.setattr(ctx, "settings", replace(ctx.settings, server=server))


@pytest.fixture(autouse=True)
async def _no_decisions(ctx):
    yield
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM site_settings")


async def test_somebody_signs_up_from_an_app_and_reads_home_at_once_in_development(ctx, app):
    form = a_form()
    got = await app.post("/api/v1/accounts", json=form)

    assert got.status == 200
    assert set(got.json) == {"access_token", "token_type", "scope", "created_at"}
    assert got.json["scope"] == "read write follow"
    assert (await app.signed_in(got.json["access_token"]).get(HOME)).status == 200
    login = await login_named(ctx, name_or_email=form["email"])
    assert (login.username, login.locale) == (form["username"], "de")


async def test_the_token_waits_for_the_address_to_be_confirmed(
    ctx, app, in_production, drain, mails
):
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "registration_mode", "open")
    form = a_form()
    member = app.signed_in(
        (await app.post("/api/v1/accounts", data=form | {"agreement": "1"})).json["access_token"]
    )

    home = await member.get(HOME)
    assert (home.status, home.json) == (
        403,
        {"error": "Your login is missing a confirmed e-mail address"},
    )
    assert (await member.get("/api/v1/emails/check_confirmation")).json is False
    await drain()
    (mail,) = mails.to(form["email"])
    await confirm_email(ctx, token=mail.text.split("confirmation_token=")[1].split()[0])
    assert (await member.get("/api/v1/emails/check_confirmation")).json is True
    assert (await member.get(HOME)).status == 200
    again = await member.post("/api/v1/emails/confirmations")
    assert (again.status, again.json) == (
        403,
        {"error": "This method is only available while the e-mail is awaiting confirmation"},
    )


async def test_the_link_can_be_sent_again_to_another_address(ctx, app, in_production, drain, mails):
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "registration_mode", "open")
    form = a_form()
    token = (await app.post("/api/v1/accounts", json=form)).json["access_token"]
    member = app.signed_in(token)
    await drain()
    (first,) = mails.to(form["email"])

    other = f"other-{form['email']}"
    got = await member.post("/api/v1/emails/confirmations", data={"email": other})
    assert (got.status, got.json) == (200, {})
    await drain()
    (second,) = mails.to(other)
    old, new = (mail.text.split("confirmation_token=")[1].split()[0] for mail in (first, second))
    with pytest.raises(LinkExpired):
        await confirm_email(ctx, token=old)
    assert (await confirm_email(ctx, token=new)).email == other

    bad = await member.post("/api/v1/emails/confirmations", data={"email": "nonsense"})
    assert bad.status == 403


async def test_only_the_app_that_signed_somebody_up_sends_links(ctx, client):
    account = await an_account(ctx, is_confirmed=False)
    stranger = client.signed_in(await a_token(ctx, account, "write"))
    got = await stranger.post("/api/v1/emails/confirmations")
    assert got.status == 403
    assert got.json == {
        "error": "This method is only available to the application the user originally "
        "signed-up with"
    }


async def test_problems_come_with_mastodons_codes(app):
    got = await app.post(
        "/api/v1/accounts",
        json=a_form(username="admin", email="x", password="short", agreement=False),
    )
    assert got.status == 422
    assert {field: [p["error"] for p in found] for field, found in got.json["details"].items()} == {
        "username": ["ERR_RESERVED"],
        "email": ["ERR_INVALID"],
        "password": ["ERR_TOO_SHORT"],
        "agreement": ["ERR_ACCEPTED"],
    }
    assert got.json["error"].startswith("Validation failed: Username is reserved, ")


async def test_an_empty_request_names_every_field(app):
    got = await app.post("/api/v1/accounts")
    assert got.status == 422
    assert set(got.json["details"]) == {"username", "email", "password", "agreement"}


@pytest.mark.parametrize("value", [[], {}, 7, True, None])
async def test_a_password_of_the_wrong_kind_is_refused(app, value):
    got = await app.post("/api/v1/accounts", json=a_form(password=value))
    assert got.status == 422


async def test_a_date_that_is_none_is_refused(ctx, app):
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "min_age", 16)
    got = await app.post("/api/v1/accounts", json=a_form(date_of_birth="yesterday"))
    assert got.json["details"]["date_of_birth"][0]["error"] == "ERR_INVALID"
    got = await app.post("/api/v1/accounts", json=a_form(date_of_birth="2024-05-01"))
    assert got.json["details"]["date_of_birth"][0]["error"] == "ERR_BELOW_LIMIT"
    got = await app.post("/api/v1/accounts", json=a_form(date_of_birth="1990-05-01"))
    assert got.status == 200


async def test_closed_means_closed(ctx, app):
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "registration_mode", "closed")
    got = await app.post("/api/v1/accounts", json=a_form())
    assert (got.status, got.json) == (403, {"error": "This action is not allowed"})


async def test_only_an_app_with_the_scope_signs_people_up(ctx, client):
    assert (await client.post("/api/v1/accounts", json=a_form())).status == 401
    reader = client.signed_in(await a_token(ctx, None, "read"))
    assert (await reader.post("/api/v1/accounts", json=a_form())).status == 403
    member = client.signed_in(await a_token(ctx, await an_account(ctx), "write"))
    assert (await member.post("/api/v1/accounts", json=a_form())).status == 403
