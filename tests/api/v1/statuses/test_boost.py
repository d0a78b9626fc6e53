"""Boosting through the door of the apps."""

import asyncio

from tests.world import a_follow, a_status, a_token, an_account
from watertower.statuses.model import Visibility

POST = "/api/v1/statuses"


async def test_a_boost_shows_the_status_inside(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, bob))

    answer = await app.post(f"{POST}/{status.id}/reblog", json={"visibility": "unlisted"})

    assert answer.status == 200
    assert answer.json["reblog"]["id"] == str(status.id)
    assert answer.json["reblog"]["reblogs_count"] == 1
    assert (answer.json["reblogged"], answer.json["reblog"]["reblogged"]) == (True, True)
    assert answer.json["visibility"] == "unlisted"
    assert answer.json["account"]["statuses_count"] == 1
    assert answer.json["uri"] == f"{bob.uri}/statuses/{answer.json['id']}/activity"


async def test_boosting_twice_or_ten_times_at_once_is_one_boost(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, bob))

    answers = await asyncio.gather(*(app.post(f"{POST}/{status.id}/reblog") for _ in range(10)))

    assert {answer.status for answer in answers} == {200}
    assert len({answer.json["id"] for answer in answers}) == 1
    shown = (await app.get(f"{POST}/{status.id}")).json
    assert (shown["reblogs_count"], shown["reblogged"]) == (1, True)


async def test_taking_it_back_and_boosting_again_counts_once(ctx, client, drain):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, bob))
    boost = (await app.post(f"{POST}/{status.id}/reblog")).json

    back = await app.post(f"{POST}/{boost['id']}/unreblog")
    twice = await app.post(f"{POST}/{status.id}/unreblog")
    again = await app.post(f"{POST}/{status.id}/reblog")

    assert (back.json["id"], back.json["reblogged"], back.json["reblogs_count"]) == (
        str(status.id),
        False,
        0,
    )
    assert twice.json["reblogs_count"] == 0
    assert again.json["reblog"]["reblogs_count"] == 1
    assert again.json["id"] != boost["id"]


async def test_only_the_author_boosts_what_is_for_followers(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    await a_follow(ctx, bob, alice)
    private = await a_status(ctx, by=alice, visibility=Visibility.PRIVATE)
    direct = await a_status(ctx, by=alice, visibility=Visibility.DIRECT)
    own = client.signed_in(await a_token(ctx, alice))
    other = client.signed_in(await a_token(ctx, bob))

    assert (await other.post(f"{POST}/{private.id}/reblog")).status == 403
    assert (await own.post(f"{POST}/{private.id}/reblog")).json["visibility"] == "private"
    assert (await own.post(f"{POST}/{direct.id}/reblog")).status == 403
    assert (await other.post(f"{POST}/{direct.id}/reblog")).status == 404


async def test_who_boosted_is_listed_by_page_with_the_same_queries(ctx, client, queries):
    alice = await an_account(ctx)
    one, three = await a_status(ctx, by=alice), await a_status(ctx, by=alice)
    people = [await an_account(ctx) for _ in range(3)]
    for person in people:
        app = client.signed_in(await a_token(ctx, person))
        await app.post(f"{POST}/{three.id}/reblog")
        if person is people[0]:
            await app.post(f"{POST}/{one.id}/reblog")

    queries.clear()
    await client.get(f"{POST}/{one.id}/reblogged_by")
    with_one = len(queries)
    queries.clear()
    answer = await client.get(f"{POST}/{three.id}/reblogged_by")

    assert len(queries) <= with_one
    assert [a["id"] for a in answer.json] == [str(p.id) for p in reversed(people)]
    first = await client.get(f"{POST}/{three.id}/reblogged_by?limit=2")
    assert [a["id"] for a in first.json] == [str(people[2].id), str(people[1].id)]
    following = first.headers["Link"].split(";")[0].strip("<>")
    assert [a["id"] for a in (await client.get(following)).json] == [str(people[0].id)]
