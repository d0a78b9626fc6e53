"""Announcements, conversations, and a post's whole way from one app to another."""

import json

from tests.api.streaming.apps import an_app, everything, tell
from tests.world import a_follow, a_status, a_token, an_account
from watertower.statuses.model import Visibility


async def test_an_announcement_and_its_reactions_come_to_everybody(ctx, client):
    alice = await an_account(ctx)
    async with ctx.transaction() as tx:
        announcement_id = await tx.fetch_value(
            "INSERT INTO announcements (text, published_at) VALUES ('We move', $1) RETURNING id",
            ctx.now(),
        )
        await tx.execute(
            "INSERT INTO announcement_reactions (announcement_id, account_id, name) "
            "VALUES ($1, $2, '👍')",
            announcement_id,
            alice.id,
        )

    async with an_app(client, await a_token(ctx, alice), "user", "public") as app:
        await tell(ctx, "announcement", id=announcement_id)
        await tell(ctx, "announcement.reaction", id=announcement_id, name="👍")
        await tell(ctx, "announcement.reaction", id=announcement_id, name="👎")
        await tell(ctx, "announcement.delete", id=announcement_id)
        await tell(ctx, "announcement", id=1)
        heard = await everything(ctx, app, alice.id)

    assert [message["event"] for message in heard] == [
        "announcement",
        "announcement.reaction",
        "announcement.reaction",
        "announcement.delete",
    ]
    shown, first, second, gone = [json.loads(message["payload"]) for message in heard]
    assert (shown["id"], shown["content"]) == (str(announcement_id), "<p>We move</p>")
    assert first == {"name": "👍", "count": 1, "announcement_id": str(announcement_id)}
    assert second == {"name": "👎", "count": 0, "announcement_id": str(announcement_id)}
    assert gone == announcement_id


async def test_a_conversation_comes_to_its_members_alone(ctx, client):
    alice, bob, eve = [await an_account(ctx) for _ in range(3)]
    status = await a_status(ctx, by=alice, visibility=Visibility.DIRECT, mentions=(bob,))
    async with ctx.transaction() as tx:
        inbox_id = await tx.fetch_value(
            "INSERT INTO inbox_conversations (account_id, conversation_id, participant_ids, "
            "status_ids, last_status_id, is_unread) VALUES ($1, $2, $3, $4, $5, true) RETURNING id",
            bob.id,
            status.conversation_id,
            [alice.id],
            [status.id],
            status.id,
        )

    async with (
        an_app(client, await a_token(ctx, bob), "user", "direct") as member,
        an_app(client, await a_token(ctx, eve), "user", "direct") as stranger,
    ):
        await tell(ctx, "conversation", inbox_conversation_id=inbox_id, account_id=bob.id)
        await tell(ctx, "conversation", inbox_conversation_id=inbox_id, account_id=eve.id)
        [message] = await everything(ctx, member, bob.id)
        assert await everything(ctx, stranger, eve.id) == []

    payload = json.loads(message["payload"])
    assert (message["stream"], message["event"]) == (["direct"], "conversation")
    assert (payload["id"], payload["unread"]) == (str(inbox_id), True)
    assert payload["last_status"]["id"] == str(status.id)


async def test_a_post_reaches_a_followers_open_app_and_its_end_as_well(ctx, client, drain):
    alice, bob = await an_account(ctx), await an_account(ctx)
    await a_follow(ctx, bob, alice)
    author = client.signed_in(await a_token(ctx, alice))

    async with an_app(client, await a_token(ctx, bob), "user") as app:
        posted = (await author.post("/api/v1/statuses", data={"status": "Ahoy"})).json
        await drain()
        await author.put(f"/api/v1/statuses/{posted['id']}", data={"status": "Ahoy!"})
        await drain()
        await author.delete(f"/api/v1/statuses/{posted['id']}")
        await drain()
        heard = await everything(ctx, app, bob.id)

    assert [message["event"] for message in heard] == ["update", "status.update", "delete"]
    contents = [json.loads(message["payload"]) for message in heard]
    assert [contents[0]["content"], contents[1]["content"]] == ["<p>Ahoy</p>", "<p>Ahoy!</p>"]
    assert heard[2]["payload"] == posted["id"]
