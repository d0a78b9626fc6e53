"""From a post to everybody's home: the whole way through the queue."""

from tests.world import a_follow, a_token, an_account

POST = "/api/v1/statuses"


async def test_a_post_with_a_poll_a_mention_and_a_link_reaches_those_it_should(ctx, client, drain):
    alice, bob, carol = await an_account(ctx), await an_account(ctx), await an_account(ctx)
    await a_follow(ctx, bob, alice)
    app = client.signed_in(await a_token(ctx, alice))
    follower = client.signed_in(await a_token(ctx, bob))
    named = client.signed_in(await a_token(ctx, carol))

    made = await app.post(
        POST,
        json={
            "status": f"@{carol.username} see http://127.0.0.1:9/nothing",
            "poll": {"options": ["a", "b"], "expires_in": 600},
        },
    )
    await drain()

    for who in (app, follower):
        home = (await who.get("/api/v1/timelines/home")).json
        assert [status["id"] for status in home] == [made.json["id"]]
    told = (await named.get("/api/v1/notifications")).json
    assert [(one["type"], one["status"]["id"]) for one in told] == [("mention", made.json["id"])]

    await app.delete(f"{POST}/{made.json['id']}")
    await drain()

    assert (await follower.get("/api/v1/timelines/home")).json == []
    assert (await named.get("/api/v1/notifications")).json == []
