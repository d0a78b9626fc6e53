from datetime import timedelta

from tests.feeds.world import a_member, announce, ids
from tests.world import a_follow, a_status, an_account
from watertower.statuses.events import StatusPublished

FILTERS = "/api/v2/filters"


async def test_a_filter_warns_or_hides_from_the_very_next_request(ctx, client, drain):
    member, as_member = await a_member(ctx, client)
    author = await an_account(ctx)
    await a_follow(ctx, member, author)
    status = await a_status(ctx, author, "I like Spoilers, really")
    await announce(ctx, StatusPublished(status_id=status.id))
    await drain()
    made = await as_member.post(
        FILTERS,
        json={
            "title": "No plot",
            "context": ["home"],
            "keywords_attributes": [{"keyword": "spoilers", "whole_word": True}],
        },
    )
    assert made.status == 200, made.text
    (keyword,) = made.json["keywords"]
    assert made.json == {
        "id": made.json["id"],
        "title": "No plot",
        "context": ["home"],
        "expires_at": None,
        "filter_action": "warn",
        "keywords": [{"id": keyword["id"], "keyword": "spoilers", "whole_word": True}],
        "statuses": [],
    }
    (shown,) = (await as_member.get("/api/v1/timelines/home")).json
    assert shown["filtered"] == [
        {
            "filter": {k: v for k, v in made.json.items() if k not in {"keywords", "statuses"}},
            "keyword_matches": ["spoilers"],
            "status_matches": None,
        }
    ]

    changed = await as_member.put(
        f"{FILTERS}/{made.json['id']}", json={"filter_action": "hide", "expires_in": 3600}
    )
    assert changed.json["filter_action"] == "hide"
    assert changed.json["expires_at"] is not None
    assert ids(await as_member.get("/api/v1/timelines/home")) == []
    assert ids(await as_member.get("/api/v1/timelines/public")) != []

    forever = await as_member.put(f"{FILTERS}/{made.json['id']}", json={"expires_in": None})
    assert forever.json["expires_at"] is None
    assert (await as_member.delete(f"{FILTERS}/{made.json['id']}")).json == {}
    (shown,) = (await as_member.get("/api/v1/timelines/home")).json
    assert shown["filtered"] == []
    assert (await as_member.get(FILTERS)).json == []


async def test_keywords_and_statuses_of_a_filter_are_edited_apart(ctx, client):
    _, as_member = await a_member(ctx, client)
    status = await a_status(ctx, await an_account(ctx))
    made = await as_member.post(FILTERS, data={"title": "x", "context[]": "public"})
    path = f"{FILTERS}/{made.json['id']}"
    keyword = (await as_member.post(f"{path}/keywords", data={"keyword": "cats"})).json
    assert keyword == {"id": keyword["id"], "keyword": "cats", "whole_word": True}
    one = f"{FILTERS}/keywords/{keyword['id']}"
    changed = await as_member.put(one, json={"keyword": "dogs", "whole_word": False})
    assert changed.json == keyword | {"keyword": "dogs", "whole_word": False}
    assert (await as_member.get(one)).json == changed.json
    assert (await as_member.get(f"{path}/keywords")).json == [changed.json]

    filtered = (await as_member.post(f"{path}/statuses", json={"status_id": str(status.id)})).json
    assert filtered == {"id": filtered["id"], "status_id": str(status.id)}
    assert (await as_member.get(f"{path}/statuses")).json == [filtered]
    part = f"{FILTERS}/statuses/{filtered['id']}"
    assert (await as_member.get(part)).json == filtered

    _, as_other = await a_member(ctx, client)
    for answer in (
        await as_other.get(path), await as_other.put(path, json={"title": "y"}),
        await as_other.get(one), await as_other.delete(one), await as_other.delete(part),
        await as_other.post(f"{path}/keywords", json={"keyword": "k"}),
        await as_other.post(f"{path}/statuses", json={"status_id": str(status.id)}),
    ):  # fmt: skip
        assert answer.status == 404
    by_filter = await as_member.put(
        path,
        json={"keywords_attributes": [{"id": keyword["id"], "_destroy": True}, {"keyword": "n"}]},
    )
    assert [k["keyword"] for k in by_filter.json["keywords"]] == ["n"]
    assert (await as_member.delete(part)).json == {}
    assert (await as_member.get(path)).json["statuses"] == []


async def test_what_makes_no_sense_is_refused(ctx, client):
    _, as_member = await a_member(ctx, client)
    for body in (
        {"context": ["home"]},
        {"title": "x"},
        {"title": "x", "context": ["everywhere"]},
        {"title": "x", "context": ["home"], "filter_action": "burn"},
        {"title": "x", "context": ["home"], "expires_in": -5},
        {"title": "x", "context": ["home"], "keywords_attributes": ["word"]},
    ):
        assert (await as_member.post(FILTERS, json=body)).status == 422, body


async def test_older_apps_see_each_keyword_as_a_filter(ctx, client, clock):
    _, as_member = await a_member(ctx, client)
    made = await as_member.post(
        "/api/v1/filters", json={"phrase": "cats", "context": ["home"], "irreversible": True}
    )
    assert made.json == {
        "id": made.json["id"], "phrase": "cats", "context": ["home"], "whole_word": True,
        "expires_at": None, "irreversible": True,
    }  # fmt: skip
    assert made.headers["deprecation"]
    path = f"/api/v1/filters/{made.json['id']}"
    changed = await as_member.put(path, json={"phrase": "dogs", "irreversible": False})
    assert changed.json == made.json | {"phrase": "dogs", "irreversible": False}
    assert (await as_member.get("/api/v1/filters")).json == [changed.json]
    (new,) = (await as_member.get(FILTERS)).json
    assert (new["title"], new["filter_action"]) == ("dogs", "warn")
    await as_member.post(f"{FILTERS}/{new['id']}/keywords", json={"keyword": "mice"})
    assert (await as_member.put(path, json={"context": ["public"]})).status == 422
    clock.ahead = timedelta(0)
    for one in (await as_member.get("/api/v1/filters")).json:
        assert (await as_member.delete(f"/api/v1/filters/{one['id']}")).json == {}
    assert (await as_member.get(FILTERS)).json == []
