"""Measures, dimensions and retention: exact numbers of a small community."""

from datetime import timedelta

import pytest

from tests.world import a_follow, a_status, a_token, an_account
from watertower.feeds.access.links import forget_trending_links, trending_links
from watertower.moderation.jobs.note_publishers import note_publishers

ADMIN = "/api/v1/admin"
DOMAIN = {"domain": "far.example"}


@pytest.fixture
async def place(empty, client):
    """An owner, a member, two accounts elsewhere, and what they do with each other."""
    owner, bob = await an_account(empty, role_id=3), await an_account(empty)
    far, other = [await an_account(empty, domain="far.example") for _ in range(2)]
    await a_follow(empty, bob, far)
    await a_follow(empty, far, bob)
    await a_follow(empty, other, bob)
    post = await a_status(empty, by=far, language="de")
    await a_status(empty, by=bob, reply_to=post)
    async with empty.transaction() as tx:
        await tx.execute(
            "INSERT INTO favourites (account_id, status_id) VALUES ($1, $2)", bob.id, post.id
        )
        await tx.execute(
            "INSERT INTO reports (account_id, target_account_id, resolved_at) "
            "VALUES ($1, $2, now()), ($1, $2, NULL)",
            bob.id,
            far.id,
        )
        await tx.execute(
            "INSERT INTO media_attachments (account_id, file_bytes) VALUES ($1, 2048)", far.id
        )
        tag = await tx.fetch_value(
            "INSERT INTO tags (name, shown_name) VALUES ('soup', 'Soup') RETURNING id"
        )
        await tx.execute("INSERT INTO status_tags VALUES ($1, $2)", tag, post.id)
        today = empty.now().date()
        await tx.execute(
            "INSERT INTO tag_days VALUES ($1, $2, $3, 2), ($1, $2, $4, 1)",
            tag,
            today,
            far.id,
            bob.id,
        )
    return client.signed_in(await a_token(empty, owner)), str(tag)


async def test_each_measure_is_exact(empty, place):
    app, tag = place
    wanted = {
        "active_users": ("2", "0"),
        "new_users": ("2", "0"),
        "interactions": ("2", "0"),
        "opened_reports": ("2", "0"),
        "resolved_reports": ("1", "0"),
        "tag_accounts": ("2", "0"),
        "tag_uses": ("3", "0"),
        "tag_servers": ("1", "0"),
        "instance_accounts": ("2", None),
        "instance_media_attachments": ("2048", None),
        "instance_reports": ("2", None),
        "instance_statuses": ("1", None),
        "instance_follows": ("1", None),
        "instance_followers": ("2", None),
    }
    sent = {"keys": list(wanted), "start_at": empty.now().date().isoformat()}
    for key in wanted:
        if key.startswith("tag_"):
            sent[key] = {"id": tag}
        elif key.startswith("instance_"):
            sent[key] = DOMAIN

    found = (await app.post(f"{ADMIN}/measures", json=sent)).json

    assert {one["key"]: (one["total"], one.get("previous_total")) for one in found} == wanted
    for one in found:
        (day,) = one["data"]
        assert day["date"] == f"{empty.now().date()}T00:00:00.000Z"
        assert day["value"] == one["total"], one["key"]
    media = next(one for one in found if one["key"] == "instance_media_attachments")
    assert (media["unit"], media["human_value"]) == ("bytes", "2 KB")


async def test_the_time_before_has_its_own_number_and_people_count_once(empty, place, clock):
    app, _ = place
    async with empty.transaction() as tx:
        await tx.execute(
            "INSERT INTO active_days SELECT day, account_id FROM logins, "
            "unnest(ARRAY[current_date - 1, current_date - 2, current_date - 7]) AS day"
        )
    start = (empty.now() - timedelta(days=6)).date().isoformat()
    (found,) = (
        await app.post(f"{ADMIN}/measures", json={"keys": ["active_users"], "start_at": start})
    ).json
    assert (found["total"], found["previous_total"]) == ("2", "2")
    assert [day["value"] for day in found["data"]] == ["0", "0", "0", "0", "2", "2", "2"]


