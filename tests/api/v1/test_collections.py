"""Collections over HTTP: made and filled by one, left by others, shown to all."""

import pytest

from tests.world import a_token, an_account

PATH = "/api/v1/collections"


async def a_member(ctx, client, **columns):
    """Somebody and their app."""
    account = await an_account(ctx, **columns)
    return account, client.signed_in(await a_token(ctx, account))


async def made(app, *accounts, **more):
    """A collection of these accounts, as JSON."""
    said = {"name": "Cooks", "account_ids": [str(one.id) for one in accounts], **more}
    answer = await app.post(PATH, json=said)
    assert answer.status == 200, answer.text
    return answer.json["collection"]


def members(collection):
    return [item["account_id"] for item in collection["items"]]


async def test_a_collection_is_made_shown_changed_and_removed(ctx, client):
    me, app = await a_member(ctx, client)
    bob = await an_account(ctx)
    base = ctx.settings.base_url

    shown = await made(app, bob, description="They cook", language="en", tag_name="#Soup")

    number = shown.pop("id")
    assert shown.pop("created_at") == shown.pop("updated_at")
    (item,) = shown.pop("items")
    assert (item["account_id"], item["state"]) == (str(bob.id), "accepted")
    assert shown == {
        "uri": f"{base}/ap/users/{me.id}/collections/{number}",
        "name": "Cooks",
        "description": "They cook",
        "language": "en",
        "account_id": str(me.id),
        "local": True,
        "sensitive": False,
        "discoverable": True,
        "url": f"{base}/collections/{number}",
        "item_count": 1,
        "tag": {"name": "Soup", "url": f"{base}/tags/soup"},
    }
    public = (await client.get(f"{PATH}/{number}")).json
    assert [one["id"] for one in public["accounts"]] == [str(me.id), str(bob.id)]
    changed = await app.patch(f"{PATH}/{number}", json={"name": "Good cooks", "tag_name": ""})
    assert (changed.json["collection"]["name"], changed.json["collection"]["tag"]) == (
        "Good cooks",
        None,
    )
    assert changed.json["collection"]["description"] == "They cook"
    assert (await app.delete(f"{PATH}/{number}")).json == {}
    assert (await client.get(f"{PATH}/{number}")).status == 404


async def test_only_the_owner_changes_a_collection(ctx, client):
    _, app = await a_member(ctx, client)
    thief_account, thief = await a_member(ctx, client)
    bob = await an_account(ctx)
    collection = await made(app, bob)
    path, item = f"{PATH}/{collection['id']}", collection["items"][0]["id"]

    assert (await thief.patch(path, json={"name": "Mine"})).status == 404
    assert (await thief.delete(path)).status == 404
    added = await thief.post(f"{path}/items", json={"account_id": str(thief_account.id)})
    assert added.status == 404
    assert (await thief.delete(f"{path}/items/{item}")).status == 404
    assert (await thief.post(f"{path}/items/{item}/revoke")).status == 404
    assert (await app.post(f"{path}/items/{item}/revoke")).status == 404
    assert members((await client.get(path)).json["collection"]) == [str(bob.id)]


async def test_whoever_leaves_is_not_put_in_again(ctx, client):
    _, app = await a_member(ctx, client)
    bob, bobs = await a_member(ctx, client)
    collection = await made(app, bob)
    path = f"{PATH}/{collection['id']}"
    within = f"/api/v1/accounts/{bob.id}/in_collections"
    assert len((await bobs.get(within)).json["collections"]) == 1

    left = await bobs.post(f"{path}/items/{collection['items'][0]['id']}/revoke")

    assert left.json == {}
    assert members((await app.get(path)).json["collection"]) == []
    assert (await bobs.get(within)).json == {"collections": []}
    assert (await app.get(within)).status == 403
    again = await app.post(f"{path}/items", json={"account_id": str(bob.id)})
    assert again.status == 422


