"""W12: positions are held, handed over one at a time, and stood in for when somebody is silent."""

from datetime import timedelta

from tests.moderation.desk import a_report
from tests.moderation.team.world import a_lead, a_member_of, an_administrator, browser
from tests.web.visit import PASSWORD, a_member
from watertower.moderation.jobs.team_clocks import watch_positions

AT = "/desk/team/positions"


async def column(ctx, name, of="Hosting"):
    async with ctx.reading() as tx:
        return await tx.fetch_value(f"SELECT {name} FROM positions WHERE title = $1", of)


async def a_position(ctx, founder, *, title="Hosting", deputy="", checklist="Root password\nBill"):
    await founder.get(AT)
    answer = await founder.submit(
        AT,
        title=title,
        holder=founder.me.username,
        deputy=deputy,
        checklist=checklist,
        is_public="1",
    )
    assert answer.status == 303, answer.text
    return f"{AT}/{await column(ctx, 'id', title)}"


async def do(visit, page, at, **typed):
    shown = await visit.get(page)
    # Every form of a page has the same guard.
    form = at if f'action="{at}"' in shown.text else page
    return await visit._call("POST", at, visit.hidden(form) | {"own": ""} | typed, {})


async def test_a_position_is_handed_over_step_by_step_and_the_public_page_follows(ctx, client):
    founder = await an_administrator(ctx, client)
    keeper = await a_lead(ctx, client, "infrastructure")
    successor = await browser(client, await a_member(ctx))
    deputy = await a_member(ctx)
    at = await a_position(ctx, founder, deputy=deputy.username)
    own = "/account/volunteering"
    public = (await client.get("/about/team")).text
    assert f"<strong>Hosting:</strong> @{founder.me.username}, deputy @{deputy.username}" in public

    # Not in this state.
    assert (await do(founder, AT, at, do="transfer")).status == 422
    assert (await do(founder, AT, at, do="confirm")).status == 422
    named = await do(founder, AT, at, do="successor", successor=successor.me.username)
    assert named.status == 303
    assert await column(ctx, "state") == "named"
    assert (await do(founder, AT, at, do="shadow")).status == 403  # only the successor says yes
    assert (await do(successor, own, at, do="shadow")).status == 303
    assert await column(ctx, "state") == "shadowing"
    assert "being handed over to" in (await client.get("/about/team")).text
    assert (await do(founder, AT, at, do="transfer")).status == 422  # the checklist is open
    for place in ("0", "1"):
        assert (await do(successor, own, at, do="step", place=place)).status == 303
        await founder.get(AT)
    assert (await do(founder, AT, at, do="transfer")).status == 303
    assert await column(ctx, "state") == "transferred"
    assert f"@{successor.me.username}, deputy" in (await client.get("/about/team")).text
    assert (await do(keeper, AT, at, do="confirm")).status == 303
    assert await column(ctx, "state") == "confirmed"
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT verb FROM audit_log WHERE subject_kind = 'position' AND subject_id = $1 "
            "ORDER BY id",
            at.rsplit("/", 1)[1],
        )
    assert [row["verb"] for row in rows] == [
        "add_position",
        "name_successor",
        "begin_shadowing",
        "finish_step",
        "finish_step",
        "transfer_position",
        "confirm_position",
    ]


async def test_positions_are_handed_over_one_at_a_time(ctx, client):
    founder = await an_administrator(ctx, client)
    successor = await a_member(ctx)
    one = await a_position(ctx, founder)
    two = await a_position(ctx, founder, title="Money")
    said = {"do": "successor", "successor": successor.username}
    assert (await do(founder, AT, one, **said)).status == 303
    refused = await do(founder, AT, two, **said)
    assert refused.status == 422
    assert await column(ctx, "state", "Money") == "held"