async def test_each_dimension_is_exact(empty, place):
    app, tag = place
    sent = {
        "keys": [
            "languages", "sources", "servers", "tag_servers", "tag_languages",
            "instance_accounts", "instance_languages",
        ],
        "tag_servers": {"id": tag},
        "tag_languages": {"id": tag},
        "instance_accounts": DOMAIN,
        "instance_languages": DOMAIN,
    }  # fmt: skip
    found = (await app.post(f"{ADMIN}/dimensions", json=sent)).json
    shown = {one["key"]: [(d["human_key"], d["value"]) for d in one["data"]] for one in found}
    own = empty.settings.server.domain
    assert {key: sorted(rows) for key, rows in shown.items() if key != "instance_accounts"} == {
        "languages": [("English", "2")],
        "sources": [("Website", "2")],
        "servers": sorted([(own, "1"), ("far.example", "1")]),
        "tag_servers": [("far.example", "1")],
        "tag_languages": [("German", "1")],
        "instance_languages": [("German", "1")],
    }
    assert [value for _, value in shown["instance_accounts"]] == ["1"]
    space = (
        await app.post(f"{ADMIN}/dimensions", json={"keys": ["space_usage", "software_versions"]})
    ).json
    assert [[d["key"] for d in one["data"]] for one in space] == [
        ["postgresql", "media"],
        ["postgresql", "watertower", "python"],
    ]


async def test_retention_counts_who_came_back(empty, place):
    app, _ = place
    async with empty.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET created_at = now() - interval '2 days', "
            "last_active_at = now() - (row_number - 1) * interval '1 day' "
            "FROM (SELECT id AS of_login, row_number() OVER (ORDER BY id) FROM logins) n "
            "WHERE id = of_login"
        )
    start = (empty.now() - timedelta(days=2)).date().isoformat()
    cohorts = (
        await app.post(f"{ADMIN}/retention", json={"start_at": start, "frequency": "day"})
    ).json
    assert [(one["frequency"], len(one["data"])) for one in cohorts] == [
        ("day", 3), ("day", 2), ("day", 1),
    ]  # fmt: skip
    assert [(d["value"], d["rate"]) for d in cohorts[0]["data"]] == [
        ("2", 1.0), ("2", 1.0), ("1", 0.5),
    ]  # fmt: skip


async def test_what_makes_no_sense_is_refused(empty, place, client):
    app, _ = place
    for sent in (
        {"keys": ["instance_accounts"]},
        {"keys": ["tag_uses"], "tag_uses": {"id": "x"}},
        {"keys": ["new_users"], "start_at": "2020-01-01"},
        {"keys": ["new_users"], "start_at": "2026-02-01", "end_at": "2026-01-01"},
    ):
        assert (await app.post(f"{ADMIN}/measures", json=sent)).status == 422, sent
    assert (await app.post(f"{ADMIN}/measures", json={"keys": ["nothing"]})).json == []
    member = client.signed_in(await a_token(empty, await an_account(empty)))
    for name in ("measures", "dimensions", "retention"):
        assert (await member.post(f"{ADMIN}/{name}")).status == 403


async def test_numbers_cost_the_same_whatever_there_is_to_count(empty, place, queries):
    app, _ = place
    sent = {"keys": ["active_users", "opened_reports"]}

    async def cost():
        queries.clear()
        await app.post(f"{ADMIN}/measures", json=sent)
        return len(queries)

    await cost()
    one = await cost()
    for _ in range(3):
        await an_account(empty)
    assert await cost() == one


async def test_what_moderators_reject_does_not_trend(empty, place):
    app, _ = place
    people = [await an_account(empty) for _ in range(3)]
    post = await a_status(empty, by=people[0])
    async with empty.transaction() as tx:
        for person in people:
            await tx.execute(
                "INSERT INTO favourites (account_id, status_id) VALUES ($1, $2)", person.id, post.id
            )
        card = await tx.fetch_value(
            "INSERT INTO preview_cards (url, title, state) "
            "VALUES ('https://www.News.example/1', 'News', 'fetched') RETURNING id"
        )
    for person in people:
        await a_status(empty, by=person, card_id=card)
    forget_trending_links()
    await note_publishers.run(empty)
    await note_publishers.run(empty)

    async def trending():
        statuses = (await app.get("/api/v1/trends/statuses")).json
        return [one["id"] for one in statuses], [one.url for one in await trending_links(empty)]

    base = f"{ADMIN}/trends"
    assert (await app.get(f"{base}/statuses")).json[0]["requires_review"] is True
    await app.post(f"{base}/statuses/{post.id}/reject")
    await app.post(f"{base}/links/{card}/reject")
    assert await trending() == ([], [])
    assert [one["id"] for one in (await app.get(f"{base}/statuses")).json] == [str(post.id)]
    await app.post(f"{base}/statuses/{post.id}/approve")
    await app.post(f"{base}/links/{card}/approve")
    assert await trending() == ([str(post.id)], ["https://www.News.example/1"])
    (site,) = (await app.get(f"{base}/links/publishers")).json
    assert (site["domain"], site["requires_review"]) == ("news.example", True)
    await app.post(f"{base}/links/publishers/{site['id']}/reject")
    assert (await trending())[1] == []
    assert (await app.post(f"{base}/links/publishers/1/reject")).status == 404
