"""Spam waves: folded, decided at once, undone; through HTTP, at a twentieth of the real size.

The whole size (1,000 reports, 5,000 posts, 40 servers) is `python -m bench.spam_wave`.
"""

from datetime import timedelta

import pytest

from tests.moderation.waves.wave import Wave, a_report, a_wave
from tests.web.visit import Visit, a_member, where
from tests.world import a_status, a_token, an_account
from watertower.moderation.jobs.waves_look import forget_shapes, look_for_waves

WAVES = "/api/watertower/v1/waves"


@pytest.fixture
async def moderator(empty, client):
    """Somebody with the role of a moderator, in an app."""
    account = await an_account(empty, role_id=1)
    return client.signed_in(await a_token(empty, account))


async def standing_of(ctx, wave):
    async with ctx.reading() as tx:
        return await tx.fetch_one(
            "SELECT count(*) FILTER (WHERE limited_at IS NOT NULL) AS limited, "
            "count(*) FILTER (WHERE suspended_at IS NOT NULL) AS suspended "
            "FROM accounts WHERE id = ANY($1)",
            wave.account_ids,
        )


async def test_near_identical_posts_and_the_reports_about_them_are_one_wave(
    empty, moderator, drain
):
    wave = await a_wave(empty, accounts=10, posts=40, servers=4, reports=12)
    bystander = await an_account(empty, domain="nice.example")
    await a_status(empty, by=bystander, text="I had a wonderful walk in the park with my dog")
    await look_for_waves.run(empty)
    await look_for_waves.run(empty)

    (found,) = (await moderator.get(WAVES)).json
    counts = {name: found[name] for name in found if name.endswith("_count")}
    assert counts == {
        "posts_count": 40,
        "accounts_count": 10,
        "servers_count": 4,
        "reports_count": 12,
    }
    assert found["hosts"] == ["win.example"]
    seen = (await moderator.get(f"{WAVES}/{found['id']}")).json
    assert {one["domain"] for one in seen["servers"]} == set(wave.domains)
    assert sum(one["posts_count"] for one in seen["servers"]) == 40
    assert len(seen["accounts"]) == 10


async def test_what_comes_later_joins_and_opens_a_decided_wave_again(empty, moderator, drain):
    await a_wave(empty, accounts=6, posts=12, servers=3, reports=0)
    await look_for_waves.run(empty)
    (found,) = (await moderator.get(WAVES)).json
    path = f"{WAVES}/{found['id']}"
    await moderator.post(f"{path}/decide", json={"accounts": "limit", "reason": "Spam"})
    await drain()
    assert (await moderator.get(WAVES)).json == []

    await a_wave(empty, accounts=2, posts=2, servers=1, reports=0)
    await look_for_waves.run(empty)

    (again,) = (await moderator.get(WAVES)).json
    assert (again["id"], again["posts_count"], again["accounts_count"]) == (found["id"], 14, 8)


async def test_five_posts_or_two_accounts_are_no_wave(empty, moderator):
    await a_wave(empty, accounts=5, posts=5, servers=2, reports=0)
    await look_for_waves.run(empty)
    assert (await moderator.get(WAVES)).json == []
    await a_wave(
        empty, accounts=2, posts=30, servers=2, reports=0, text="Other words that two repeat {n}"
    )
    await look_for_waves.run(empty)
    assert (await moderator.get(WAVES)).json == []


async def test_one_decision_limits_closes_and_can_be_undone_exactly(empty, moderator, drain):
    wave = await a_wave(empty, accounts=10, posts=40, servers=4, reports=12)
    already = wave.account_ids[0]
    async with empty.transaction() as tx:
        await tx.execute("UPDATE accounts SET limited_at = now() WHERE id = $1", already)
    await look_for_waves.run(empty)
    (found,) = (await moderator.get(WAVES)).json
    path = f"{WAVES}/{found['id']}"

    sent = {"posts": "remove", "accounts": "limit", "closes_reports": True, "reason": "Spam"}
    first = await moderator.post(f"{path}/decide", json=sent)
    assert first.json["state"] == "deciding"
    assert (await moderator.post(f"{path}/decide", json=sent)).status in {409, 422}
    await drain()

    seen = (await moderator.get(path)).json
    (decided,) = seen["decisions"]
    assert seen["state"] == "decided"
    assert seen["reports_count"] == 0
    assert (decided["state"], decided["done_accounts"], decided["closed_reports"]) == (
        "done",
        10,
        12,
    )
    assert dict(await standing_of(empty, wave)) == {"limited": 10, "suspended": 0}
    assert await posts_there(empty, wave) == 0
    assert (await moderator.get("/api/v1/admin/reports")).json == []

    undone = {"decision_id": decided["id"], "reason": "Not spam"}
    for _ in range(2):
        assert (await moderator.post(f"{path}/undo", json=undone)).status == 200
        await drain()
    assert dict(await standing_of(empty, wave)) == {"limited": 1, "suspended": 0}
    assert await posts_there(empty, wave) == 40
    assert (await moderator.get(path)).json["decisions"][0]["state"] == "undone"