async def test_who_did_not_agree_is_not_put_in(ctx, client):
    me, app = await a_member(ctx, client)
    blocker, blockers = await a_member(ctx, client)
    await blockers.post(f"/api/v1/accounts/{me.id}/block")
    refused = [
        await an_account(ctx, is_discoverable=False),
        await an_account(ctx, domain="far.example"),
        blocker,
    ]
    gone = await an_account(ctx, suspended_at=ctx.now())

    for account in refused:
        answer = await app.post(PATH, json={"name": "x", "account_ids": [str(account.id)]})
        assert answer.status == 403
    assert (await app.post(PATH, json={"name": "x", "account_ids": [str(gone.id)]})).status == 404
    assert (await app.get(f"/api/v1/accounts/{me.id}/collections")).json == {"collections": []}


async def test_a_block_takes_out_of_collections_and_hides_them(ctx, client, drain):
    me, app = await a_member(ctx, client)
    bob, bobs = await a_member(ctx, client)
    collection = await made(app, bob)
    path = f"{PATH}/{collection['id']}"

    await bobs.post(f"/api/v1/accounts/{me.id}/block")
    await drain()

    assert members((await client.get(path)).json["collection"]) == []
    assert (await bobs.get(path)).status == 404


async def test_those_not_to_be_found_are_listed_for_their_owner_only(ctx, client):
    me, app = await a_member(ctx, client)
    shown = await made(app)
    hidden = await made(app, discoverable=False)
    path = f"/api/v1/accounts/{me.id}/collections"

    async def ids(app, **params):
        return [one["id"] for one in (await app.get(path, params=params)).json["collections"]]

    assert await ids(app) == [hidden["id"], shown["id"]]
    assert await ids(client) == [shown["id"]]
    assert await ids(app, limit=1, offset=1) == [shown["id"]]
    first = await app.get(path, params={"limit": 1})
    assert first.headers["link"].endswith(f'{path}?limit=1&offset=1>; rel="next"')


async def test_limits_and_bad_words_are_refused(ctx, client):
    _, app = await a_member(ctx, client)
    people = [await an_account(ctx) for _ in range(26)]
    collection = await made(app, *people[:25])
    full = await app.post(
        f"{PATH}/{collection['id']}/items", json={"account_id": str(people[25].id)}
    )
    assert full.status == 422
    for said in (
        {},
        {"name": "  "},
        {"name": "x" * 41},
        {"name": "x", "description": "x" * 101},
        {"name": "x", "language": "klingonese"},
        {"name": "x", "tag_name": "#"},
    ):
        assert (await app.post(PATH, json=said)).status == 422
    for _ in range(9):
        await made(app)
    assert (await app.post(PATH, json={"name": "eleven"})).status == 422


async def test_who_is_put_in_is_told_once(ctx, client, drain):
    me, app = await a_member(ctx, client)
    bob, bobs = await a_member(ctx, client)
    collection = await made(app, bob, me)
    await drain()

    (told,) = (await bobs.get("/api/v1/notifications")).json

    assert (told["type"], told["account"]["id"]) == ("added_to_collection", str(me.id))
    assert told["collection"]["id"] == collection["id"]
    assert (await app.get("/api/v1/notifications")).json == []


async def test_the_old_address_says_that_it_is_old(ctx, client):
    _, app = await a_member(ctx, client)
    collection = await made(app)

    answer = await client.get(f"/api/v1_alpha/collections/{collection['id']}")

    assert (answer.status, answer.headers["Deprecation"]) == (200, "@1781049600")


@pytest.mark.parametrize("how_many", [1, 3])
async def test_any_number_of_collections_takes_as_many_queries(ctx, client, queries, how_many):
    me, app = await a_member(ctx, client)
    for _ in range(how_many):
        await made(app, await an_account(ctx))
    queries.clear()

    answer = await client.get(f"/api/v1/accounts/{me.id}/collections")

    assert len(answer.json["collections"]) == how_many
    assert len(queries) == 2  # the account, its collections
