"""Relays of both kinds: subscribing, publishing, receiving, leaving."""

import pytest

from tests.federation.far import PUBLIC, FarServer
from tests.world import an_account, unique
from watertower.base.errors import Conflict, Invalid, NotFound
from watertower.federation.relays import relays, subscribe, unsubscribe
from watertower.federation.remote.own import known_status
from watertower.statuses.actions.delete_status import delete_status
from watertower.statuses.actions.publish import publish
from watertower.statuses.draft import Draft
from watertower.statuses.model import Visibility


@pytest.fixture
async def other(far):
    """A server whose posts the relay brings."""
    server = FarServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture(autouse=True)
async def no_relays(ctx):
    yield
    async with ctx.transaction() as tx:
        await tx.execute("TRUNCATE relays")


async def subscribed(ctx, far, post, settle, *, is_litepub=False):
    """A relay that accepted us."""
    relay = far.actor()
    url = relay.uri if is_litepub else f"{relay.uri}/inbox"
    await subscribe(ctx, url=url, is_litepub=is_litepub)
    await settle()
    [follow] = far.got("Follow")
    await post(relay, relay.activity("Accept", follow))
    await settle()
    return relay, follow


async def test_a_relay_is_followed_and_left(ctx, far, post, settle):
    relay, follow = await subscribed(ctx, far, post, settle)

    assert follow["actor"] == f"{ctx.settings.base_url}/actor"
    assert follow["object"] == PUBLIC
    assert [(one.style, one.state, one.actor_uri) for one in await relays(ctx)] == [
        ("mastodon", "accepted", relay.uri)
    ]
    with pytest.raises(Conflict):
        await subscribe(ctx, url=f"{relay.uri}/inbox")
    for bad in ("x", ctx.settings.base_url + "/inbox"):
        with pytest.raises(Invalid):
            await subscribe(ctx, url=bad)

    await unsubscribe(ctx, url=f"{relay.uri}/inbox")
    await settle()

    assert [one["object"]["id"] for one in far.got("Undo")] == [follow["id"]]
    assert await relays(ctx) == []
    with pytest.raises(NotFound):
        await unsubscribe(ctx, url=f"{relay.uri}/inbox")


async def test_only_the_relay_itself_answers(ctx, far, other, post, settle, outcome_of):
    relay, eve = far.actor(), other.actor()
    await subscribe(ctx, url=f"{relay.uri}/inbox")
    await settle()
    [follow] = far.got("Follow")
    accept = eve.activity("Accept", follow)

    await post(eve, accept)
    await settle()

    assert (await outcome_of(accept))[0] == "ignored"
    assert [one.state for one in await relays(ctx)] == ["pending"]
    await post(relay, relay.activity("Reject", follow["id"]))
    await settle()
    assert [one.state for one in await relays(ctx)] == ["rejected"]


async def test_public_posts_go_to_the_relay_and_others_do_not(ctx, far, post, settle):
    alice = await an_account(ctx)
    await subscribed(ctx, far, post, settle)

    public = await publish(ctx, author_id=alice.id, draft=Draft(text=unique("for all")))
    for visibility in (Visibility.UNLISTED, Visibility.PRIVATE, Visibility.DIRECT):
        draft = Draft(text=unique("x"), visibility=visibility)
        await publish(ctx, author_id=alice.id, draft=draft)
    await settle()
    await delete_status(ctx, actor_id=alice.id, status_id=public.status_id)
    await settle()

    assert [one["object"]["id"].rpartition("/")[2] for one in far.got("Create")] == [
        str(public.status_id)
    ]
    assert len(far.got("Delete")) == 1


async def test_a_relay_that_boosts_is_told_by_an_announce_and_follows_back(ctx, far, post, settle):
    alice = await an_account(ctx)
    relay, follow = await subscribed(ctx, far, post, settle, is_litepub=True)
    assert follow["object"] == relay.uri

    await post(relay, relay.activity("Follow", f"{ctx.settings.base_url}/actor"))
    public = await publish(ctx, author_id=alice.id, draft=Draft(text=unique("for all")))
    await settle()

    assert len(far.got("Accept")) == 1
    assert far.got("Create") == []
    [announce] = far.got("Announce")
    assert announce["actor"] == f"{ctx.settings.base_url}/actor"
    assert announce["object"].endswith(f"/statuses/{public.status_id}")


@pytest.mark.parametrize("way", ["Announce", "Create"])
async def test_what_a_relay_brings_is_taken_from_its_author(ctx, far, other, post, settle, way):
    relay, _ = await subscribed(ctx, far, post, settle)
    bob = other.actor()
    note = bob.note("<p>True</p>")
    if way == "Announce":
        activity = relay.activity("Announce", note["id"])
    else:
        activity = bob.activity("Create", note | {"content": "<p>False</p>"})
        activity["signature"] = {"type": "RsaSignature2017"}

    await post(relay, activity)
    await settle()

    known = await known_status(ctx, note["id"])
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT content_html, reblog_of_id FROM statuses WHERE uri = $1 OR reblog_of_id = $2",
            note["id"],
            known.id,
        )
    assert [tuple(row.values()) for row in rows] == [("<p>True</p>", None)]


async def test_a_stranger_brings_nothing_in_this_way(ctx, far, other, post, settle):
    stranger, bob = far.actor(), other.actor()
    note = bob.note()

    await post(stranger, stranger.activity("Announce", note["id"]))
    await settle()

    assert await known_status(ctx, note["id"]) is None
