from dataclasses import fields
from datetime import timedelta

from tests.feeds.world import a_boost, a_member, a_tag, announce, ids, sql
from tests.world import a_follow, a_status, an_account, unique
from watertower.accounts.events import Blocked, Followed, Muted, Unfollowed, Unmuted
from watertower.feeds.jobs.trim_homes import trim_homes
from watertower.statuses.events import StatusBoosted, StatusDeleted, StatusPublished
from watertower.statuses.model import Visibility

HOME = "/api/v1/timelines/home"


async def test_a_post_stands_in_the_homes_of_followers_and_nowhere_else(ctx, client, drain):
    author = await an_account(ctx)
    follower, as_follower = await a_member(ctx, client)
    _, as_stranger = await a_member(ctx, client)
    await a_follow(ctx, follower, author)

    status = await a_status(ctx, author)
    await announce(ctx, StatusPublished(status_id=status.id))
    await drain()
    await announce(ctx, StatusPublished(status_id=status.id))  # a reaction may run twice
    await drain()

    assert ids(await as_follower.get(HOME)) == [status.id]
    assert ids(await as_stranger.get(HOME)) == []


async def test_ones_own_post_is_in_the_home_before_any_job_has_run(ctx, client):
    author, as_author = await a_member(ctx, client)
    status = await a_status(ctx, author)

    assert ids(await as_author.get(HOME)) == [status.id]


async def test_a_private_post_reaches_followers_and_a_direct_one_only_who_is_mentioned(
    ctx, client, drain
):
    author = await an_account(ctx)
    follower, as_follower = await a_member(ctx, client)
    mentioned, as_mentioned = await a_member(ctx, client)
    for reader in (follower, mentioned):
        await a_follow(ctx, reader, author)
    private = await a_status(ctx, author, visibility=Visibility.PRIVATE)
    direct = await a_status(ctx, author, visibility=Visibility.DIRECT, mentions=(mentioned,))
    await announce(ctx, StatusPublished(status_id=private.id), StatusPublished(status_id=direct.id))
    await drain()

    assert ids(await as_follower.get(HOME)) == [private.id]
    assert ids(await as_mentioned.get(HOME)) == [direct.id, private.id]


async def test_replies_are_shown_only_to_those_who_follow_both(ctx, client, drain):
    author, other, stranger = [await an_account(ctx) for _ in range(3)]
    reader, as_reader = await a_member(ctx, client)
    await a_follow(ctx, reader, author)
    await a_follow(ctx, reader, other)
    to_other = await a_status(ctx, author, reply_to=await a_status(ctx, other))
    to_stranger = await a_status(ctx, author, reply_to=await a_status(ctx, stranger))
    to_self = await a_status(ctx, author, reply_to=to_stranger)
    to_unknown = await a_status(ctx, author, in_reply_to_id=1)
    for status in (to_other, to_stranger, to_self, to_unknown):
        await announce(ctx, StatusPublished(status_id=status.id))
    await drain()

    assert ids(await as_reader.get(HOME)) == [to_self.id, to_other.id]


async def test_a_boost_of_what_still_stands_on_the_first_screens_is_not_shown_again(
    ctx, client, drain
):
    author, booster, other = [await an_account(ctx) for _ in range(3)]
    reader, as_reader = await a_member(ctx, client)
    for account in (author, booster, other):
        await a_follow(ctx, reader, account)
    seen = await a_status(ctx, author)
    await announce(ctx, StatusPublished(status_id=seen.id))
    await drain()
    unseen = await a_status(ctx, await an_account(ctx))
    first = await a_boost(ctx, booster, unseen)
    boosts = [await a_boost(ctx, booster, seen), first, await a_boost(ctx, other, unseen)]
    for boost, of in zip(boosts, (seen, unseen, unseen), strict=True):
        await announce(ctx, StatusBoosted(status_id=boost, reblog_of_id=of.id))
        await drain()

    shown = await as_reader.get(HOME)
    assert ids(shown) == [first, seen.id]
    assert shown.json[0]["reblog"]["id"] == str(unseen.id)


