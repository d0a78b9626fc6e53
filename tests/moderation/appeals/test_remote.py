"""W7, from elsewhere: nobody files before they proved who they are, and no stranger can."""

import html
import re
from datetime import timedelta

import pytest

from tests.federation.far import FarServer
from tests.moderation.appeals.world import (
    a_moderator,
    appeals_of,
    code_in,
    decide,
    decided,
    the_appeal,
    token_of,
)
from tests.web.visit import Visit, where
from watertower.federation.remote.own_signature import forget_own_signature
from watertower.moderation.model.standing import Kind


@pytest.fixture
async def far(ctx):
    """A server far away."""
    forget_own_signature()
    server = FarServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def person(ctx, far):
    """Somebody there, whom we know; and their account here."""
    actor = far.actor("bob")
    account_id = await ctx.remote.find_account(f"bob@{far.host}")
    return actor, account_id


async def asked(client, handle: str) -> tuple[Visit, str, str]:
    """A private window in which a handle was typed: (window, its address, the link to show)."""
    window = Visit(client)
    await window.get("/appeals/remote")
    here = where(await window.submit("/appeals/remote", handle=handle))
    page = await window.get(here)
    link = re.search(r'<code class="long">([^<]+)</code>', page.text)[1]
    return window, here, html.unescape(link)


async def look(window: Visit, here: str):
    """The button that looks at the profile now."""
    await window.get(here)
    return await window.submit(here, by="profile")


async def shown_on_profile(ctx, clock, actor, link: str) -> None:
    """The owner puts the link into a field."""
    actor.more["attachment"] = [
        {"type": "PropertyValue", "name": "Appeal", "value": f'<a rel="me" href="{link}">x</a>'}
    ]
    clock.ahead += timedelta(minutes=2)  # a profile is read once a minute


async def test_a_person_elsewhere_proves_the_account_and_appeals(ctx, client, person, mails, clock):
    actor, account_id = person
    desk, _ = await a_moderator(ctx, client)
    from watertower.accounts.access.accounts import account_for

    account = await account_for(ctx, account_id=account_id)
    action_id = await decided(ctx, by=None, about=account)
    window, here, link = await asked(client, f"@Bob@{actor.server.host}")

    clock.ahead += timedelta(minutes=2)
    answer = await look(window, here)
    assert answer.status == 422
    assert "did not find the link" in answer.text
    await shown_on_profile(ctx, clock, actor, link)
    answer = await look(window, here)
    assert answer.status == 303, answer.text
    proved = where(answer)
    await window.get(proved)
    answer = await window.submit(
        proved,
        action_id=str(action_id),
        claim="error",
        text="That was a joke",
        email="bob@elsewhere.test",
    )

    assert answer.status == 303, answer.text
    appeal = await the_appeal(ctx, action_id)
    assert (appeal["state"], appeal["filed_by"]) == ("assigned", "remote")
    assert (appeal["identity_proof"], appeal["contact_verified_at"]) == ("profile", None)
    own = where(answer).partition("?")[0]
    await window.get(own)
    await window.submit(f"{own}/code", code=code_in(mails, "bob@elsewhere.test"))
    assert (await the_appeal(ctx, action_id))["contact_verified_at"] is not None
    page = await desk.get(f"/desk/appeals/{appeal['id']}")
    assert "Somebody elsewhere, proved by their profile" in page.text
    await decide(desk, appeal["id"], "accepted")
    async with ctx.reading() as tx:
        assert await tx.fetch_value(
            "SELECT suspended_at IS NULL FROM accounts WHERE id = $1", account_id
        )


