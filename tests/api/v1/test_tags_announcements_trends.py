from datetime import timedelta

from tests.feeds.world import a_boost, a_member, a_tag, ids, sql
from tests.world import a_status, an_account, unique
from watertower.feeds.access.links import forget_trending_links
from watertower.feeds.access.trends import forget_trends


async def test_a_hashtag_is_shown_followed_and_left(ctx, client):
    name = unique("tag")
    member, as_member = await a_member(ctx, client)
    await a_status(ctx, member)
    fresh = await client.get(f"/api/v1/tags/{name}")
    assert (fresh.status, fresh.json["name"], len(fresh.json["history"])) == (200, name, 7)
    followed = await as_member.post(f"/api/v1/tags/{name}/follow")
    assert (followed.json["following"], followed.json["featuring"]) == (True, False)
    again = await as_member.post(f"/api/v1/tags/{name.upper()}/follow")
    assert again.json["id"] == followed.json["id"]
    tag_id = int(followed.json["id"])
    await sql(
        ctx,
        "INSERT INTO tag_days (tag_id, day, account_id, uses) VALUES ($1, $2, $3, 4)",
        tag_id,
        ctx.now().date(),
        member.id,
    )
    shown = (await as_member.get(f"/api/v1/tags/{name}")).json
    assert {k: shown["history"][0][k] for k in ("uses", "accounts")} == {
        "uses": "4",
        "accounts": "1",
    }
    listed = await as_member.get("/api/v1/followed_tags")
    assert [tag["name"] for tag in listed.json] == [name]
    assert (await as_member.post(f"/api/v1/tags/{name}/unfollow")).json["following"] is False
    assert (await as_member.get("/api/v1/followed_tags")).json == []
    assert (await client.get("/api/v1/tags/no%20tag")).status == 404
    assert (await as_member.post("/api/v1/tags/%23%23/follow")).status == 404


async def test_a_member_shows_hashtags_on_the_profile(ctx, client):
    name = unique("tag")
    member, as_member = await a_member(ctx, client)
    await a_tag(ctx, name, await a_status(ctx, member), await a_status(ctx, member))
    suggested = await as_member.get("/api/v1/featured_tags/suggestions")
    assert [tag["name"] for tag in suggested.json] == [name]
    made = await as_member.post("/api/v1/featured_tags", json={"name": f"#{name}"})
    assert (made.json["name"], made.json["statuses_count"]) == (name, "2")
    assert (await as_member.get("/api/v1/featured_tags")).json == [made.json]
    assert (await client.get(f"/api/v1/accounts/{member.id}/featured_tags")).json == [made.json]
    assert (await as_member.delete(f"/api/v1/featured_tags/{made.json['id']}")).json == {}
    assert (await as_member.delete(f"/api/v1/featured_tags/{made.json['id']}")).status == 404
    assert (await as_member.post("/api/v1/featured_tags", json={"name": "no tag"})).status == 422
    assert (await as_member.post(f"/api/v1/tags/{name}/feature")).json["featuring"] is True
    assert (await as_member.post(f"/api/v1/tags/{name}/unfeature")).json["featuring"] is False


