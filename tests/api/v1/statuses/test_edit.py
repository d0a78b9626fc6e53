"""Editing, history and source through the door of the apps."""

from tests.world import a_token, an_account

POST = "/api/v1/statuses"


async def test_an_edit_shows_at_once_and_its_history_keeps_both(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    made = (await app.post(POST, json={"status": f"First #one @{bob.username}"})).json

    edited = await app.put(
        f"{POST}/{made['id']}", json={"status": "Second #two", "spoiler_text": "cw"}
    )

    assert edited.status == 200
    assert edited.json["edited_at"] is not None
    assert edited.json["spoiler_text"] == "cw"
    assert [tag["name"] for tag in edited.json["tags"]] == ["two"]
    assert edited.json["mentions"] == []
    assert edited.json["created_at"] == made["created_at"]
    history = (await client.get(f"{POST}/{made['id']}/history")).json
    assert [entry["content"] for entry in history] == [made["content"], edited.json["content"]]
    assert [entry["spoiler_text"] for entry in history] == ["", "cw"]
    assert history[0]["created_at"] == made["created_at"]
    assert history[1]["account"]["id"] == str(alice.id)
    source = (await app.get(f"{POST}/{made['id']}/source")).json
    assert source == {
        "id": made["id"],
        "text": "Second #two",
        "spoiler_text": "cw",
        "content_type": "text/plain",
    }


async def test_a_status_never_edited_has_a_history_of_one(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))
    made = (await app.post(POST, json={"status": "Only"})).json

    history = (await client.get(f"{POST}/{made['id']}/history")).json

    assert history == [
        {
            "content": "<p>Only</p>",
            "spoiler_text": "",
            "sensitive": False,
            "created_at": made["created_at"],
            "account": history[0]["account"],
            "media_attachments": [],
            "emojis": [],
            "quote": None,
        }
    ]


async def test_an_edit_that_changes_nothing_is_none(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))
    made = (await app.post(POST, json={"status": "Same"})).json

    answer = await app.put(f"{POST}/{made['id']}", json={"status": "Same"})

    assert (answer.status, answer.json["edited_at"]) == (200, None)
    assert len((await client.get(f"{POST}/{made['id']}/history")).json) == 1


async def test_other_options_begin_a_poll_anew(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    voter = client.signed_in(await a_token(ctx, bob))
    poll = {"options": ["a", "b"], "expires_in": 3600}
    made = (await app.post(POST, json={"status": "?", "poll": poll})).json
    await voter.post(f"/api/v1/polls/{made['poll']['id']}/votes", json={"choices": [0]})

    same = await app.put(f"{POST}/{made['id']}", json={"status": "??", "poll": poll})
    other = await app.put(
        f"{POST}/{made['id']}", json={"status": "??", "poll": poll | {"options": ["a", "c"]}}
    )
    none = await app.put(f"{POST}/{made['id']}", json={"status": "no more"})

    assert same.json["poll"]["votes_count"] == 1
    assert (other.json["poll"]["votes_count"], other.json["poll"]["voters_count"]) == (0, 0)
    assert [o["title"] for o in other.json["poll"]["options"]] == ["a", "c"]
    assert none.json["poll"] is None
    history = (await client.get(f"{POST}/{made['id']}/history")).json
    assert [entry.get("poll") for entry in history] == [
        {"options": [{"title": "a"}, {"title": "b"}]},
        {"options": [{"title": "a"}, {"title": "b"}]},
        {"options": [{"title": "a"}, {"title": "c"}]},
        None,
    ]


async def test_nobody_edits_the_words_of_others(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    made = (await app.post(POST, json={"status": "Mine"})).json
    other = client.signed_in(await a_token(ctx, bob))

    assert (await other.put(f"{POST}/{made['id']}", json={"status": "Yours"})).status == 404
    assert (await app.put(f"{POST}/{made['id']}", json={"status": ""})).status == 422
    assert (await client.get(f"{POST}/{made['id']}")).json["content"] == "<p>Mine</p>"