async def test_boosts_are_left_out_for_followers_who_hide_them_or_the_author(ctx, client, drain):
    author, booster = await an_account(ctx), await an_account(ctx)
    without, as_without = await a_member(ctx, client)
    muting, as_muting = await a_member(ctx, client)
    blocked, as_blocked = await a_member(ctx, client)
    plain, as_plain = await a_member(ctx, client)
    for reader in (without, muting, blocked, plain):
        await a_follow(ctx, reader, booster)
    await sql(ctx, "UPDATE follows SET shows_reblogs = false WHERE account_id = $1", without.id)
    await sql(
        ctx,
        "INSERT INTO mutes (account_id, target_account_id) VALUES ($1, $2)",
        muting.id,
        author.id,
    )
    await sql(
        ctx,
        "INSERT INTO blocks (account_id, target_account_id) VALUES ($1, $2)",
        author.id,
        blocked.id,
    )
    boost = await a_boost(ctx, booster, original := await a_status(ctx, author))
    await announce(ctx, StatusBoosted(status_id=boost, reblog_of_id=original.id))
    await drain()

    assert ids(await as_plain.get(HOME)) == [boost]
    for hidden in (as_without, as_muting, as_blocked):
        assert ids(await hidden.get(HOME)) == []
    assert await sql(ctx, "SELECT count(*) FROM home_feed WHERE status_id = $1", boost) == 2


async def test_an_exclusive_list_keeps_its_accounts_out_of_the_home(ctx, client, drain):
    author = await an_account(ctx)
    reader, as_reader = await a_member(ctx, client)
    await a_follow(ctx, reader, author)
    made = await as_reader.post("/api/v1/lists", json={"title": "Work", "exclusive": True})
    list_id = made.json["id"]
    added = await as_reader.post(
        f"/api/v1/lists/{list_id}/accounts", json={"account_ids": [str(author.id)]}
    )
    assert (added.status, added.json) == (200, {})
    status = await a_status(ctx, author)
    await announce(ctx, StatusPublished(status_id=status.id))
    await drain()

    assert ids(await as_reader.get(HOME)) == []
    assert ids(await as_reader.get(f"/api/v1/timelines/list/{list_id}")) == [status.id]


async def test_followers_of_a_tag_find_public_posts_under_it(ctx, client, drain):
    author = await an_account(ctx)
    reader, as_reader = await a_member(ctx, client)
    muting, as_muting = await a_member(ctx, client)
    public = await a_status(ctx, author)
    unlisted = await a_status(ctx, author, visibility=Visibility.UNLISTED)
    tag_id = await a_tag(ctx, unique("tag"), public, unlisted)
    for member in (reader, muting):
        await sql(
            ctx, "INSERT INTO tag_follows (account_id, tag_id) VALUES ($1, $2)", member.id, tag_id
        )
    await sql(
        ctx,
        "INSERT INTO mutes (account_id, target_account_id) VALUES ($1, $2)",
        muting.id,
        author.id,
    )
    await announce(
        ctx, StatusPublished(status_id=public.id), StatusPublished(status_id=unlisted.id)
    )
    await drain()

    assert ids(await as_reader.get(HOME)) == [public.id]
    assert ids(await as_muting.get(HOME)) == []


async def test_a_follow_brings_the_newest_posts_and_its_end_takes_them_away(ctx, client, drain):
    author = await an_account(ctx)
    reader, as_reader = await a_member(ctx, client)
    statuses = [await a_status(ctx, author) for _ in range(22)]
    follow_id = await a_follow(ctx, reader, author)
    followed = Followed(follow_id=follow_id, actor_id=reader.id, target_id=author.id)
    await announce(ctx, followed, followed)
    await drain()
    newest = [status.id for status in statuses[:1:-1]]
    assert ids(await as_reader.get(HOME, params={"limit": 40})) == newest

    await announce(ctx, Muted(actor_id=reader.id, target_id=author.id))
    await drain()
    assert ids(await as_reader.get(HOME)) == []
    await announce(ctx, Unmuted(actor_id=reader.id, target_id=author.id))
    await drain()
    assert ids(await as_reader.get(HOME, params={"limit": 40})) == newest

    await announce(ctx, Unfollowed(actor_id=reader.id, target_id=author.id, uri=""))
    await drain()
    assert ids(await as_reader.get(HOME)) == []


async def test_a_block_empties_the_homes_of_both(ctx, client, drain):
    (one, as_one), (two, as_two) = [await a_member(ctx, client) for _ in range(2)]
    for who, whom in ((one, two), (two, one)):
        status = await a_status(ctx, whom, created_at=ctx.now() - timedelta(hours=2))
        follow_id = await a_follow(ctx, who, whom)
        await announce(ctx, Followed(follow_id=follow_id, actor_id=who.id, target_id=whom.id))
        assert status
    await drain()
    assert len(ids(await as_one.get(HOME))) == len(ids(await as_two.get(HOME))) == 1

    await announce(ctx, Blocked(actor_id=one.id, target_id=two.id))
    await drain()
    assert ids(await as_one.get(HOME)) == ids(await as_two.get(HOME)) == []


