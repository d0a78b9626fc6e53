"""What may not be seen does not come over any stream, whatever happens to it.

Each case makes a status that could leak, puts it into every place that streams ask (homes,
lists, tags), and tells of it in every way there is.
"""

import json

import pytest

from tests.api.streaming.apps import an_app, everything, in_homes, tell
from tests.world import a_follow, a_status, a_token, an_account
from watertower.base.live import publish
from watertower.statuses.model import Visibility

PUBLIC_NAMES = {
    "public",
    "public:local",
    "public:remote",
    "public:media",
    "public:local:media",
    "public:remote:media",
    "hashtag",
    "hashtag:local",
}


async def tagged(ctx, status, name):
    async with ctx.transaction() as tx:
        tag_id = await tx.fetch_value(
            "INSERT INTO tags (name, shown_name) VALUES ($1, $1) "
            "ON CONFLICT (name) DO UPDATE SET shown_name = $1 RETURNING id",
            name,
        )
        await tx.execute("INSERT INTO status_tags VALUES ($1, $2)", tag_id, status.id)


async def a_list(ctx, owner, *members):
    async with ctx.transaction() as tx:
        list_id = await tx.fetch_value(
            "INSERT INTO lists (account_id, title) VALUES ($1, 'List') RETURNING id", owner.id
        )
        for member in members:
            await tx.execute(
                "INSERT INTO list_accounts (list_id, account_id) VALUES ($1, $2)",
                list_id,
                member.id,
            )
    return list_id


async def row(ctx, sql, *args):
    async with ctx.transaction() as tx:
        await tx.execute(sql, *args)


async def heard_everywhere(ctx, client, viewer, author, status, events=("update", "status.update")):
    """Names of the streams over which the viewer, listening to all, hears of the status."""
    await tagged(ctx, status, "leaks")
    await in_homes(ctx, status, viewer)
    list_id = await a_list(ctx, viewer, author)
    streams = [
        *(name for name in sorted(PUBLIC_NAMES) if not name.startswith("hashtag")),
        "user",
        "user:notification",
        "direct",
        ("hashtag", {"tag": "leaks"}),
        ("hashtag:local", {"tag": "leaks"}),
        ("list", {"list": str(list_id)}),
    ]
    heard = {}
    async with an_app(client, await a_token(ctx, viewer), *streams) as app:
        for event in events:
            await tell(ctx, event, status_id=status.id)
            messages = await until_told(ctx, app, viewer)
            heard[event] = {message["stream"][0] for message in messages}
            for message in messages:
                assert json.loads(message["payload"])["id"] == str(status.id)
    return heard


async def until_told(ctx, app, viewer):
    """`everything`, but a member who listens to two streams gets its end twice."""
    messages = await everything(ctx, app, viewer.id)
    await app.next()
    return messages


NOTHING = {"update": set(), "status.update": set()}


async def test_a_public_post_comes_over_all_streams_that_have_it(ctx, client):
    author, viewer = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=author, mentions=(viewer,), has_media=True)
    everywhere = PUBLIC_NAMES - {"public:remote", "public:remote:media"} | {"user", "list"}

    assert await heard_everywhere(ctx, client, viewer, author, status) == {
        "update": everywhere,
        "status.update": everywhere | {"user:notification"},
    }


async def test_a_remote_post_comes_over_the_remote_streams(ctx, client):
    author, viewer = await an_account(ctx, domain="far.example"), await an_account(ctx)
    status = await a_status(ctx, by=author)
    everywhere = {"public", "public:remote", "hashtag", "user", "list"}

    assert await heard_everywhere(ctx, client, viewer, author, status) == {
        "update": everywhere,
        "status.update": everywhere,
    }


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.DIRECT])
async def test_a_private_post_of_a_stranger_comes_over_none(ctx, client, visibility):
    author, viewer = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=author, visibility=visibility, has_media=True)

    assert await heard_everywhere(ctx, client, viewer, author, status) == NOTHING


async def test_a_private_post_comes_to_followers_alone(ctx, client):
    author, viewer = await an_account(ctx), await an_account(ctx)
    await a_follow(ctx, viewer, author)
    status = await a_status(ctx, by=author, visibility=Visibility.PRIVATE)

    assert await heard_everywhere(ctx, client, viewer, author, status) == {
        "update": {"user", "list"},
        "status.update": {"user", "list"},
    }


async def test_a_direct_post_comes_to_those_mentioned(ctx, client):
    author, viewer = await an_account(ctx), await an_account(ctx)
    await a_follow(ctx, viewer, author)
    status = await a_status(ctx, by=author, visibility=Visibility.DIRECT, mentions=(viewer,))

    assert await heard_everywhere(ctx, client, viewer, author, status) == {
        "update": {"user"},
        "status.update": {"user", "user:notification"},
    }