async def test_members_are_left_out_unless_they_are_meant(empty, moderator, drain):
    wave = await a_wave(empty, accounts=6, posts=12, servers=2, reports=0)
    member = await an_account(empty)
    await a_status(empty, by=member, text=Wave.text.format(n=7))
    await look_for_waves.run(empty)
    (found,) = (await moderator.get(WAVES)).json
    seen = (await moderator.get(f"{WAVES}/{found['id']}")).json
    assert (seen["accounts_count"], seen["known_accounts_count"]) == (7, 1)

    await moderator.post(
        f"{WAVES}/{found['id']}/decide", json={"accounts": "suspend", "reason": "Spam"}
    )
    await drain()

    assert dict(await standing_of(empty, wave)) == {"limited": 0, "suspended": 6}
    async with empty.reading() as tx:
        assert (
            await tx.fetch_value("SELECT suspended_at FROM accounts WHERE id = $1", member.id)
            is None
        )


async def test_servers_are_limited_for_a_while_by_those_who_may(empty, client, drain, clock):
    wave = await a_wave(empty, accounts=9, posts=18, servers=3, reports=0)
    await look_for_waves.run(empty)
    head = await an_account(empty, role_id=3)
    owner = client.signed_in(await a_token(empty, head))
    (found,) = (await owner.get(WAVES)).json
    path = f"{WAVES}/{found['id']}"
    seen = (await owner.get(path)).json
    assert [one["is_suggested"] for one in seen["servers"]] == [True] * 3
    sent = {"servers": wave.domains[:2], "server_hours": 24, "reason": "Spam"}

    async with empty.transaction() as tx:
        role_id = await tx.fetch_value(
            "INSERT INTO roles (name, position, permissions) VALUES ('Rules', 1, $1) RETURNING id",
            1 << 37,
        )
    other = await an_account(empty, role_id=role_id)
    rules_only = client.signed_in(await a_token(empty, other))
    refused = await rules_only.post(f"{path}/decide", json=sent)
    assert refused.status == 422

    assert (await owner.post(f"{path}/decide", json=sent)).status == 200
    await drain()
    async with empty.reading() as tx:
        rows = await tx.fetch_all("SELECT domain, severity FROM server_policies ORDER BY domain")
    assert [tuple(row) for row in rows] == [(one, "limit") for one in sorted(wave.domains[:2])]


async def test_harmless_waves_are_put_away_and_stay_there(empty, moderator):
    await a_wave(empty, accounts=6, posts=12, servers=2, reports=0)
    await look_for_waves.run(empty)
    (found,) = (await moderator.get(WAVES)).json
    await moderator.post(f"{WAVES}/{found['id']}/harmless")
    await a_wave(empty, accounts=2, posts=4, servers=1, reports=0)
    await look_for_waves.run(empty)
    assert (await moderator.get(WAVES)).json == []
    (over,) = (await moderator.get(f"{WAVES}?over=true")).json
    assert (over["state"], over["posts_count"]) == ("harmless", 16)


async def test_reports_that_say_nearly_the_same_are_a_wave(empty, moderator, drain):
    target = await an_account(empty, domain="victim.example")
    for n in range(8):
        reporter = await an_account(empty)
        await a_report(
            empty,
            by=reporter,
            about=target,
            comment=f"This account is a terrible person please ban them right now {n}",
        )
    await look_for_waves.run(empty)
    (found,) = (await moderator.get(WAVES)).json
    assert (found["kind"], found["posts_count"], found["reports_count"]) == ("reports", 8, 8)
    await moderator.post(f"{WAVES}/{found['id']}/decide", json={"reason": "A campaign"})
    await drain()
    assert (await moderator.get(f"{WAVES}/{found['id']}")).json["reports_count"] == 0


async def test_of_two_hundred_reports_in_an_hour_five_are_told(empty, client, drain, mails):
    moderator = await an_account(empty, role_id=1)
    await a_wave(empty, accounts=10, posts=10, servers=2, reports=30)
    await drain()
    mine = client.signed_in(await a_token(empty, moderator))
    told = (await mine.get("/api/v1/notifications?types[]=admin.report")).json
    assert len(told) <= 10  # five of each hour that the reports fall into
    assert len(told) >= 5


async def test_shapes_are_forgotten_after_a_week_and_waves_after_ninety_days(
    empty, moderator, clock
):
    await a_wave(empty, accounts=6, posts=12, servers=2, reports=0)
    await a_status(empty, by=await an_account(empty), text="Nothing that anybody else has said")
    await look_for_waves.run(empty)

    async def kept():
        async with empty.reading() as tx:
            return await tx.fetch_value("SELECT count(*) FROM post_shapes")

    assert await kept() == 13
    clock.ahead = timedelta(days=8)
    await forget_shapes.run(empty)
    assert await kept() == 12
    clock.ahead = timedelta(days=91)
    await forget_shapes.run(empty)
    assert await kept() == 0