async def test_nobody_without_authority_names_or_moves_a_position(ctx, client):
    founder = await an_administrator(ctx, client)
    at = await a_position(ctx, founder)
    stranger = await browser(client, await a_member(ctx))
    await stranger.get("/account/volunteering")
    token = (await stranger.get("/settings/preferences")) and stranger.hidden(
        "/settings/preferences"
    )
    for typed in ({"do": "successor", "successor": stranger.me.username}, {"do": "transfer"}):
        assert (await stranger._call("POST", at, token | typed, {})).status == 403
    assert (await stranger._call("POST", AT, token, {})).status == 404


async def test_a_deputy_acts_for_a_holder_who_is_silent_for_14_days(
    ctx, client, clock, drain, mails
):
    founder = await an_administrator(ctx, client)
    lead = await a_lead(ctx, client)
    deputy = await a_member(ctx)
    at = await a_position(ctx, founder, deputy=deputy.username)
    clock.ahead = timedelta(days=13)
    await watch_positions.run(ctx)
    assert await column(ctx, "acting_since") is None
    clock.ahead = timedelta(days=15)
    await watch_positions.run(ctx)
    await watch_positions.run(ctx)
    assert await column(ctx, "acting_since") is not None
    await drain()
    assert [m.subject for m in mails.to(f"{deputy.username}@example.test")] == [
        "The deputy acts: Hosting"
    ]
    assert f"@{deputy.username} acts" in (await client.get("/about/team")).text
    assert (await do(lead, AT, at, do="confirm")).status == 303
    assert await column(ctx, "acting_confirmed_by") == lead.me.id
    # The holder is back.
    clock.ahead = timedelta(days=16)
    founder.cookies.clear()
    await founder.sign_in(founder.me.username)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET last_active_at = $2 WHERE account_id = $1",
            founder.me.id,
            ctx.now(),
        )
    await watch_positions.run(ctx)
    assert await column(ctx, "acting_since") is None


async def test_the_founders_account_is_deleted_and_nothing_breaks(ctx, client, drain):
    founder = await an_administrator(ctx, client)
    lead = await a_lead(ctx, client)
    keeper = await a_lead(ctx, client, "infrastructure")
    for title in ("Hosting", "Money"):
        at = await a_position(ctx, founder, title=title, checklist="")
        await do(founder, AT, at, do="successor", successor=keeper.me.username)
        await do(keeper, AT, at, do="shadow")
        assert (await do(founder, AT, at, do="transfer")).status == 303
        assert (await do(lead, AT, at, do="confirm")).status == 303

    await founder.get("/settings/delete")
    gone = await founder.submit("/settings/delete", password=PASSWORD, username=founder.me.username)
    assert gone.status in {200, 303}, gone.text
    await drain()
    assert (await founder.get("/desk/team")).status in {302, 303}

    for path in ("/about/team", "/about", "/api/v2/instance", "/api/watertower/v1/team"):
        answer = await client.get(path)
        assert answer.status == 200, path
        assert founder.me.username not in answer.text
    assert f"@{keeper.me.username}" in (await client.get("/about/team")).text
    for path in ("/desk/team", AT, "/desk/cases", "/desk/practice", "/desk/team/emergency"):
        assert (await lead.get(path)).status == 200, path
    await watch_positions.run(ctx)
    assert await column(ctx, "acting_since") is None


async def test_a_deleted_member_of_a_team_leaves_no_case_behind(ctx, client, drain):
    leaver = await a_member_of(ctx, client)
    taker = await a_member_of(ctx, client, signs_in=False)
    _, case_id, *_ = await a_report(ctx)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE cases SET assigned_account_id = $2 WHERE id = $1", case_id, leaver.me.id
        )
    await leaver.get("/settings/delete")
    await leaver.submit("/settings/delete", password=PASSWORD, username=leaver.me.username)
    await drain()
    async with ctx.reading() as tx:
        assert (
            await tx.fetch_value("SELECT assigned_account_id FROM cases WHERE id = $1", case_id)
            == taker.id
        )
        assert (
            await tx.fetch_value(
                "SELECT count(*) FROM team_memberships WHERE account_id = $1 AND state <> 'left'",
                leaver.me.id,
            )
            == 0
        )
