"""Deleting through the door of the apps."""

from tests.world import a_status, a_token, an_account

POST = "/api/v1/statuses"


async def test_a_deleted_status_is_gone_with_its_boosts_and_counts(ctx, client, drain):
    alice, bob = await an_account(ctx), await an_account(ctx)
    parent = await a_status(ctx, by=bob)
    app = client.signed_in(await a_token(ctx, alice))
    other = client.signed_in(await a_token(ctx, bob))
    made = (
        await app.post(POST, json={"status": "Oops *typo*", "in_reply_to_id": str(parent.id)})
    ).json
    boost = (await other.post(f"{POST}/{made['id']}/reblog")).json

    gone = await app.delete(f"{POST}/{made['id']}")
    await drain()

    assert gone.status == 200
    assert (gone.json["id"], gone.json["text"]) == (made["id"], "Oops *typo*")
    assert (await app.get(f"{POST}/{made['id']}")).status == 404
    assert (await other.get(f"{POST}/{boost['id']}")).status == 404
    shown = (await client.get(f"{POST}/{parent.id}")).json
    assert (shown["replies_count"], shown["account"]["statuses_count"]) == (0, 1)
    assert (await app.delete(f"{POST}/{made['id']}")).status == 404


async def test_the_same_words_may_be_posted_again_after_deleting_them(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))
    first = (await app.post(POST, json={"status": "Again"})).json
    await app.delete(f"{POST}/{first['id']}")

    second = await app.post(POST, json={"status": "Again"})

    assert second.status == 200
    assert second.json["id"] != first["id"]
    assert second.json["account"]["statuses_count"] == 1


async def test_nobody_deletes_the_words_of_others(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice)
    other = client.signed_in(await a_token(ctx, bob))

    assert (await other.delete(f"{POST}/{status.id}")).status == 404
    assert (await client.get(f"{POST}/{status.id}")).status == 200