async def test_a_moderator_decides_on_the_desk(empty, client, drain):
    await a_wave(empty, accounts=6, posts=12, servers=2, reports=6)
    member = await a_member(empty)
    follower = await an_account(empty)
    async with empty.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = 3 WHERE account_id = $1", member.id)
        known = await tx.fetch_value("SELECT min(id) FROM accounts WHERE domain IS NOT NULL")
        await tx.execute(
            "INSERT INTO follows (account_id, target_account_id) VALUES ($1, $2)",
            follower.id,
            known,
        )
    await look_for_waves.run(empty)
    visit = Visit(client)
    await visit.sign_in(member.username)
    listed = await visit.get("/desk/waves")
    assert "12 posts by 6 accounts" in listed.text
    async with empty.reading() as tx:
        wave_id = await tx.fetch_value("SELECT id FROM waves")
    page = await visit.get(f"/desk/waves/{wave_id}")
    assert "1 of the accounts are known here" in page.text
    assert (await visit.get(f"/desk/waves/{wave_id}/accounts")).status == 200
    await visit.get(f"/desk/waves/{wave_id}")
    wrong = await visit.submit(f"/desk/waves/{wave_id}/decide", posts="none", accounts="limit")
    assert wrong.status == 422
    done = await visit.submit(
        f"/desk/waves/{wave_id}/decide",
        posts="none",
        accounts="limit",
        closes_reports="1",
        reason="Spam",
    )
    assert where(done) == f"/desk/waves/{wave_id}"
    await drain()
    assert "6 accounts, 6 reports closed" in (await visit.get(f"/desk/waves/{wave_id}")).text


@pytest.mark.parametrize("path", ["/api/watertower/v1/waves", "/desk/waves"])
async def test_a_list_of_waves_costs_the_same_for_one_and_for_three(empty, client, queries, path):
    member = await a_member(empty)
    async with empty.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = 3 WHERE account_id = $1", member.id)
    token = await a_token(empty, member)
    visit = Visit(client)
    await visit.sign_in(member.username)

    async def cost():
        await look_for_waves.run(empty)
        call = visit.get if path.startswith("/desk") else client.signed_in(token).get
        await call(path)
        queries.clear()
        await call(path)
        return len(queries)

    texts = (
        "First words of many people here {n}",
        "Second thing they say again {n}",
        "Third {n} {n} of all that is told to us",
    )
    await a_wave(empty, accounts=4, posts=8, servers=1, reports=1, text=texts[0])
    one = await cost()
    for text in texts[1:]:
        await a_wave(empty, accounts=4, posts=8, servers=1, reports=1, text=text)
    assert await cost() == one


async def posts_there(ctx, wave):
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            "SELECT count(*) FROM statuses WHERE account_id = ANY($1) AND deleted_at IS NULL",
            wave.account_ids,
        )


async def test_what_cannot_be_done_is_named_and_the_rest_is_done(empty, client, drain):
    """The moderator's own account takes part, one report is the moderator's own, one has 600 posts."""
    wave = await a_wave(empty, accounts=6, posts=12, servers=2, reports=2)
    staff = await an_account(empty, role_id=1)
    loud = await an_account(empty, domain=wave.domains[0])
    await a_status(empty, by=staff, text=Wave.text.format(n=7))
    for n in range(520):
        await a_status(empty, by=loud, text=Wave.text.format(n=n))
    await a_report(empty, by=staff, about=wave.status_ids[0][1])
    await look_for_waves.run(empty)
    app = client.signed_in(await a_token(empty, staff))
    (found,) = (await app.get(WAVES)).json
    path = f"{WAVES}/{found['id']}"

    sent = {"posts": "remove", "accounts": "limit", "includes_members": True, "reason": "Spam"}
    await app.post(f"{path}/decide", json=sent)
    await drain()

    (decided,) = (await app.get(path)).json["decisions"]
    assert (decided["state"], decided["total_accounts"], decided["done_accounts"]) == ("done", 8, 8)
    assert [one["account_id"] for one in decided["refused"]] == [str(staff.id)]
    assert decided["closed_reports"] == 2
    async with empty.reading() as tx:
        left = await tx.fetch_all(
            "SELECT account_id FROM statuses WHERE deleted_at IS NULL ORDER BY id"
        )
        waiting = await tx.fetch_all("SELECT account_id FROM reports WHERE resolved_at IS NULL")
    assert [row["account_id"] for row in left] == [staff.id]
    assert [row["account_id"] for row in waiting] == [staff.id]
