"""Posts with pictures through the door of the apps."""

import pytest

from tests.world import a_token, an_account

POST = "/api/v1/statuses"


@pytest.fixture
async def picture(ctx):
    async def make(by, *, state="done"):
        async with ctx.transaction() as tx:
            return str(
                await tx.fetch_value(
                    "INSERT INTO media_attachments (account_id, kind, state, original_key, "
                    "small_key) VALUES ($1, 'image', $2, 'a/b.png', 'a/c.png') RETURNING id",
                    by.id,
                    state,
                )
            )

    return make


async def test_pictures_are_shown_in_the_order_given(ctx, client, picture):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    ids = [await picture(alice) for _ in range(3)][::-1]

    made = await app.post(POST, json={"status": "", "media_ids": ids})

    assert made.status == 200
    assert [media["id"] for media in made.json["media_attachments"]] == ids


async def test_nobody_attaches_the_files_of_others_twice_or_unfinished(ctx, client, picture):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    mine, foreign = await picture(alice), await picture(bob)
    raw = await picture(alice, state="processing")
    await app.post(POST, json={"status": "1", "media_ids": [mine]})

    for media_id in (mine, foreign, raw):
        answer = await app.post(POST, json={"status": "2", "media_ids": [media_id]})
        assert answer.status == 422


async def test_an_edit_changes_pictures_and_their_words_and_history_keeps_them(
    ctx, client, picture
):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    one, two = await picture(alice), await picture(alice)
    made = (await app.post(POST, json={"status": "x", "media_ids": [one]})).json

    edited = await app.put(
        f"{POST}/{made['id']}",
        json={
            "status": "x",
            "media_ids": [two, one],
            "media_attributes": [{"id": one, "description": "A cat", "focus": "0.5,-0.5"}],
        },
    )

    assert edited.status == 200
    shown = edited.json["media_attachments"]
    assert [(media["id"], media["description"]) for media in shown] == [
        (two, None),
        (one, "A cat"),
    ]
    assert shown[1]["meta"]["focus"] == {"x": 0.5, "y": -0.5}
    history = (await client.get(f"{POST}/{made['id']}/history")).json
    assert [
        [(media["id"], media["description"]) for media in entry["media_attachments"]]
        for entry in history
    ] == [[(one, None)], [(two, None), (one, "A cat")]]


async def test_pictures_of_a_deleted_status_may_be_used_again(ctx, client, picture):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    one, two = await picture(alice), await picture(alice)
    made = (await app.post(POST, json={"status": "x", "media_ids": [one]})).json
    other = (await app.post(POST, json={"status": "y", "media_ids": [two]})).json

    gone = await app.delete(f"{POST}/{made['id']}")
    await app.delete(f"{POST}/{other['id']}?delete_media=true")

    assert [media["id"] for media in gone.json["media_attachments"]] == [one]
    again = await app.post(POST, json={"status": "x", "media_ids": [one]})
    assert [media["id"] for media in again.json["media_attachments"]] == [one]
    assert (await app.post(POST, json={"status": "z", "media_ids": [two]})).status == 422


async def test_a_scheduled_status_holds_its_pictures_until_it_is_published(
    ctx, client, clock, picture
):
    from datetime import timedelta

    from watertower.statuses.jobs.publish_scheduled import publish_scheduled

    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    one = await picture(alice)
    at = (ctx.now() + timedelta(hours=1)).isoformat()
    made = await app.post(POST, json={"status": "x", "media_ids": [one], "scheduled_at": at})
    taken = await app.post(POST, json={"status": "now", "media_ids": [one]})
    clock.ahead = timedelta(hours=2)

    await publish_scheduled.run(ctx, scheduled_id=int(made.json["id"]))

    assert [media["id"] for media in made.json["media_attachments"]] == [one]
    assert taken.status == 422
    shown = (await app.get(f"/api/v1/accounts/{alice.id}/statuses")).json
    assert [[m["id"] for m in status["media_attachments"]] for status in shown] == [[one]]


async def test_a_picture_that_looks_different_gives_its_status_a_new_face(ctx, client, picture):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    one = await picture(alice)
    made = (await app.post(POST, json={"status": "x", "media_ids": [one]})).json
    from watertower.statuses.reactions import show_processed_media

    async with ctx.transaction() as tx:
        await tx.execute("UPDATE media_attachments SET blurhash = 'abc' WHERE id = $1", int(one))
    await show_processed_media.run(ctx, media_id=int(one), status_id=int(made["id"]))

    shown = (await app.get(f"{POST}/{made['id']}")).json
    assert shown["media_attachments"][0]["blurhash"] == "abc"
