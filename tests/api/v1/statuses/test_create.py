"""Publishing through the door of the apps."""

import asyncio

from tests.world import a_status, a_token, an_account, unique
from watertower.statuses.model import Visibility

POST = "/api/v1/statuses"


async def test_a_post_is_answered_with_its_status(ctx, client):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))

    answer = await app.post(POST, json={"status": "Hello <world> #Cats"})

    status = answer.json
    assert answer.status == 200
    assert status["content"] == (
        "<p>Hello &lt;world&gt; "
        f'<a href="{ctx.settings.base_url}/tags/cats" class="mention hashtag" rel="tag">'
        "#<span>Cats</span></a></p>"
    )
    assert status["visibility"] == "public"
    assert status["language"] == "en"
    assert status["uri"] == f"{alice.uri}/statuses/{status['id']}"
    assert status["url"] == f"{ctx.settings.base_url}/@{alice.username}/{status['id']}"
    assert status["tags"] == [{"name": "cats", "url": f"{ctx.settings.base_url}/tags/cats"}]
    assert status["application"] == {"name": "Test app", "website": None}
    assert status["account"]["statuses_count"] == 1
    assert (await client.get(f"{POST}/{status['id']}")).json["content"] == status["content"]


async def test_a_plain_post_takes_five_queries(ctx, queries):
    from watertower.statuses.actions.publish import publish
    from watertower.statuses.draft import Draft

    alice = await an_account(ctx)
    queries.clear()
    await publish(ctx, author_id=alice.id, draft=Draft(text="Plain"))

    assert len(queries) <= 5


async def test_mentions_of_members_are_linked_and_kept(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    far = await an_account(ctx, domain=unique("far").replace("_", "") + ".example")
    app = client.signed_in(await a_token(ctx, alice))

    text = f"@{bob.username.upper()} and @{far.acct} and @nobody_here"
    answer = await app.post(POST, json={"status": text})

    assert [m["acct"] for m in answer.json["mentions"]] == [bob.username, far.acct]
    assert answer.json["content"].count("u-url mention") == 2
    assert "@nobody_here" in answer.json["content"]


async def test_a_reply_joins_the_conversation_and_is_counted(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    parent = await a_status(ctx, by=bob)
    app = client.signed_in(await a_token(ctx, alice))

    answer = await app.post(POST, json={"status": "Yes", "in_reply_to_id": str(parent.id)})

    assert answer.json["in_reply_to_id"] == str(parent.id)
    assert answer.json["in_reply_to_account_id"] == str(bob.id)
    assert (await client.get(f"{POST}/{parent.id}")).json["replies_count"] == 1


async def test_a_reply_to_what_one_may_not_see_is_not_possible(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    hidden = await a_status(ctx, by=bob, visibility=Visibility.PRIVATE)
    app = client.signed_in(await a_token(ctx, alice))

    answer = await app.post(POST, json={"status": "Yes", "in_reply_to_id": str(hidden.id)})

    assert answer.status == 404
    assert answer.json == {"error": "The post you are trying to reply to does not appear to exist."}


async def test_ten_repeats_at_once_with_a_key_make_one_post(ctx, client):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    sent = {"json": {"status": "Once"}, "headers": {"Idempotency-Key": "k1"}}

    answers = await asyncio.gather(*(app.post(POST, **sent) for _ in range(10)))

    assert {answer.status for answer in answers} == {200}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert (await app.get(f"{POST}/{answers[0].json['id']}")).json["account"]["statuses_count"] == 1


async def test_ten_identical_posts_at_once_without_a_key_make_one_post(ctx, client):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))

    answers = await asyncio.gather(*(app.post(POST, json={"status": "Once"}) for _ in range(10)))

    assert {answer.status for answer in answers} == {200}
    assert len({answer.json["id"] for answer in answers}) == 1


async def test_the_same_words_are_a_new_post_after_five_minutes(ctx, client, clock):
    from datetime import timedelta

    app = client.signed_in(await a_token(ctx, await an_account(ctx)))
    first = await app.post(POST, json={"status": "Good morning"})
    clock.ahead = timedelta(minutes=4)
    repeat = await app.post(POST, json={"status": "Good morning"})
    clock.ahead = timedelta(minutes=6)
    later = await app.post(POST, json={"status": "Good morning"})

    assert first.json["id"] == repeat.json["id"] != later.json["id"]


async def test_other_words_another_key_or_another_app_make_another_post(ctx, client):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    other = client.signed_in(await a_token(ctx, alice))
    keyed = {"headers": {"Idempotency-Key": "one"}}

    answers = [
        await app.post(POST, json={"status": "Hi"}),
        await app.post(POST, json={"status": "Hi", "visibility": "unlisted"}),
        await other.post(POST, json={"status": "Hi"}),
        await app.post(POST, json={"status": "Hi"}, **keyed),
        await app.post(POST, json={"status": "Hi"}, headers={"Idempotency-Key": "two"}),
    ]
    again = await app.post(POST, json={"status": "Hi"}, **keyed)

    assert len({answer.json["id"] for answer in answers}) == 5
    assert again.json["id"] == answers[3].json["id"]


async def test_a_refused_post_does_not_use_up_its_key(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))
    sent = {"headers": {"Idempotency-Key": "k"}}

    refused = await app.post(POST, json={"status": "Hi", "media_ids": ["77"]}, **sent)
    accepted = await app.post(POST, json={"status": "Hi"}, **sent)

    assert (refused.status, accepted.status) == (422, 200)


async def test_a_post_whose_connection_was_cut_is_there_once_when_sent_again(ctx, client):
    import json as jsonlib
    from urllib.parse import urlsplit

    alice = await an_account(ctx)
    token = await a_token(ctx, alice)
    address = urlsplit(client.base)
    body = jsonlib.dumps({"status": "Through a tunnel"}).encode()
    _, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(
        b"POST /api/v1/statuses HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Authorization: Bearer " + token.encode() + b"\r\nIdempotency-Key: cut\r\n"
        b"Content-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body
    )
    await writer.drain()
    writer.transport.abort()
    await asyncio.sleep(0.5)

    app = client.signed_in(token)
    answer = await app.post(
        POST, json={"status": "Through a tunnel"}, headers={"Idempotency-Key": "cut"}
    )

    assert answer.status == 200
    assert answer.json["account"]["statuses_count"] == 1


async def test_ten_repeats_of_a_scheduled_post_wait_as_one(ctx, client):
    from datetime import timedelta

    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    at = (ctx.now() + timedelta(hours=1)).isoformat()
    sent = {"json": {"status": "Later", "scheduled_at": at}}

    answers = await asyncio.gather(*(app.post(POST, **sent) for _ in range(10)))

    assert len({answer.json["id"] for answer in answers}) == 1
    assert len((await app.get("/api/v1/scheduled_statuses")).json) == 1