async def test_remote_handle_cannot_be_claimed_by_a_stranger(ctx, client, person, clock):
    from watertower.accounts.access.accounts import account_for

    actor, account_id = person
    account = await account_for(ctx, account_id=account_id)
    action_id = await decided(ctx, by=None, about=account, kind=Kind.LIMIT)
    handle = f"bob@{actor.server.host}"
    _, _, owners = await asked(client, handle)
    stranger, here, strangers = await asked(client, handle)
    await shown_on_profile(ctx, clock, actor, owners)

    # The owner's link is on the profile, for everybody to read. It helps nobody else.
    assert strangers != owners
    assert (await look(stranger, here)).status == 422
    copied = f"/appeals/remote/{owners.rpartition('/')[2]}"
    assert (await stranger.get(copied)).status == 404
    assert (await stranger.get(f"/appeals/remote/proved/{here.rpartition('/')[2]}")).status == 404
    # Nor do posts: what somebody says about them is not their profile.
    actor.note(content=f"<p>{strangers}</p>")
    clock.ahead += timedelta(minutes=2)
    assert (await look(stranger, here)).status == 422
    assert await appeals_of(ctx, action_id) == []
    page = await stranger.get("/appeals/remote")
    assert page.status == 200


async def test_until_it_is_proved_every_handle_gets_the_same_answers(ctx, client, person, clock):
    from watertower.accounts.access.accounts import account_for

    actor, account_id = person
    account = await account_for(ctx, account_id=account_id)
    await decided(ctx, by=None, about=account)
    host = actor.server.host

    pages = []
    for name in ("bob", "zoe"):
        window, here, link = await asked(client, f"{name}@{host}")
        page = (await window.get(here)).text
        failed = await look(window, here)
        pages.append(
            [
                text.replace(name, "NAME").replace(link, "LINK").replace(here, "HERE")
                for text in (page, failed.text)
            ]
            + [failed.status]
        )

    token = re.compile(r'(name="authenticity_token" value=")[0-9a-f]+')
    first, second = (
        [token.sub(r"\1", part) if isinstance(part, str) else part for part in one] for one in pages
    )
    assert first == second


async def test_what_is_no_handle_of_somebody_elsewhere_is_refused(ctx, client):
    window = Visit(client)
    for handle in ("bob", "@bob", "bob@", f"bob@{ctx.settings.server.domain}", "a b@c.example"):
        await window.get("/appeals/remote")
        answer = await window.submit("/appeals/remote", handle=handle)
        assert answer.status == 422, handle


async def test_moderators_of_their_server_appeal_from_its_contact_address(
    ctx, client, person, mails
):
    from watertower.accounts.access.accounts import account_for

    await a_moderator(ctx, client)
    actor, account_id = person
    account = await account_for(ctx, account_id=account_id)
    action_id = await decided(ctx, by=None, about=account, kind=Kind.LIMIT)
    window, here, _ = await asked(client, f"bob@{actor.server.host}")
    answer = await window.submit(here, by="staff")
    assert answer.status == 422
    assert "publishes no address" in answer.text
    actor.server.documents["/api/v2/instance"] = {"contact": {"email": "staff@far.test"}}

    await window.get(here)
    assert (await window.submit(here, by="staff")).status == 303

    (mail,) = mails.to("staff@far.test")
    proved = re.search(r"/appeals/remote/proved/\S+", mail.text)[0]
    theirs = Visit(client)
    await theirs.get(proved)
    answer = await theirs.submit(
        proved,
        action_id=str(action_id),
        claim="error",
        text="We looked at it and see it otherwise",
        email="staff@far.test",
    )
    assert answer.status == 303, answer.text
    appeal = await the_appeal(ctx, action_id)
    assert (appeal["filed_by"], appeal["identity_proof"]) == ("remote_staff", "staff")


async def test_a_proof_is_for_the_decisions_about_that_account_only(ctx, client, person, clock):
    from tests.world import an_account
    from watertower.accounts.access.accounts import account_for

    actor, account_id = person
    account = await account_for(ctx, account_id=account_id)
    await decided(ctx, by=None, about=account)
    other_action = await decided(ctx, by=None, about=await an_account(ctx, domain="else.example"))
    window, here, link = await asked(client, f"bob@{actor.server.host}")
    await shown_on_profile(ctx, clock, actor, link)
    proved = where(await look(window, here))
    await window.get(proved)

    answer = await window.submit(
        proved, action_id=str(other_action), claim="error", text="Hm", email="b@c.test"
    )

    assert answer.status == 404
    assert await appeals_of(ctx, other_action) == []
    assert await token_of(ctx, other_action) not in (await window.get(proved)).text
