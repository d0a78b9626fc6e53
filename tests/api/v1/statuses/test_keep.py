"""Favourites, bookmarks, pins and muted conversations through the door of the apps."""

import pytest

from tests.world import a_status, a_token, an_account
from watertower.statuses.model import Visibility

POST = "/api/v1/statuses"


@pytest.mark.parametrize(
    ("verb", "unverb", "flag", "path"),
    [
        ("bookmark", "unbookmark", "bookmarked", "/api/v1/bookmarks"),
        ("favourite", "unfavourite", "favourited", "/api/v1/favourites"),
    ],
)
async def test_what_is_kept_is_listed_by_the_time_of_keeping(
    ctx, client, queries, verb, unverb, flag, path
):
    alice, bob = await an_account(ctx), await an_account(ctx)
    statuses = [await a_status(ctx, by=alice, text=f"n{n}") for n in range(3)]
    app = client.signed_in(await a_token(ctx, bob))

    kept = await app.post(f"{POST}/{statuses[1].id}/{verb}")
    await app.get(path)
    queries.clear()
    await app.get(path)
    with_one = len(queries)
    for n in (2, 0):
        await app.post(f"{POST}/{statuses[n].id}/{verb}")
    await app.get(path)
    queries.clear()
    answer = await app.get(path)

    assert kept.json[flag] is True
    assert len(queries) == with_one
    assert [s["id"] for s in answer.json] == [str(statuses[n].id) for n in (0, 2, 1)]
    first = await app.get(f"{path}?limit=2")
    assert [s["id"] for s in first.json] == [str(statuses[n].id) for n in (0, 2)]
    following = first.headers["Link"].split(";")[0].strip("<>")
    assert [s["id"] for s in (await app.get(following)).json] == [str(statuses[1].id)]
    back = await app.post(f"{POST}/{statuses[0].id}/{unverb}")
    assert back.json[flag] is False
    assert len((await app.get(path)).json) == 2
    assert (await client.get(path)).status == 401


async def test_five_own_statuses_may_be_pinned(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    statuses = [await a_status(ctx, by=alice) for _ in range(6)]
    direct = await a_status(ctx, by=alice, visibility=Visibility.DIRECT)
    foreign = await a_status(ctx, by=bob)

    pinned = [await app.post(f"{POST}/{status.id}/pin") for status in statuses]
    again = await app.post(f"{POST}/{statuses[0].id}/pin")

    assert [answer.status for answer in pinned] == [200] * 5 + [422]
    assert pinned[0].json["pinned"] is True
    assert again.status == 200
    assert pinned[5].json["error"] == (
        "Validation failed: You have already pinned the maximum number of posts"
    )
    assert (await app.post(f"{POST}/{foreign.id}/pin")).json["error"] == (
        "Validation failed: Someone else's post cannot be pinned"
    )
    assert (await app.post(f"{POST}/{direct.id}/pin")).status == 422
    assert (await app.post(f"{POST}/{statuses[0].id}/unpin")).json["pinned"] is False
    assert (await app.post(f"{POST}/{statuses[5].id}/pin")).status == 200


async def test_a_muted_conversation_is_muted_in_all_its_statuses(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    root = await a_status(ctx, by=alice)
    reply = await a_status(ctx, by=bob, reply_to=root)
    app = client.signed_in(await a_token(ctx, alice))

    muted = await app.post(f"{POST}/{root.id}/mute")

    assert muted.json["muted"] is True
    assert (await app.get(f"{POST}/{reply.id}")).json["muted"] is True
    assert (await app.post(f"{POST}/{reply.id}/unmute")).json["muted"] is False


async def test_several_statuses_come_in_the_order_asked_for(ctx, client):
    alice = await an_account(ctx)
    one, two = await a_status(ctx, by=alice), await a_status(ctx, by=alice)
    hidden = await a_status(ctx, by=alice, visibility=Visibility.PRIVATE)

    answer = await client.get(f"{POST}?id[]={one.id}&id[]={hidden.id}&id[]={two.id}&id[]=zzz")

    assert [s["id"] for s in answer.json] == [str(one.id), str(two.id)]


async def test_no_translation_service_is_set_up(ctx, client):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, alice))

    assert (await app.post(f"{POST}/{status.id}/translate")).status == 404
