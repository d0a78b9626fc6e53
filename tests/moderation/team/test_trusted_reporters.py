"""W9: candidates by quality, chosen by people, a direct line that is measured, and no tools."""

from datetime import timedelta

from tests.moderation.desk import a_report
from tests.moderation.team.world import a_lead, a_member_of, browser
from tests.web.visit import a_member
from tests.world import a_token
from watertower.api.routes import ROUTES as API_ROUTES
from watertower.moderation.actions.reporters.choose import judge
from watertower.moderation.jobs.trusted_reporters import (
    find_candidates,
    page_duty,
    watch_trusted_reporters,
)
from watertower.moderation.steps.cases import close_case, record_outcome
from watertower.web.routes import ROUTES as WEB_ROUTES

CALL = "Time-critical: a trusted reporter calls you"


async def reported(ctx, by, *, outcome="warning", **more):
    number, case_id, *_ = await a_report(ctx, by=by, **{"category": "spam", **more})
    async with ctx.transaction() as tx:
        await record_outcome(tx, at=ctx.now(), case_id=case_id, outcome=outcome, reason="So")
        await close_case(tx, at=ctx.now(), case_id=case_id, actor_id=None)
    return number


async def state_of(ctx, account):
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            "SELECT state FROM trusted_reporters WHERE account_id = $1", account.id
        )


async def a_trusted(ctx, client):
    account = await a_member(ctx)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO trusted_reporters (account_id, state, good_reports, active_since, "
            "renew_by, updated_at) VALUES ($1, 'active', 5, $2, $3, $2)",
            account.id,
            ctx.now(),
            ctx.now() + timedelta(days=365),
        )
    return await browser(client, account)


async def test_only_reports_that_led_to_action_and_said_what_and_why_count(ctx):
    good, few, silent, idle = [await a_member(ctx) for _ in range(4)]
    for number in range(5):
        await reported(ctx, good)
        if number < 4:
            await reported(ctx, few)
        await reported(ctx, silent, comment="")
        await reported(ctx, idle, outcome="none")
    await reported(ctx, few, status_ids=[])
    await reported(ctx, few, category="other")
    await find_candidates.run(ctx)
    await find_candidates.run(ctx)
    assert [await state_of(ctx, one) for one in (good, few, silent, idle)] == [
        "candidate",
        None,
        None,
        None,
    ]


async def test_from_the_list_to_the_direct_line_and_a_year_later(ctx, client, clock, drain, mails):
    lead = await a_lead(ctx, client)
    moderator = await a_member_of(ctx, client)
    other = await a_member_of(ctx, client)
    member = await browser(client, await a_member(ctx))
    for _ in range(5):
        await reported(ctx, member.me)
    await find_candidates.run(ctx)
    at = f"/desk/reporters/{member.me.id}"
    own = "/account/volunteering"
    assert "Direct line" not in (await member.get(own)).text  # a number invites nobody

    for visit in (moderator, other):  # two moderators without the lead are not enough
        await visit.get("/desk/reporters")
        assert (await visit.submit(at, do="choose", words="Careful")).status == 303
        assert await state_of(ctx, member.me) == "candidate"
    await lead.get("/desk/reporters")
    assert (await lead.submit(at, do="choose", words="Yes")).status == 303
    assert await state_of(ctx, member.me) == "invited"
    await drain()
    assert "direct line" in mails.to(f"{member.me.username}@example.test")[-1].subject

    await member.get(own)
    assert (await member.submit(own, do="trust", agrees="1")).status == 422  # no training
    await member.get(own)
    assert (await member.submit(own, do="trust", agrees="1", has_trained="1")).status == 303
    assert await state_of(ctx, member.me) == "active"

    async def later(days):
        clock.ahead = timedelta(days=days)
        for visit in (member, lead):  # sessions end after 90 days
            visit.cookies.clear()
            await visit.sign_in(visit.me.username)

    await later(200)
    await member.get(own)
    assert (await member._call("POST", own, member.hidden(own) | {"do": "go_on"}, {})).status == 422
    await later(340)
    await member.get(own)
    assert (await member.submit(own, do="go_on")).status == 303
    await later(366)  # the lead said nothing
    await watch_trusted_reporters.run(ctx)
    assert await state_of(ctx, member.me) == "paused"
    await lead.get("/desk/reporters")
    assert (await lead.submit(at, do="keep")).status == 303
    assert await state_of(ctx, member.me) == "active"
    await lead.get("/desk/reporters")
    assert (
        await lead._call("POST", at, lead.hidden(at) | {"do": "end", "words": "Thank you"}, {})
    ).status == 303
    assert await state_of(ctx, member.me) == "ended"
    assert "Thank you" in (await member.get(own)).text


