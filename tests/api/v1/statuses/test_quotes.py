"""Quotes through the door of the apps."""

from tests.world import a_status, a_token, an_account

POST = "/api/v1/statuses"


async def test_a_quote_shows_what_it_quotes_until_it_is_revoked(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice)
    own = client.signed_in(await a_token(ctx, alice))
    other = client.signed_in(await a_token(ctx, bob))

    quote = await other.post(POST, json={"status": "See", "quoted_status_id": str(status.id)})

    assert quote.status == 200
    assert quote.json["quote"]["state"] == "accepted"
    assert quote.json["quote"]["quoted_status"]["id"] == str(status.id)
    assert (await own.get(f"{POST}/{status.id}")).json["quotes_count"] == 1
    assert [s["id"] for s in (await own.get(f"{POST}/{status.id}/quotes")).json] == [
        quote.json["id"]
    ]
    assert (await other.get(f"{POST}/{status.id}/quotes")).status == 403
    path = f"{POST}/{status.id}/quotes/{quote.json['id']}/revoke"
    assert (await other.post(path)).status == 403
    revoked = await own.post(path)
    assert revoked.json["quote"] == {"state": "revoked", "quoted_status": None}
    assert (await own.get(f"{POST}/{status.id}")).json["quotes_count"] == 0
    assert (await own.get(f"{POST}/{status.id}/quotes")).json == []


async def test_an_author_says_who_may_quote(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    own = client.signed_in(await a_token(ctx, alice))
    other = client.signed_in(await a_token(ctx, bob))
    made = (await own.post(POST, json={"status": "x", "quote_approval_policy": "nobody"})).json
    sent = {"status": "See", "quoted_status_id": made["id"]}

    refused = await other.post(POST, json=sent)
    changed = await own.put(
        f"{POST}/{made['id']}/interaction_policy", json={"quote_approval_policy": "public"}
    )
    accepted = await other.post(POST, json=sent)

    assert (refused.status, accepted.status) == (403, 200)
    assert changed.json["quote_approval"]["automatic"] == ["public"]
    nobody = await other.put(
        f"{POST}/{made['id']}/interaction_policy", json={"quote_approval_policy": "nobody"}
    )
    assert nobody.status == 404
