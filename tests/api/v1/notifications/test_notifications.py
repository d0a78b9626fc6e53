from datetime import timedelta

from tests.feeds.world import a_boost, a_member, announce, ids, sql
from tests.world import a_follow, a_status, an_account
from watertower.accounts.events import AccountForgotten, Blocked, FollowAsked, Followed, Unfollowed
from watertower.statuses.events import (
    PollClosed,
    StatusBoosted,
    StatusEdited,
    StatusPublished,
    StatusUnboosted,
)
from watertower.statuses.model import Visibility

ALL = "/api/v1/notifications"


async def kinds(as_member, **params):
    answer = await as_member.get(ALL, params=params)
    assert answer.status == 200, answer.text
    return [item["type"] for item in answer.json]


async def old_account(ctx, **columns):
    return await an_account(ctx, created_at=ctx.now() - timedelta(days=100), **columns)


async def test_a_mention_is_told_once_with_its_status(ctx, client, drain):
    author = await an_account(ctx)
    member, as_member = await a_member(ctx, client)
    status = await a_status(ctx, author, mentions=(member,))
    for _ in range(2):
        await announce(ctx, StatusPublished(status_id=status.id))
        await drain()

    (told,) = (await as_member.get(ALL)).json
    assert (told["type"], told["account"]["id"], told["status"]["id"]) == (
        "mention", str(author.id), str(status.id),
    )  # fmt: skip
    assert set(told) == {"id", "type", "created_at", "group_key", "account", "status"}
    one = await as_member.get(f"{ALL}/{told['id']}")
    assert one.json == told
    _, as_other = await a_member(ctx, client)
    assert (await as_other.get(f"{ALL}/{told['id']}")).status == 404


async def test_each_thing_that_happens_is_told_in_its_own_kind(ctx, client, drain):
    member, as_member = await a_member(ctx, client)
    other = await an_account(ctx)
    mine = await a_status(ctx, member)
    theirs = await a_status(ctx, other)
    boost = await a_boost(ctx, other, mine)
    await a_boost(ctx, member, theirs)
    quote = await a_status(ctx, other, quoted_status_id=mine.id)
    follow_id = await a_follow(ctx, other, member)
    await a_follow(ctx, member, other)
    await sql(ctx, "UPDATE follows SET notifies = true WHERE account_id = $1", member.id)
    poll_id = await sql(
        ctx,
        "INSERT INTO polls (account_id, status_id, options, tallies) "
        "VALUES ($1, $2, '{a,b}', '{0,0}') RETURNING id",
        other.id,
        theirs.id,
    )
    await sql(
        ctx,
        "INSERT INTO poll_votes (poll_id, account_id, choice) VALUES ($1, $2, 0)",
        poll_id,
        member.id,
    )
    for event in (
        FollowAsked(follow_request_id=follow_id, actor_id=other.id, target_id=member.id),
        Followed(follow_id=follow_id, actor_id=other.id, target_id=member.id),
        StatusBoosted(status_id=boost, reblog_of_id=mine.id),
        StatusPublished(status_id=quote.id),
        StatusEdited(status_id=theirs.id),
        PollClosed(poll_id=poll_id),
    ):
        await announce(ctx, event)
        await drain()

    assert sorted(await kinds(as_member)) == [
        "follow", "poll", "quote", "reblog", "status", "update",
    ]  # fmt: skip
    assert await kinds(as_member, **{"types[]": "poll"}) == ["poll"]
    shown = await kinds(as_member, **{"exclude_types[]": "poll"})
    assert sorted(shown) == ["follow", "quote", "reblog", "status", "update"]
    assert await kinds(as_member, account_id=str(member.id)) == []

    await announce(
        ctx,
        StatusUnboosted(status_id=boost, reblog_of_id=mine.id, actor_id=other.id, uri=""),
        Unfollowed(actor_id=other.id, target_id=member.id, uri=""),
    )
    await drain()
    assert sorted(await kinds(as_member)) == ["poll", "quote", "status", "update"]


async def test_who_asks_in_a_poll_hears_of_its_end(ctx, client, drain):
    member, as_member = await a_member(ctx, client)
    status = await a_status(ctx, member)
    poll_id = await sql(
        ctx,
        "INSERT INTO polls (account_id, status_id, options, tallies) "
        "VALUES ($1, $2, '{a,b}', '{0,0}') RETURNING id",
        member.id,
        status.id,
    )
    await announce(ctx, PollClosed(poll_id=poll_id))
    await drain()

    assert await kinds(as_member) == ["poll"]


async def test_muted_and_blocked_people_and_conversations_are_not_heard(ctx, client, drain):
    member, as_member = await a_member(ctx, client)
    muted, blocked, talker = [await an_account(ctx) for _ in range(3)]
    for table, whom in (("mutes", muted), ("blocks", blocked)):
        await sql(
            ctx,
            f"INSERT INTO {table} (account_id, target_account_id) VALUES ($1, $2)",
            member.id,
            whom.id,
        )
    quiet = await a_status(ctx, talker, mentions=(member,))
    await sql(
        ctx, "INSERT INTO conversation_mutes VALUES ($1, $2)", member.id, quiet.conversation_id
    )
    loud = await a_status(ctx, talker, mentions=(member,))
    for status in (
        quiet,
        loud,
        await a_status(ctx, muted, mentions=(member,)),
        await a_status(ctx, blocked, mentions=(member,)),
    ):
        await announce(ctx, StatusPublished(status_id=status.id))
    await drain()

    told = (await as_member.get(ALL)).json
    assert [item["status"]["id"] for item in told] == [str(loud.id)]
    # A mute or block that comes later hides what was told before.
    await sql(
        ctx,
        "INSERT INTO mutes (account_id, target_account_id) VALUES ($1, $2)",
        member.id,
        talker.id,
    )
    assert await kinds(as_member) == []
    await announce(ctx, Blocked(actor_id=member.id, target_id=talker.id))
    await drain()
    assert (
        await sql(ctx, "SELECT count(*) FROM notifications WHERE account_id = $1", member.id) == 0
    )


