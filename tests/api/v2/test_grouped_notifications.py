"""Notifications shown as one, over HTTP."""

import itertools

import pytest

from tests.world import a_status, a_token, an_account

PATH = "/api/v2/notifications"
_subjects = itertools.count(10**6)


@pytest.fixture
async def app(ctx, client):
    """Somebody who is notified, and their app."""
    me = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, me))
    app.account = me
    return app


async def told(ctx, me, by, kind="favourite", status=None, key=None, is_filtered=False):
    """A notification as a row; its id. Likes of one status share a key."""
    subject = next(_subjects)
    key = key or (f"{kind}-{status.id if status else 0}-1" if kind != "mention" else f"m-{subject}")
    async with ctx.transaction() as tx:
        return await tx.fetch_value(
            "INSERT INTO notifications (account_id, from_account_id, kind, status_id, subject_id, "
            "group_key, is_filtered) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
            me.id, by.id, kind, status and status.id, subject, key, is_filtered,
        )  # fmt: skip


async def test_likes_of_one_status_are_one_group_and_a_mention_stands_alone(ctx, app):
    me, bob, eve = app.account, await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=me)
    hello = await a_status(ctx, by=eve, mentions=(me,))
    first = await told(ctx, me, bob, status=status)
    mention = await told(ctx, me, eve, "mention", hello)
    second = await told(ctx, me, eve, status=status)

    answer = (await app.get(PATH)).json

    groups = answer["notification_groups"]
    at = groups[0].pop("latest_page_notification_at")
    assert at == groups[0].pop("latest_page_notification_at", at)
    groups[1].pop("latest_page_notification_at")
    assert groups == [
        {
            "group_key": f"favourite-{status.id}-1",
            "notifications_count": 2,
            "type": "favourite",
            "most_recent_notification_id": second,
            "sample_account_ids": [str(eve.id), str(bob.id)],
            "page_min_id": str(first),
            "page_max_id": str(second),
            "status_id": str(status.id),
        },
        {
            "group_key": f"ungrouped-{mention}",
            "notifications_count": 1,
            "type": "mention",
            "most_recent_notification_id": mention,
            "sample_account_ids": [str(eve.id)],
            "page_min_id": str(mention),
            "page_max_id": str(mention),
            "status_id": str(hello.id),
        },
    ]
    assert [one["id"] for one in answer["accounts"]] == [str(eve.id), str(bob.id)]
    assert [one["id"] for one in answer["statuses"]] == [str(status.id), str(hello.id)]
    assert "partial_accounts" not in answer


async def test_the_rest_of_a_group_can_be_given_as_avatars(ctx, app):
    me, bob, eve = app.account, await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=me)
    await told(ctx, me, bob, status=status)
    await told(ctx, me, eve, status=status)

    answer = (await app.get(PATH, params={"expand_accounts": "partial_avatars"})).json

    assert [one["id"] for one in answer["accounts"]] == [str(eve.id)]
    assert [sorted(one) for one in answer["partial_accounts"]] == [
        ["acct", "avatar", "avatar_description", "avatar_static", "bot", "id", "locked", "url"]
    ]
    assert answer["partial_accounts"][0]["id"] == str(bob.id)


async def test_kinds_that_the_app_cannot_group_stand_alone(ctx, app):
    me, bob, eve = app.account, await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=me)
    ids = [await told(ctx, me, one, status=status) for one in (bob, eve)]

    answer = (await app.get(PATH, params={"grouped_types[]": "follow"})).json

    assert [(g["group_key"], g["notifications_count"]) for g in answer["notification_groups"]] == [
        (f"ungrouped-{ids[1]}", 1),
        (f"ungrouped-{ids[0]}", 1),
    ]
    one = (await app.get(f"{PATH}/ungrouped-{ids[0]}")).json["notification_groups"]
    assert [(g["group_key"], g["notifications_count"]) for g in one] == [(f"ungrouped-{ids[0]}", 1)]


async def walked(app, limit, direction):
    """Keys of all groups by following Link headers."""
    keys, url = [], f"{PATH}?limit={limit}"
    if direction == "prev":
        url += "&min_id=0"
    for _ in range(20):
        answer = await app.get(url)
        page = [g["group_key"] for g in answer.json["notification_groups"]]
        keys = keys + page if direction == "next" else page + keys
        links = {
            part.split('rel="')[1].strip('"'): part.split(">")[0].lstrip(" <")
            for part in answer.headers.get("Link", "").split(",")
            if part
        }
        if not page or direction not in links:
            break
        url = links[direction]
    return keys


