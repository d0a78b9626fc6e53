from tests.feeds.world import a_boost, a_member, a_tag, ids, sql
from tests.world import a_follow, a_status, an_account, unique
from watertower.statuses.model import Visibility

PUBLIC = "/api/v1/timelines/public"


async def test_the_public_timeline_has_public_posts_that_are_no_replies(empty, client):
    ctx = empty
    here, there = await an_account(ctx), await an_account(ctx, domain="far.example")
    local = await a_status(ctx, here, has_media=True)
    remote = await a_status(ctx, there)
    await a_boost(ctx, here, remote)
    await a_status(ctx, here, visibility=Visibility.UNLISTED)
    await a_status(ctx, here, visibility=Visibility.PRIVATE)
    await a_status(ctx, here, reply_to=remote)
    thread = await a_status(ctx, here, reply_to=local)

    assert ids(await client.get(PUBLIC)) == [thread.id, remote.id, local.id]
    assert ids(await client.get(PUBLIC, params={"local": "true"})) == [thread.id, local.id]
    assert ids(await client.get(PUBLIC, params={"remote": "1"})) == [remote.id]
    assert ids(await client.get(PUBLIC, params={"only_media": "true"})) == [local.id]
    upwards = await client.get(PUBLIC, params={"min_id": local.id, "limit": 1})
    assert ids(upwards) == [remote.id]


async def test_limited_authors_are_shown_to_their_followers_only(empty, client):
    ctx = empty
    limited = await an_account(ctx, limited_at=ctx.now())
    suspended = await an_account(ctx, suspended_at=ctx.now())
    follower, as_follower = await a_member(ctx, client)
    await a_follow(ctx, follower, limited)
    status = await a_status(ctx, limited)
    await a_status(ctx, suspended)

    assert ids(await client.get(PUBLIC)) == []
    assert ids(await as_follower.get(PUBLIC)) == [status.id]


async def test_a_page_is_full_although_muted_and_blocked_authors_are_left_out(empty, client):
    ctx = empty
    wanted, muted, blocked, blocking = [await an_account(ctx) for _ in range(4)]
    hidden_server = await an_account(ctx, domain="hidden.example")
    reader, as_reader = await a_member(ctx, client)
    pairs = (("mutes", reader, muted), ("blocks", reader, blocked), ("blocks", blocking, reader))
    for table, who, whom in pairs:
        await sql(
            ctx,
            f"INSERT INTO {table} (account_id, target_account_id) VALUES ($1, $2)",
            who.id,
            whom.id,
        )
    await sql(
        ctx,
        "INSERT INTO domain_mutes (account_id, domain) VALUES ($1, $2)",
        reader.id,
        "hidden.example",
    )
    first, second = await a_status(ctx, wanted), await a_status(ctx, wanted)
    for author in (muted, blocked, hidden_server):
        await a_status(ctx, author)

    assert ids(await as_reader.get(PUBLIC, params={"limit": 2})) == [second.id, first.id]
    await a_status(ctx, blocking)
    assert ids(await as_reader.get(PUBLIC)) == [second.id, first.id]


async def test_chosen_languages_narrow_the_public_timeline(empty, client):
    ctx = empty
    author = await an_account(ctx)
    reader, as_reader = await a_member(ctx, client)
    await sql(ctx, "UPDATE logins SET chosen_languages = '{de}' WHERE account_id = $1", reader.id)
    german = await a_status(ctx, author, language="de")
    await a_status(ctx, author, language="en")
    unknown = await a_status(ctx, author, language=None)

    assert ids(await as_reader.get(PUBLIC)) == [unknown.id, german.id]


async def test_a_tag_timeline_can_be_widened_and_narrowed(ctx, client):
    author = await an_account(ctx)
    one, two, three = [await a_status(ctx, author) for _ in range(3)]
    tag, other, bad = unique("tag"), unique("other"), unique("bad")
    await a_tag(ctx, tag, one, two)
    await a_tag(ctx, other, two, three)
    await a_tag(ctx, bad, three)
    path = f"/api/v1/timelines/tag/{tag.upper()}"

    assert ids(await client.get(path)) == [two.id, one.id]
    assert ids(await client.get(path, params={"any[]": other})) == [three.id, two.id, one.id]
    assert ids(await client.get(path, params={"all[]": other})) == [two.id]
    assert ids(await client.get(path, params={"any[]": other, "none[]": bad})) == [two.id, one.id]
    assert ids(await client.get(path, params={"remote": "true"})) == []
    assert ids(await client.get(path, params={"local": "true", "limit": 1})) == [two.id]
    assert ids(await client.get(f"/api/v1/timelines/tag/{unique('none')}")) == []
    assert ids(await client.get("/api/v1/timelines/tag/日本")) == []


async def test_a_list_shows_its_accounts_and_the_replies_its_policy_allows(ctx, client):
    owner, as_owner = await a_member(ctx, client)
    inside, outside, followed = [await an_account(ctx) for _ in range(3)]
    for account in (inside, followed):
        await a_follow(ctx, owner, account)
    made = (await as_owner.post("/api/v1/lists", json={"title": "Friends"})).json
    path = f"/api/v1/timelines/list/{made['id']}"
    await as_owner.post(
        f"/api/v1/lists/{made['id']}/accounts", data={"account_ids[]": str(inside.id)}
    )
    plain = await a_status(ctx, inside, visibility=Visibility.PRIVATE)
    to_outside = await a_status(ctx, inside, reply_to=await a_status(ctx, outside))
    to_followed = await a_status(ctx, inside, reply_to=await a_status(ctx, followed))
    to_inside = await a_status(ctx, inside, reply_to=plain)
    assert to_outside

    assert ids(await as_owner.get(path)) == [to_inside.id, plain.id]
    await as_owner.put(f"/api/v1/lists/{made['id']}", json={"replies_policy": "followed"})
    assert ids(await as_owner.get(path)) == [to_inside.id, to_followed.id, plain.id]
    _, as_other = await a_member(ctx, client)
    assert (await as_other.get(path)).status == 404


async def test_every_timeline_takes_as_many_queries_for_one_as_for_three(empty, client, queries):
    ctx = empty
    author = await an_account(ctx)
    owner, as_owner = await a_member(ctx, client)
    await a_follow(ctx, owner, author)
    tag = unique("tag")
    made = (await as_owner.post("/api/v1/lists", json={"title": "x"})).json
    await as_owner.post(f"/api/v1/lists/{made['id']}/accounts", json={"account_ids": [author.id]})
    paths = [PUBLIC, f"/api/v1/timelines/tag/{tag}", f"/api/v1/timelines/list/{made['id']}"]
    counts: list[list[int]] = []
    for more in (1, 2):
        for _ in range(more):
            await a_tag(ctx, tag, await a_status(ctx, author))
        counts.append([])
        for path in paths:
            await as_owner.get(path)
            queries.clear()
            assert len(ids(await as_owner.get(path))) == (1 if more == 1 else 3)
            counts[-1].append(len(queries))
    assert counts == [[2, 2, 3], [2, 2, 3]]


async def test_no_link_trends(client):
    answer = await client.get("/api/v1/timelines/link", params={"url": "https://a.example/"})
    assert answer.status == 404