async def test_an_unlisted_post_comes_over_no_public_stream(ctx, client):
    author, viewer = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=author, visibility=Visibility.UNLISTED)

    assert await heard_everywhere(ctx, client, viewer, author, status) == {
        "update": {"user", "list"},
        "status.update": {"user", "list"},
    }


HIDING = {
    "viewer blocks": "INSERT INTO blocks (account_id, target_account_id) VALUES ($1, $2)",
    "author blocks": "INSERT INTO blocks (account_id, target_account_id) VALUES ($2, $1)",
    "viewer mutes": "INSERT INTO mutes (account_id, target_account_id) VALUES ($1, $2)",
    "viewer hides the server": (
        "INSERT INTO domain_mutes (account_id, domain) "
        "SELECT $1, domain FROM accounts WHERE id = $2"
    ),
    "author suspended": (
        "UPDATE accounts SET suspended_at = now(), version = version + 1 "
        "WHERE id = $2 AND $1::bigint > 0"
    ),
}


@pytest.mark.parametrize("how", HIDING)
async def test_who_parted_from_the_author_hears_nothing(ctx, client, how):
    author, viewer = await an_account(ctx, domain="loud.example"), await an_account(ctx)
    status = await a_status(ctx, by=author, mentions=(viewer,), has_media=True)
    await row(ctx, HIDING[how], viewer.id, author.id)

    assert await heard_everywhere(ctx, client, viewer, author, status) == NOTHING


async def test_a_mute_that_is_over_hides_nothing(ctx, client):
    author, viewer = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=author)
    await row(
        ctx,
        "INSERT INTO mutes (account_id, target_account_id, expires_at) "
        "VALUES ($1, $2, now() - interval '1 second')",
        viewer.id,
        author.id,
    )

    heard = await heard_everywhere(ctx, client, viewer, author, status)
    assert heard["update"] == {"user", "list", "public", "public:local", "hashtag", "hashtag:local"}


async def test_an_author_of_limited_reach_is_on_no_public_stream(ctx, client):
    author, viewer = await an_account(ctx, limited_at=None), await an_account(ctx)
    status = await a_status(ctx, by=author)
    await row(ctx, "UPDATE accounts SET limited_at = now() WHERE id = $1", author.id)

    heard = await heard_everywhere(ctx, client, viewer, author, status)
    assert heard == {"update": {"user", "list"}, "status.update": {"user", "list"}}


async def test_a_boost_of_somebody_blocked_does_not_come(ctx, client):
    author, booster, viewer = [await an_account(ctx) for _ in range(3)]
    status = await a_status(ctx, by=author)
    boost = await a_status(ctx, by=booster, reblog_of_id=status.id)
    await row(ctx, HIDING["viewer blocks"], viewer.id, author.id)

    assert await heard_everywhere(ctx, client, viewer, booster, boost) == NOTHING


async def test_a_quoted_post_that_the_viewer_may_not_see_is_not_inside(ctx, client):
    author, quoter, viewer, other = [await an_account(ctx) for _ in range(4)]
    quoted = await a_status(ctx, by=author, text="between us")
    status = await a_status(ctx, by=quoter, quoted_status_id=quoted.id, quote_state="accepted")
    await row(ctx, HIDING["author blocks"], viewer.id, author.id)

    found = {}
    for who in (viewer, other):
        async with an_app(client, await a_token(ctx, who), "public", "user") as app:
            await tell(ctx, "update", status_id=status.id)
            message = await app.next()
            found[who.id] = "between us" in message["payload"]
    assert found == {viewer.id: False, other.id: True}


async def test_a_filter_that_hides_keeps_a_post_back_and_another_marks_it(ctx, client):
    author, hiding, warned = [await an_account(ctx) for _ in range(3)]
    status = await a_status(ctx, by=author, text="about spoilers")
    for who, action in ((hiding, "hide"), (warned, "warn")):
        await row(
            ctx,
            "WITH f AS (INSERT INTO filters (account_id, title, contexts, action) "
            "VALUES ($1, 'Quiet', '{public}', $2) RETURNING id) "
            "INSERT INTO filter_keywords (filter_id, keyword) SELECT id, 'Spoilers' FROM f",
            who.id,
            action,
        )
        await row(ctx, "UPDATE logins SET filters_version = 1 WHERE account_id = $1", who.id)

    async with (
        an_app(client, await a_token(ctx, hiding), "public", "user") as kept,
        an_app(client, await a_token(ctx, warned), "public", "user") as marked,
    ):
        await tell(ctx, "update", status_id=status.id)
        assert await everything(ctx, kept, hiding.id) == []
        [message] = await everything(ctx, marked, warned.id)

    [match] = json.loads(message["payload"])["filtered"]
    assert (match["filter"]["title"], match["keyword_matches"]) == ("Quiet", ["spoilers"])


