from tests.feeds.world import a_member, announce, ids, sql
from tests.world import a_follow, a_status, an_account
from watertower.statuses.events import StatusDeleted, StatusPublished
from watertower.statuses.model import Visibility


async def test_a_list_is_made_changed_filled_and_removed(ctx, client):
    owner, as_owner = await a_member(ctx, client)
    friend, stranger = await an_account(ctx), await an_account(ctx)
    await a_follow(ctx, owner, friend)
    made = (await as_owner.post("/api/v1/lists", data={"title": "Friends"})).json
    path = f"/api/v1/lists/{made['id']}"
    assert made == {
        "id": made["id"], "title": "Friends", "replies_policy": "list", "exclusive": False,
    }  # fmt: skip
    assert (await as_owner.get("/api/v1/lists")).json == [made]
    changed = await as_owner.put(
        path, json={"title": "Best", "replies_policy": "none", "exclusive": True}
    )
    assert changed.json == made | {"title": "Best", "replies_policy": "none", "exclusive": True}
    assert (await as_owner.get(path)).json == changed.json

    assert (
        await as_owner.post(f"{path}/accounts", json={"account_ids": [friend.id]})
    ).status == 200
    again = await as_owner.post(f"{path}/accounts", json={"account_ids": [friend.id]})
    assert (again.status, again.json) == (
        422, {"error": "Validation failed: Account has already been taken"},
    )  # fmt: skip
    not_followed = await as_owner.post(f"{path}/accounts", json={"account_ids": [stranger.id]})
    assert not_followed.status == 404
    assert ids(await as_owner.get(f"{path}/accounts")) == [friend.id]
    assert ids(await as_owner.get(f"{path}/accounts", params={"limit": "0"})) == [friend.id]
    assert (await as_owner.get(f"/api/v1/accounts/{friend.id}/lists")).json == [changed.json]
    await as_owner.delete(f"{path}/accounts", json={"account_ids": [friend.id]})
    assert ids(await as_owner.get(f"{path}/accounts")) == []

    assert (await as_owner.post("/api/v1/lists", json={"title": " "})).status == 422
    wrong = await as_owner.post("/api/v1/lists", json={"title": "x", "replies_policy": "all"})
    assert wrong.status == 422
    _, as_other = await a_member(ctx, client)
    for answer in (
        await as_other.get(path),
        await as_other.put(path, json={"title": "Mine"}),
        await as_other.delete(path),
        await as_other.get(f"{path}/accounts"),
        await as_other.post(f"{path}/accounts", json={"account_ids": []}),
    ):
        assert answer.status == 404
    assert (await as_owner.delete(path)).json == {}
    assert (await as_owner.get("/api/v1/lists")).json == []


async def test_markers_move_and_say_when_another_app_was_faster(ctx, client):
    _, as_member = await a_member(ctx, client)
    first = await as_member.post("/api/v1/markers", data={"home[last_read_id]": "103"})
    assert {k: first.json["home"][k] for k in ("last_read_id", "version")} == {
        "last_read_id": "103", "version": 1,
    }  # fmt: skip
    second = await as_member.post(
        "/api/v1/markers",
        json={"home": {"last_read_id": "104"}, "notifications": {"last_read_id": "7"}},
    )
    assert second.json["home"]["version"] == 2
    late = await as_member.post(
        "/api/v1/markers", json={"home": {"last_read_id": "9", "version": 1}}
    )
    assert late.status == 409
    found = await as_member.get("/api/v1/markers", params={"timeline[]": "home"})
    assert found.json == {"home": second.json["home"]}
    assert (await as_member.get("/api/v1/markers")).json == {}
    wrong = await as_member.post("/api/v1/markers", json={"home": {"last_read_id": "x"}})
    assert wrong.status == 422


async def test_a_private_exchange_is_a_conversation_of_those_who_take_part(ctx, client, drain):
    one, as_one = await a_member(ctx, client)
    two, as_two = await a_member(ctx, client)
    _, as_third = await a_member(ctx, client)
    first = await a_status(ctx, one, visibility=Visibility.DIRECT, mentions=(two,))
    answer = await a_status(ctx, two, visibility=Visibility.DIRECT, mentions=(one,), reply_to=first)
    for status in (first, answer, answer):
        await announce(ctx, StatusPublished(status_id=status.id))
        await drain()

    (mine,) = (await as_one.get("/api/v1/conversations")).json
    (theirs,) = (await as_two.get("/api/v1/conversations")).json
    assert (mine["unread"], theirs["unread"]) == (True, False)
    assert mine["last_status"]["id"] == theirs["last_status"]["id"] == str(answer.id)
    assert [a["id"] for a in mine["accounts"]] == [str(two.id)]
    assert (await as_third.get("/api/v1/conversations")).json == []

    path = f"/api/v1/conversations/{mine['id']}"
    assert (await as_one.post(f"{path}/read")).json["unread"] is False
    assert (await as_one.post(f"{path}/unread")).json["unread"] is True
    assert (await as_two.post(f"{path}/read")).status == 404

    await sql(ctx, "UPDATE statuses SET deleted_at = now() WHERE id = $1", answer.id)
    await announce(ctx, StatusDeleted(status_id=answer.id, account_id=two.id, uri=""))
    await drain()
    (left,) = (await as_one.get("/api/v1/conversations")).json
    assert left["last_status"]["id"] == str(first.id)
    assert (await as_one.delete(path)).json == {}
    assert (await as_one.get("/api/v1/conversations")).json == []


async def test_one_conversation_takes_as_many_queries_as_three(ctx, client, drain, queries):
    member, as_member = await a_member(ctx, client)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            status = await a_status(
                ctx, await an_account(ctx), visibility=Visibility.DIRECT, mentions=(member,)
            )
            await announce(ctx, StatusPublished(status_id=status.id))
        await drain()
        await as_member.get("/api/v1/conversations")
        queries.clear()
        await as_member.get("/api/v1/conversations")
        counts.append(len(queries))
    assert counts == [4, 4]