async def test_private_mentions_of_strangers_are_kept_aside_until_accepted(ctx, client, drain):
    member, as_member = await a_member(ctx, client)
    stranger, friend = await old_account(ctx), await old_account(ctx)
    await a_follow(ctx, member, friend)
    for author in (stranger, friend):
        status = await a_status(ctx, author, visibility=Visibility.DIRECT, mentions=(member,))
        await announce(ctx, StatusPublished(status_id=status.id))
    await drain()

    assert [n["account"]["id"] for n in (await as_member.get(ALL)).json] == [str(friend.id)]
    aside = (await as_member.get(ALL, params={"include_filtered": "true"})).json
    assert [n.get("filtered", False) for n in aside] in ([True, False], [False, True])
    policy = (await as_member.get("/api/v2/notifications/policy")).json
    assert policy == {
        "for_not_following": "accept",
        "for_not_followers": "accept",
        "for_new_accounts": "accept",
        "for_private_mentions": "filter",
        "for_limited_accounts": "filter",
        "for_bots": "accept",
        "summary": {"pending_requests_count": 1, "pending_notifications_count": 1},
    }
    (request,) = (await as_member.get(f"{ALL}/requests")).json
    assert (request["account"]["id"], request["notifications_count"]) == (str(stranger.id), "1")
    assert (await as_member.get(f"{ALL}/requests/{request['id']}")).json == request

    accepted = await as_member.post(f"{ALL}/requests/{request['id']}/accept")
    assert (accepted.status, accepted.json) == (200, {})
    assert len((await as_member.get(ALL)).json) == 2
    assert (await as_member.get(f"{ALL}/requests")).json == []
    assert (await as_member.get(f"{ALL}/requests/{request['id']}")).status == 404


async def test_a_policy_can_drop_and_the_old_form_of_it_filters(ctx, client, drain):
    member, as_member = await a_member(ctx, client)
    stranger = await old_account(ctx)
    changed = await as_member.patch(
        "/api/v2/notifications/policy", json={"for_not_following": "drop"}
    )
    assert changed.json["for_not_following"] == "drop"
    status = await a_status(ctx, stranger, mentions=(member,))
    await announce(ctx, StatusPublished(status_id=status.id))
    await drain()
    assert await kinds(as_member, include_filtered="true") == []

    old = await as_member.put(f"{ALL}/policy", json={"filter_not_following": False})
    assert old.json["filter_not_following"] is False
    wrong = await as_member.patch("/api/v2/notifications/policy", json={"for_bots": "maybe"})
    assert wrong.status == 422


async def test_notifications_are_counted_dismissed_and_cleared(ctx, client, drain):
    member, as_member = await a_member(ctx, client)
    author = await an_account(ctx)
    for _ in range(3):
        status = await a_status(ctx, author, mentions=(member,))
        await announce(ctx, StatusPublished(status_id=status.id))
    await drain()
    told = ids(await as_member.get(ALL))
    assert ids(await as_member.get(ALL, params={"limit": 2, "max_id": told[0]})) == told[1:]
    assert ids(await as_member.get(ALL, params={"min_id": told[2], "limit": 1})) == [told[1]]

    assert (await as_member.get(f"{ALL}/unread_count")).json == {"count": 3}
    assert (await as_member.get(f"{ALL}/unread_count", params={"limit": 2})).json == {"count": 2}
    await as_member.post("/api/v1/markers", json={"notifications": {"last_read_id": str(told[1])}})
    assert (await as_member.get(f"{ALL}/unread_count")).json == {"count": 1}

    assert (await as_member.post(f"{ALL}/{told[1]}/dismiss")).json == {}
    assert ids(await as_member.get(ALL)) == [told[0], told[2]]
    assert (await as_member.post(f"{ALL}/clear")).json == {}
    assert ids(await as_member.get(ALL)) == []


async def test_one_notification_takes_as_many_queries_as_three(ctx, client, drain, queries):
    member, as_member = await a_member(ctx, client)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            status = await a_status(ctx, await an_account(ctx), mentions=(member,))
            await announce(ctx, StatusPublished(status_id=status.id))
        await drain()
        await as_member.get(ALL)
        queries.clear()
        await as_member.get(ALL)
        counts.append(len(queries))
    assert counts == [3, 3]


async def test_what_a_deleted_account_told_is_gone(ctx, client, drain):
    member, as_member = await a_member(ctx, client)
    author = await an_account(ctx, domain="far.example")
    status = await a_status(ctx, author, mentions=(member,))
    await announce(ctx, StatusPublished(status_id=status.id))
    await drain()
    assert await kinds(as_member) == ["mention"]

    await announce(ctx, AccountForgotten(account_id=author.id))
    await drain()
    assert (
        await sql(ctx, "SELECT count(*) FROM notifications WHERE account_id = $1", member.id) == 0
    )