async def test_public_streams_hold_to_the_chosen_languages(ctx, client):
    author, viewer = await an_account(ctx), await an_account(ctx)
    await row(ctx, "UPDATE logins SET chosen_languages = '{de}' WHERE account_id = $1", viewer.id)
    english = await a_status(ctx, by=author)
    german = await a_status(ctx, by=author, language="de")
    unknown = await a_status(ctx, by=author, language=None)

    async with an_app(client, await a_token(ctx, viewer), "public", "user") as app:
        for status in (english, german, unknown):
            await tell(ctx, "update", status_id=status.id)
        heard = await everything(ctx, app, viewer.id)

    ids = [json.loads(message["payload"])["id"] for message in heard]
    assert ids == [str(german.id), str(unknown.id)]


async def test_nobody_learns_of_a_deletion_who_could_not_see_the_post(ctx, client):
    author, follower, stranger = [await an_account(ctx) for _ in range(3)]
    await a_follow(ctx, follower, author)
    lists = [await a_list(ctx, who, author) for who in (follower, stranger)]
    deleted = {
        visibility: await a_status(ctx, by=author, visibility=visibility)
        for visibility in Visibility
    }
    await row(ctx, "UPDATE statuses SET deleted_at = now() WHERE account_id = $1", author.id)

    heard = {}
    for who, list_id in zip((follower, stranger), lists, strict=True):
        streams = ("user", "public", "direct", ("list", {"list": str(list_id)}))
        async with an_app(client, await a_token(ctx, who), *streams) as app:
            for status in deleted.values():
                await tell(ctx, "delete", status_id=status.id, account_id=author.id)
            messages = await everything(ctx, app, who.id)
            names = {status.id: visibility.name for visibility, status in deleted.items()}
            heard[who.id] = [(m["stream"][0], names[int(m["payload"])]) for m in messages]

    assert heard[follower.id] == [
        ("user", "PUBLIC"),
        ("list", "PUBLIC"),
        ("public", "PUBLIC"),
        ("user", "UNLISTED"),
        ("list", "UNLISTED"),
        ("user", "PRIVATE"),
        ("list", "PRIVATE"),
    ]
    assert heard[stranger.id] == [("public", "PUBLIC")]


async def test_a_list_of_somebody_else_cannot_be_opened(ctx, client):
    owner, viewer = await an_account(ctx), await an_account(ctx)
    list_id = await a_list(ctx, owner, owner)

    async with an_app(client, await a_token(ctx, viewer)) as app:
        await app.subscribe("list", list=str(list_id))
        assert await app.next() == {"error": "Not authorized to stream this list", "status": 401}


@pytest.mark.parametrize("listeners", [1, 3])
async def test_an_event_costs_the_same_queries_for_one_listener_and_for_three(
    ctx, client, queries, listeners
):
    author = await an_account(ctx)
    status = await a_status(ctx, by=author)
    tokens = []
    for _ in range(3):
        who = await an_account(ctx)
        await in_homes(ctx, status, who)
        tokens.append((who, await a_token(ctx, who)))
    from contextlib import AsyncExitStack

    async with AsyncExitStack() as stack:
        apps = [
            await stack.enter_async_context(an_app(client, token, "user", "public"))
            for _, token in tokens[:listeners]
        ]
        await tell(ctx, "update", status_id=status.id)
        for app in apps:
            await app.next()
            await app.next()
        queries.clear()
        await tell(ctx, "update", status_id=status.id)
        for app in apps:
            await app.next()
            await app.next()
        # the notification itself, outline, homes, parted, own lines, the public's line
        assert len(queries) == 6


@pytest.mark.parametrize("posts", [1, 3])
async def test_many_posts_at_once_cost_the_same_queries_as_one(ctx, client, queries, posts):
    author, viewer = await an_account(ctx), await an_account(ctx)
    statuses = [await a_status(ctx, by=author, text=str(number)) for number in range(posts)]
    for status in statuses:
        await in_homes(ctx, status, viewer)

    async with an_app(client, await a_token(ctx, viewer), "user", "public") as app:
        queries.clear()
        async with ctx.transaction() as tx:
            for status in statuses:
                await publish(tx, "update", status_id=status.id)
        heard = [await app.next() for _ in range(2 * posts)]

    assert [json.loads(message["payload"])["id"] for message in heard[::2]] == [
        str(status.id) for status in statuses
    ]
    asked = [sql for sql in queries if "pg_notify" not in sql]
    # outlines, homes, parted, own lines, the public's lines; faces in three; accounts' faces
    assert len(asked) <= 9
