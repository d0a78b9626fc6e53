"""Answers of a thread are fetched when a member opens it, recent posts when one is followed."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.federation.far import FarServer
from tests.world import a_token, an_account
from watertower.accounts.queries.accounts import find_account
from watertower.federation.jobs import fetch_replies as fetching
from watertower.federation.remote.note import status_by_uri
from watertower.federation.remote.own import known_status


async def met(ctx, far, actor):
    found = await ctx.remote.find_account(f"{actor.name}@{far.host}")
    async with ctx.reading() as tx:
        return await find_account(tx, account_id=found)


@pytest.fixture
async def other(far):
    server = FarServer()
    await server.start()
    yield server
    await server.stop()


OLD = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def listed(note, *items, **more):
    """Have the note list these answers."""
    note["replies"] = {
        "id": f"{note['id']}/replies",
        "type": "Collection",
        "first": {"type": "CollectionPage", "items": list(items), **more},
    }


async def thread(ctx, far, other):
    """A post with two answers, one of which has an answer; nothing but the post is known."""
    bob, carol = far.actor(), other.actor()
    root = bob.note("<p>root</p>", published=OLD)
    first = carol.note("<p>first</p>", inReplyTo=root["id"])
    second = bob.note("<p>second</p>", inReplyTo=root["id"])
    below = bob.note("<p>below</p>", inReplyTo=first["id"])
    listed(root, second, next=f"{root['id']}/replies/2")
    page = {"id": f"{root['id']}/replies/2", "type": "CollectionPage", "items": [first["id"]]}
    far.documents[page["id"].removeprefix(far.base)] = page
    listed(first, below["id"])
    other.documents[first["id"].removeprefix(other.base)] = first
    status = await status_by_uri(ctx, root["id"])
    return status, root, [first, second, below]


async def shown(app, status):
    answer = await app.get(f"/api/v1/statuses/{status.id}/context")
    return answer, sorted(one["content"] for one in answer.json["descendants"])


async def test_answers_come_when_a_member_opens_the_thread(ctx, far, other, settle, client):
    status, _, _ = await thread(ctx, far, other)
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))

    first, before = await shown(app, status)
    running = await app.get(f"/api/v1_alpha/async_refreshes/thread-{status.id}")
    await settle()
    _, after = await shown(app, status)

    name = f"thread-{status.id}"
    assert first.headers["Mastodon-Async-Refresh"] == f'id="{name}", retry=3'
    assert running.json["async_refresh"] == {"id": name, "status": "running", "result_count": 0}
    assert before == []
    assert after == ["<p>below</p>", "<p>first</p>", "<p>second</p>"]
    done = await app.get(f"/api/v1_alpha/async_refreshes/{name}")
    assert done.json["async_refresh"] == {"id": name, "status": "finished", "result_count": 3}
    for nothing in ("thread-1", "thread-x", "x", f"thread-{10**30}"):
        assert (await app.get(f"/api/v1_alpha/async_refreshes/{nothing}")).status == 404


async def test_a_thread_is_looked_at_once_in_a_while(ctx, far, other, settle, client):
    status, root, _ = await thread(ctx, far, other)
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))
    await shown(app, status)
    await settle()
    far.asked.clear()

    again, _ = await shown(app, status)
    await settle()

    assert "Mastodon-Async-Refresh" not in again.headers
    assert far.asked == []
    assert root["id"]


async def test_strangers_and_new_posts_make_us_fetch_nothing(ctx, far, other, settle, client):
    status, _, answers = await thread(ctx, far, other)
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))
    new = await status_by_uri(ctx, far.actor().note()["id"])

    await client.get(f"/api/v1/statuses/{status.id}/context")
    answer, _ = await shown(app, new)
    await settle()

    assert "Mastodon-Async-Refresh" not in answer.headers
    assert [await known_status(ctx, one["id"]) for one in answers] == [None, None, None]


async def test_a_thread_without_end_stops_at_the_budget(
    ctx, far, other, settle, client, monkeypatch
):
    monkeypatch.setattr(fetching, "MOST_FETCHED", 4)
    bob = far.actor()
    root = bob.note(published=OLD)
    answers = [bob.note(inReplyTo=root["id"]) for _ in range(9)]
    listed(root, *[one["id"] for one in answers], next=root["id"] + "/replies")
    status = await status_by_uri(ctx, root["id"])
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))

    await shown(app, status)
    await settle()

    known = [await known_status(ctx, one["id"]) for one in answers]
    assert sum(one is not None for one in known) == 4


async def test_the_recent_posts_of_somebody_new_are_there(ctx, far, other, post, settle, client):
    alice, bob, eve = await an_account(ctx), far.actor(), other.actor()
    mine = [bob.note(f"<p>{n}</p>", published=OLD) for n in range(3)]
    private = bob.note("<p>private</p>", to=[bob.followers], published=OLD)
    others = eve.note("<p>others</p>", published=OLD)
    far.documents[f"/users/{bob.name}/outbox"] = {
        "id": f"{bob.uri}/outbox",
        "type": "OrderedCollection",
        "first": f"{bob.uri}/outbox/1",
    }
    items = [bob.activity("Create", one) for one in (*mine, private, others)]
    items.append(bob.activity("Announce", others["id"]))
    far.documents[f"/users/{bob.name}/outbox/1"] = {
        "id": f"{bob.uri}/outbox/1",
        "type": "OrderedCollectionPage",
        "orderedItems": items,
    }
    account = await met(ctx, far, bob)
    app = client.signed_in(await a_token(ctx, alice))

    await app.post(f"/api/v1/accounts/{account.id}/follow")
    await settle()
    [follow] = far.got("Follow")
    await post(bob, bob.activity("Accept", follow))
    await settle()

    shown = (await app.get(f"/api/v1/accounts/{account.id}/statuses")).json
    assert sorted(one["content"] for one in shown) == ["<p>0</p>", "<p>1</p>", "<p>2</p>"]
    home = (await app.get("/api/v1/timelines/home")).json
    assert sorted(one["content"] for one in home) == ["<p>0</p>", "<p>1</p>", "<p>2</p>"]
    assert (await app.get("/api/v1/notifications")).json == []