@pytest.mark.parametrize("limit", [1, 2, 3])
async def test_pages_lose_no_group_in_either_direction(ctx, app, limit):
    me = app.account
    people = [await an_account(ctx) for _ in range(3)]
    statuses = [await a_status(ctx, by=me) for _ in range(5)]
    for person in people:
        for status in statuses:
            await told(ctx, me, person, status=status)
    expected = {f"favourite-{status.id}-1" for status in statuses}

    down = await walked(app, limit, "next")
    up = await walked(app, limit, "prev")

    # A group that reaches over several pages is named on each, as in Mastodon: apps merge it.
    assert set(down) == set(up) == expected
    assert list(dict.fromkeys(down)) == [f"favourite-{s.id}-1" for s in reversed(statuses)]


async def test_filters_by_kind_sender_and_standing(ctx, app):
    me, bob, eve = app.account, await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=me)
    await told(ctx, me, bob, status=status)
    followed = await told(ctx, me, eve, "follow")
    aside = await told(ctx, me, eve, "follow", key="follow-0-2", is_filtered=True)

    async def newest(**params):
        answer = (await app.get(PATH, params=params)).json
        return [g["most_recent_notification_id"] for g in answer["notification_groups"]]

    assert await newest(**{"types[]": "follow"}) == [followed]
    assert await newest(**{"exclude_types[]": "favourite"}) == [followed]
    assert await newest(account_id=str(eve.id)) == [followed]
    assert await newest(**{"types[]": "follow", "include_filtered": "true"}) == [aside, followed]


async def test_whoever_was_muted_since_counts_in_no_group(ctx, app):
    me, bob, eve = app.account, await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=me)
    await told(ctx, me, bob, status=status)
    await told(ctx, me, eve, status=status)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO mutes (account_id, target_account_id, hides_notifications) "
            "VALUES ($1, $2, true)", me.id, eve.id,
        )  # fmt: skip

    group = (await app.get(PATH)).json["notification_groups"][0]

    assert (group["notifications_count"], group["sample_account_ids"]) == (1, [str(bob.id)])
    people = (await app.get(f"{PATH}/{group['group_key']}/accounts")).json
    assert [one["id"] for one in people] == [str(bob.id)]


async def test_a_group_is_shown_counted_and_dismissed(ctx, app):
    me, bob, eve = app.account, await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=me)
    for one in (bob, eve):
        await told(ctx, me, one, status=status)
    await told(ctx, me, bob, "follow")
    key = f"favourite-{status.id}-1"

    assert (await app.get(f"{PATH}/unread_count")).json == {"count": 2}
    one = (await app.get(f"{PATH}/{key}")).json["notification_groups"]
    assert [(g["group_key"], g["notifications_count"]) for g in one] == [(key, 2)]
    assert "page_min_id" not in one[0]
    people = (await app.get(f"{PATH}/{key}/accounts", params={"limit": 1})).json
    assert [one["id"] for one in people] == [str(eve.id)]
    assert (await app.post(f"{PATH}/{key}/dismiss")).json == {}
    assert (await app.get(f"{PATH}/{key}")).status == 404
    assert (await app.get(f"{PATH}/unread_count")).json == {"count": 1}
    assert (await app.post(f"{PATH}/clear")).json == {}
    assert (await app.get(PATH)).json == {
        "accounts": [], "statuses": [], "notification_groups": []
    }  # fmt: skip


async def test_nobody_reads_or_dismisses_the_groups_of_others(ctx, client, app):
    me, bob = app.account, await an_account(ctx)
    status = await a_status(ctx, by=me)
    alone = await told(ctx, me, bob, "follow")
    await told(ctx, me, bob, status=status)
    thief = client.signed_in(await a_token(ctx, await an_account(ctx)))

    for key in (f"favourite-{status.id}-1", f"ungrouped-{alone}"):
        assert (await thief.get(f"{PATH}/{key}")).status == 404
        assert (await thief.get(f"{PATH}/{key}/accounts")).json == []
        await thief.post(f"{PATH}/{key}/dismiss")

    assert len((await app.get(PATH)).json["notification_groups"]) == 2


@pytest.mark.parametrize("how_many", [1, 3])
async def test_any_number_of_groups_takes_as_many_queries(ctx, app, queries, how_many):
    me = app.account
    for _ in range(how_many):
        status = await a_status(ctx, by=me)
        await told(ctx, me, await an_account(ctx), status=status)
    await app.get(PATH)
    queries.clear()

    answer = await app.get(PATH)

    assert len(answer.json["notification_groups"]) == how_many
    assert len(queries) == 4  # viewer, groups, statuses, accounts
