"""Becoming a member with a browser, in every mode the community may choose."""

import re
from dataclasses import replace

import pytest

from tests.web.visit import PASSWORD, Visit, a_member, where
from tests.world import unique
from watertower.accounts.actions.invites import create_invite
from watertower.accounts.queries.site import set_site_setting
from watertower.web.views.site import forget_site


@pytest.fixture
async def decide(ctx):
    """Decides site settings for one test."""
    decided = []

    async def decide(**values):
        async with ctx.transaction() as tx:
            for name, value in values.items():
                decided.append(name)
                await set_site_setting(tx, name, value)
        forget_site()

    yield decide
    async with ctx.transaction() as tx:
        for name in decided:
            await set_site_setting(tx, name, None)
        await tx.execute("DELETE FROM rules")
    forget_site()


@pytest.fixture
def strict(ctx, monkeypatch):
    """A server that is not in development: mail addresses must be confirmed."""
    server = replace(ctx.settings.server, development=False)
    monkeypatch.setattr(ctx, "settings", replace(ctx.settings, server=server))


def filled(name):
    return {
        "username": name,
        "email": f"{name}@example.test",
        "password": PASSWORD,
        "password_again": PASSWORD,
    }


async def test_an_open_community_lets_one_in_at_once(ctx, client, decide):
    await decide(registration_mode="open")
    visit, name = Visit(client), unique("new")
    await visit.get("/auth/sign_up")

    answer = await visit.submit("/auth/sign_up", **filled(name))

    assert (answer.status, where(answer)) == (303, "/")
    assert name in (await visit.get("/")).text


async def test_the_rules_come_before_the_form_and_must_be_agreed_to(ctx, client, decide):
    await decide(registration_mode="open")
    async with ctx.transaction() as tx:
        await tx.execute("INSERT INTO rules (text) VALUES ('Be kind <always>')")
    forget_site()
    visit, name = Visit(client), unique("new")

    first = await visit.get("/auth/sign_up")
    assert "Be kind &lt;always&gt;" in first.text
    assert 'name="password"' not in first.text
    await visit.get("/auth/sign_up?agreed=1")
    refused = await visit.submit("/auth/sign_up", **filled(name), agreed="0")
    assert refused.status == 422
    assert "The rules must be accepted." in refused.text
    await visit.get("/auth/sign_up?agreed=1")
    assert (await visit.submit("/auth/sign_up", **filled(name))).status == 303


async def test_each_mistake_is_told_at_its_field_and_nothing_typed_is_lost(ctx, client, decide):
    await decide(registration_mode="open", min_age=16)
    taken = await a_member(ctx)
    visit = Visit(client)
    await visit.get("/auth/sign_up")

    answer = await visit.submit(
        "/auth/sign_up",
        username=taken.username,
        email="no address",
        password="short",
        password_again="short",
        date_of_birth="2020-01-01",
    )

    assert answer.status == 422
    assert re.findall(r'<p class="wrong"[^>]*>([^<]*)</p>', answer.text) == [
        "This name has already been taken.",
        "This address is invalid.",
        "The password is too short (minimum is 8 characters).",
        "The date is below the age limit.",
    ]
    assert f'value="{taken.username}"' in answer.text
    assert "short" not in re.findall(r'name="password"[^>]*value="([^"]*)"', answer.text)


async def test_two_different_passwords_make_no_account(ctx, client, decide):
    await decide(registration_mode="open")
    visit, name = Visit(client), unique("new")
    await visit.get("/auth/sign_up")

    answer = await visit.submit("/auth/sign_up", **filled(name) | {"password_again": "other"})

    assert answer.status == 422
    assert (await client.get(f"/@{name}")).status == 404


async def test_where_staff_decides_one_waits_after_signing_up(ctx, client, decide):
    await decide(registration_mode="approval", requires_reason=True)
    visit, name = Visit(client), unique("new")
    form = await visit.get("/auth/sign_up")
    assert "Why do you want to join?" in form.text
    assert (await visit.submit("/auth/sign_up", **filled(name))).status == 422

    answer = await visit.submit("/auth/sign_up", **filled(name), reason="I bake bread.")

    assert where(answer) == "/auth/waiting"
    assert "Your application is being read" in (await visit.get("/auth/waiting")).text
    await visit.get("/auth/edit")
    assert where(await visit.get("/oauth/authorize/native?code=x")) == "/auth/waiting"


async def test_a_closed_community_says_so(ctx, client, decide):
    await decide(registration_mode="closed", closed_message="Back in spring.")
    visit = Visit(client)

    answer = await visit.get("/auth/sign_up")

    assert answer.status == 403
    assert "Back in spring." in answer.text
    await visit.get("/auth/sign_in")
    token = visit.hidden("/auth/sign_in")
    name = unique("new")
    posted = await visit._call("POST", "/auth/sign_up", token | filled(name) | {"agreed": "1"}, {})
    assert posted.status == 403
    assert (await client.get(f"/@{name}")).status == 404


async def test_an_invitation_opens_the_door_as_often_as_it_says(ctx, client, decide):
    await decide(registration_mode="invite")
    host = await a_member(ctx)
    invite = await create_invite(ctx, account_id=host.id, max_uses=1)
    assert (await client.get("/auth/sign_up")).status == 403

    visit, name = Visit(client), unique("new")
    await visit.follow(f"/invite/{invite.code}")
    answer = await visit.submit("/auth/sign_up", **filled(name))
    assert where(answer) == "/"

    assert (await client.get(f"/invite/{invite.code}")).status == 404


async def test_an_address_is_confirmed_by_the_link_in_the_mail(
    ctx, client, decide, strict, drain, mails
):
    await decide(registration_mode="open")
    visit, name = Visit(client), unique("new")
    await visit.get("/auth/sign_up")
    answer = await visit.submit("/auth/sign_up", **filled(name))
    assert where(answer) == "/auth/waiting"
    assert f"{name}@example.test" in (await visit.get("/auth/waiting")).text
    await drain()
    link = re.findall(r"/auth/confirmation\?confirmation_token=[\w-]+", mails.mails[-1].text)[0]

    assert where(await visit.get(link)) == "/auth/waiting"
    assert where(await visit.get("/auth/waiting")) == "/"

    other = Visit(client)
    assert where(await other.get(link)) == "/auth/sign_in?note=confirmed"
    broken = await other.get("/auth/confirmation?confirmation_token=nonsense")
    assert broken.status == 404
    assert "no longer valid" in broken.text


async def test_asking_for_the_link_again_does_not_tell_who_is_here(
    ctx, client, strict, drain, mails
):
    account = await a_member(ctx, confirmed=False)
    visit = Visit(client)

    for email in (f"{account.username}@example.test", "nobody@example.test"):
        await visit.get("/auth/confirmation/new")
        answer = await visit.submit("/auth/confirmation", email=email)
        assert where(answer) == "/auth/sign_in?note=sent"
    await drain()

    # One from signing up and one that was asked for.
    assert len(mails.to(f"{account.username}@example.test")) == 2
    assert mails.to("nobody@example.test") == []