async def test_announcements_are_read_dismissed_and_reacted_to(empty, client):
    ctx = empty
    _, as_member = await a_member(ctx, client)
    _, as_other = await a_member(ctx, client)
    shown = await sql(
        ctx,
        "INSERT INTO announcements (text, published_at) VALUES ($1, now()) RETURNING id",
        "Hello #World <b>",
    )
    for published, ends in ((None, None), (ctx.now(), ctx.now() - timedelta(hours=1))):
        await sql(
            ctx,
            "INSERT INTO announcements (text, published_at, ends_at) VALUES ('no', $1, $2)",
            published,
            ends,
        )
    (one,) = (await as_member.get("/api/v1/announcements")).json
    assert (one["id"], one["read"], one["reactions"]) == (str(shown), False, [])
    assert "&lt;b&gt;" in one["content"]
    assert [tag["name"] for tag in one["tags"]] == ["world"]

    path = f"/api/v1/announcements/{shown}"
    assert (await as_member.post(f"{path}/dismiss")).json == {}
    assert (await as_member.put(f"{path}/reactions/🎉")).json == {}
    assert (await as_member.put(f"{path}/reactions/🎉")).json == {}
    assert (await as_other.put(f"{path}/reactions/🎉")).json == {}
    assert (await as_member.put(f"{path}/reactions/word")).status == 422
    (one,) = (await as_other.get("/api/v1/announcements")).json
    assert (one["read"], one["reactions"]) == (False, [{"name": "🎉", "count": 2, "me": True}])
    assert (await as_other.delete(f"{path}/reactions/🎉")).json == {}
    (one,) = (await as_member.get("/api/v1/announcements")).json
    assert (one["read"], one["reactions"]) == (True, [{"name": "🎉", "count": 1, "me": True}])
    assert (await as_member.post("/api/v1/announcements/1/dismiss")).status == 404


async def test_what_several_people_like_and_use_trends(empty, client):
    ctx = empty
    forget_trends()
    author, one, two = [await an_account(ctx) for _ in range(3)]
    liked, boosted, once = [await a_status(ctx, author) for _ in range(3)]
    hidden = await a_status(ctx, await an_account(ctx, is_discoverable=False))
    for status, people in (
        (liked, (one, two)),
        (boosted, (one,)),
        (once, (one,)),
        (hidden, (one, two)),
    ):
        for person in people:
            await sql(
                ctx,
                "INSERT INTO favourites (account_id, status_id) VALUES ($1, $2)",
                person.id,
                status.id,
            )
    await a_boost(ctx, one, boosted)
    await a_boost(ctx, two, boosted)
    for name, people in (("common", (one, two)), ("rare", (one,))):
        tag_id = await a_tag(ctx, name)
        for person in people:
            await sql(
                ctx,
                "INSERT INTO tag_days (tag_id, day, account_id) VALUES ($1, $2, $3)",
                tag_id,
                ctx.now().date(),
                person.id,
            )

    first = await client.get("/api/v1/trends/statuses", params={"limit": 1})
    assert ids(first) == [boosted.id]
    assert 'offset=1>; rel="next"' in first.headers["link"]
    assert ids(await client.get("/api/v1/trends/statuses", params={"offset": 1})) == [liked.id]
    for path in ("/api/v1/trends", "/api/v1/trends/tags"):
        assert [tag["name"] for tag in (await client.get(path)).json] == ["common"]
    forget_trends()


async def test_a_link_that_several_people_share_trends_and_has_a_timeline(empty, client):
    ctx = empty
    forget_trending_links()
    one, two, shy = [await an_account(ctx, is_discoverable=n < 2) for n in range(3)]
    shared, lone = [
        await sql(
            ctx,
            "INSERT INTO preview_cards (url, title, state) VALUES ($1, $1, 'fetched') RETURNING id",
            f"https://news.example/{name}",
        )
        for name in ("shared", "lone")
    ]
    statuses = [
        await a_status(ctx, one, card_id=shared),
        await a_status(ctx, two, card_id=shared),
        await a_status(ctx, two, card_id=shared, created_at=ctx.now() - timedelta(days=1)),
        await a_status(ctx, shy, card_id=lone),
        await a_status(ctx, one, card_id=lone),
    ]

    (link,) = (await client.get("/api/v1/trends/links")).json

    assert link["url"] == "https://news.example/shared"
    assert [(day["uses"], day["accounts"]) for day in link["history"]] == [
        ("2", "2"),
        ("1", "1"),
        *[("0", "0")] * 5,
    ]
    timeline = "/api/v1/timelines/link"
    assert ids(await client.get(timeline, params={"url": link["url"]})) == [
        statuses[1].id,
        statuses[0].id,
        statuses[2].id,
    ]
    unshared = await client.get(timeline, params={"url": "https://news.example/lone"})
    assert unshared.status == 404
    assert (await client.get(timeline)).status == 422
    forget_trending_links()