async def test_an_invitation_ends_after_thirty_days(ctx, client, clock):
    lead = await a_lead(ctx, client)
    moderator = await a_member_of(ctx, client)
    member = await a_member(ctx)
    for _ in range(5):
        await reported(ctx, member)
    await find_candidates.run(ctx)
    for visit in (moderator, lead):
        await visit.get("/desk/reporters")
        await visit.submit(f"/desk/reporters/{member.id}", do="choose", words="Yes")
    clock.ahead = timedelta(days=29)
    await watch_trusted_reporters.run(ctx)
    assert await state_of(ctx, member) == "invited"
    clock.ahead = timedelta(days=30, minutes=1)
    await watch_trusted_reporters.run(ctx)
    assert await state_of(ctx, member) == "candidate"


async def test_an_urgent_flag_pages_the_duty_pair_at_once_and_is_measured(
    ctx, client, clock, drain, mails
):
    team = [await a_member_of(ctx, client) for _ in range(3)]
    trusted = await a_trusted(ctx, client)
    number, case_id, *_ = await a_report(ctx, by=trusted.me, is_time_critical=True)
    await drain()
    await page_duty.run(ctx, report_id=number)  # runs twice, calls once
    await drain()
    called = [
        one
        for one in team
        if any(mail.subject == CALL for mail in mails.to(f"{one.me.username}@example.test"))
    ]
    assert len(called) == 2
    assert sum(mail.subject == CALL for mail in mails.mails) == 2
    clock.ahead = timedelta(minutes=4)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE cases SET first_looked_at = $2 WHERE id = $1", case_id, ctx.now())
    await watch_trusted_reporters.run(ctx)
    assert "first look after 4 minutes" in (await called[0].get("/desk/reporters")).text


async def test_nobody_elses_report_pages_anybody(ctx, client, drain, mails):
    await a_member_of(ctx, client)
    await a_report(ctx, is_time_critical=True)
    trusted = await a_trusted(ctx, client)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE trusted_reporters SET state = 'paused' WHERE account_id = $1", trusted.me.id
        )
    await a_report(ctx, by=trusted.me, is_time_critical=True)
    await drain()
    assert not [mail for mail in mails.mails if "trusted reporter" in mail.subject]


async def test_three_unfounded_urgents_lead_to_a_review_and_to_nothing_else(
    ctx, client, drain, mails
):
    lead = await a_lead(ctx, client)
    moderator = await a_member_of(ctx, client)
    trusted = await a_trusted(ctx, client)
    for place in range(3):
        number, *_ = await a_report(ctx, by=trusted.me, is_time_critical=True)
        await drain()
        await moderator.get("/desk/reporters")
        answer = await moderator.submit(f"/desk/reporters/calls/{number}", was_founded="no")
        assert answer.status == 303
        shown = (await lead.get("/desk/reporters")).text
        assert ("To review: 3 urgent words without ground" in shown) is (place == 2)
    assert await state_of(ctx, trusted.me) == "active"
    await drain()
    assert "A trusted reporter is to be reviewed" in [
        mail.subject for mail in mails.to(f"{lead.me.username}@example.test")
    ]
    await lead.get("/desk/reporters")
    at = f"/desk/reporters/{trusted.me.id}"
    assert (await lead.submit(at, do="keep", words="They were afraid")).status == 303
    assert "To review" not in (await lead.get("/desk/reporters")).text


async def test_a_call_that_led_to_action_was_worth_it(ctx, client, drain):
    moderator = await a_member_of(ctx, client)
    trusted = await a_trusted(ctx, client)
    number, case_id, *_ = await a_report(ctx, by=trusted.me, is_time_critical=True)
    await drain()
    async with ctx.transaction() as tx:
        await record_outcome(tx, at=ctx.now(), case_id=case_id, outcome="suspend", reason="So")
    await drain()
    async with ctx.reading() as tx:
        assert await tx.fetch_value(
            "SELECT was_founded FROM urgent_words WHERE report_id = $1", number
        )
    await judge(ctx, actor_id=moderator.me.id, report_id=number, was_founded=True)


STAFF = [row for row in API_ROUTES if row.rule.permission is not None]
DESK = [row for row in WEB_ROUTES if row.permission is not None]


def _path(row):
    return "/".join("1" if part.startswith(":") else part for part in row.path.split("/"))


async def test_the_api_with_a_trusted_reporters_token_is_refused_on_every_staff_route(ctx, client):
    trusted = await a_trusted(ctx, client)
    api = client.signed_in(await a_token(ctx, trusted.me))
    assert len(STAFF) > 100
    for row in STAFF:
        answer = await api.call(row.method, _path(row))
        assert answer.status == 403, (row.method, row.path, answer.status)
    for row in DESK:
        if row.method == "GET":
            assert (await trusted.get(_path(row))).status == 404, row.path


async def test_nobody_outside_the_team_learns_that_they_are_on_the_list(ctx, client):
    member = await browser(client, await a_member(ctx))
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO trusted_reporters (account_id, state, good_reports, updated_at) "
            "VALUES ($1, 'candidate', 7, now())",
            member.me.id,
        )
    assert "Direct line" not in (await member.get("/account/volunteering")).text