async def test_a_deleted_post_leaves_the_homes(ctx, client, drain):
    author = await an_account(ctx)
    reader, as_reader = await a_member(ctx, client)
    await a_follow(ctx, reader, author)
    status = await a_status(ctx, author)
    await announce(ctx, StatusPublished(status_id=status.id))
    await drain()
    await sql(ctx, "UPDATE statuses SET deleted_at = now() WHERE id = $1", status.id)
    assert ids(await as_reader.get(HOME)) == []

    names = {field.name for field in fields(StatusDeleted)} - {"status_id", "account_id"}
    await announce(
        ctx,
        StatusDeleted(
            status_id=status.id,
            account_id=author.id,
            **{name: [] if name.endswith("s") else "" for name in names},
        ),
    )
    await drain()
    assert await sql(ctx, "SELECT count(*) FROM home_feed WHERE status_id = $1", status.id) == 0


async def test_who_was_away_for_a_month_finds_a_full_home_on_the_way_back(ctx, client, drain):
    author = await an_account(ctx)
    reader, as_reader = await a_member(ctx, client)
    await a_follow(ctx, reader, author)
    await sql(
        ctx,
        "UPDATE logins SET last_active_at = now() - interval '40 days' WHERE account_id = $1",
        reader.id,
    )
    await sql(
        ctx,
        "UPDATE oauth_tokens SET used_at = now() - interval '40 days' WHERE login_id = "
        "(SELECT id FROM logins WHERE account_id = $1)",
        reader.id,
    )
    status = await a_status(ctx, author)
    await announce(ctx, StatusPublished(status_id=status.id))
    await drain()
    assert await sql(ctx, "SELECT count(*) FROM home_feed WHERE account_id = $1", reader.id) == 0

    await as_reader.get(HOME)
    await drain()
    assert ids(await as_reader.get(HOME)) == [status.id]


async def test_homes_are_trimmed_to_their_size(ctx, client):
    reader, _ = await a_member(ctx, client)
    away = await an_account(ctx)
    await sql(ctx, "UPDATE logins SET last_active_at = NULL WHERE account_id = $1", away.id)
    for account in (reader, away):
        await sql(
            ctx,
            "INSERT INTO home_feed (account_id, status_id, author_id) "
            "SELECT $1, n, 1 FROM generate_series(1, 810) AS n",
            account.id,
        )
    await trim_homes.run(ctx)

    assert await sql(ctx, "SELECT count(*) FROM home_feed WHERE account_id = $1", reader.id) == 800
    assert (
        await sql(ctx, "SELECT min(status_id) FROM home_feed WHERE account_id = $1", reader.id)
        == 11
    )
    assert await sql(ctx, "SELECT count(*) FROM home_feed WHERE account_id = $1", away.id) == 0


async def test_a_home_takes_two_queries_whatever_stands_in_it(ctx, client, drain, queries):
    author = await an_account(ctx)
    reader, as_reader = await a_member(ctx, client)
    await a_follow(ctx, reader, author)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            status = await a_status(ctx, author)
            await announce(ctx, StatusPublished(status_id=status.id))
        await drain()
        await as_reader.get(HOME)  # faces are kept from now on
        queries.clear()
        await as_reader.get(HOME)
        counts.append(len(queries))
    assert counts == [2, 2]


async def test_pages_lead_through_the_home_in_both_directions(ctx, client, drain):
    author = await an_account(ctx)
    reader, as_reader = await a_member(ctx, client)
    await a_follow(ctx, reader, author)
    made = []
    for _ in range(5):
        status = await a_status(ctx, author)
        made.append(status.id)
        await announce(ctx, StatusPublished(status_id=status.id))
    await drain()

    first = await as_reader.get(HOME, params={"limit": 2})
    assert ids(first) == [made[4], made[3]]
    assert f"max_id={made[3]}" in first.headers["link"]
    assert f"min_id={made[4]}" in first.headers["link"]
    assert ids(await as_reader.get(HOME, params={"max_id": made[3]})) == made[2::-1]
    assert ids(await as_reader.get(HOME, params={"min_id": made[0], "limit": 2})) == [
        made[2], made[1],
    ]  # fmt: skip
    assert ids(await as_reader.get(HOME, params={"since_id": made[2]})) == [made[4], made[3]]
