"""Cases are shared out by capacity, language and what people will not look at."""

from datetime import timedelta

from tests.moderation.desk import a_report
from tests.moderation.team.world import a_lead, a_member_of, browser
from tests.web.visit import a_member
from tests.world import a_token
from watertower.moderation.actions.cases.annotate import invite_guest
from watertower.moderation.actions.team.set_availability import set_availability
from watertower.moderation.model.team import Availability, hour_of_week
from watertower.moderation.steps.share_out import choose_moderator


async def chosen(ctx, case_id):
    async with ctx.transaction() as tx:
        return await choose_moderator(tx, at=ctx.now(), case_id=case_id)


async def mark(ctx, case_id, **columns):
    async with ctx.transaction() as tx:
        for name, value in columns.items():
            await tx.execute(f"UPDATE cases SET {name} = $2 WHERE id = $1", case_id, value)


async def a_person(ctx, client, **choices):
    account = await a_member_of(ctx, client, signs_in=False)
    await set_availability(ctx, account_id=account.id, chosen=Availability(**choices))
    return account


async def test_a_new_case_is_given_to_somebody_by_itself(ctx, client, drain):
    person = await a_person(ctx, client)
    _, case_id, *_ = await a_report(ctx)
    await drain()
    async with ctx.reading() as tx:
        row = await tx.fetch_one(
            "SELECT assigned_account_id, state FROM cases WHERE id = $1", case_id
        )
        verb = await tx.fetch_value(
            "SELECT verb FROM audit_log WHERE case_id = $1 AND verb = 'share_out'", case_id
        )
    assert row["assigned_account_id"] == person.id
    assert verb == "share_out"


async def test_who_knows_the_language_goes_first_and_who_is_on_duty_before(ctx, client):
    await a_person(ctx, client)
    knows = await a_person(ctx, client, languages=["tr"])
    _, case_id, *_ = await a_report(ctx)
    await mark(ctx, case_id, language="tr")
    assert await chosen(ctx, case_id) == knows.id
    there = await a_person(ctx, client, hours=[hour_of_week(ctx.now())])
    assert await chosen(ctx, case_id) == there.id


async def test_nobody_is_given_what_they_refuse_or_graphic_content_unasked(ctx, client):
    refuses = await a_person(ctx, client, refuses=["gore"])
    _, case_id, *_ = await a_report(ctx)
    await mark(ctx, case_id, tags=["gore"])
    assert await chosen(ctx, case_id) is None
    await mark(ctx, case_id, tags=["spam"])
    assert await chosen(ctx, case_id) == refuses.id
    await mark(ctx, case_id, is_graphic=True)
    assert await chosen(ctx, case_id) is None
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO case_opt_ins (account_id, content, since) VALUES ($1, 'graphic', now())",
            refuses.id,
        )
    assert await chosen(ctx, case_id) == refuses.id
    await set_availability(ctx, account_id=refuses.id, chosen=Availability(refuses=["graphic"]))
    assert await chosen(ctx, case_id) is None


async def test_daily_caps_time_off_and_walls_are_respected(ctx, client, drain, clock):
    person = await a_person(ctx, client, cases_a_day=1)
    await a_report(ctx)
    await drain()
    _, second, *_ = await a_report(ctx)
    assert await chosen(ctx, second) is None
    clock.ahead = timedelta(hours=25)
    assert await chosen(ctx, second) == person.id
    away = Availability(away_from=ctx.now(), away_until=ctx.now() + timedelta(days=3))
    await set_availability(ctx, account_id=person.id, chosen=away)
    assert await chosen(ctx, second) is None
    clock.ahead = timedelta(days=5)
    assert await chosen(ctx, second) == person.id
    _, about_them, *_ = await a_report(ctx, about=person)
    assert await chosen(ctx, about_them) is None
    _, by_them, *_ = await a_report(ctx, by=person)
    assert await chosen(ctx, by_them) is None


async def test_who_carries_least_for_what_they_can_is_next(ctx, client, drain):
    one = await a_person(ctx, client, cases_a_day=20)
    two = await a_person(ctx, client, cases_a_day=20)
    for _ in range(6):  # what comes at the same moment may go to the same person
        await a_report(ctx)
        await drain()
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT account_id, count(*) AS n FROM case_shares "
            "WHERE account_id = ANY($1::bigint[]) GROUP BY 1",
            [one.id, two.id],
        )
    assert {row["account_id"]: row["n"] for row in rows} == {one.id: 3, two.id: 3}


async def test_figures_of_what_people_carried_are_for_the_lead_by_name_and_coverage_for_all(
    ctx, client
):
    lead = await a_lead(ctx, client)
    member = await a_member_of(ctx, client)
    await a_person(ctx, client, languages=["de"], hours=[0, 1])
    seen = (await lead.get("/desk/team")).text
    assert "What people carried in 30 days" in seen
    names = [lead.me.username, member.me.username]
    part = seen.split("What people carried")[1]
    assert sorted(names) == sorted(names, key=lambda name: part.index(f"@{name}<"))
    assert "de (1)" in seen
    assert "Nobody is there in 166 of the 168 hours" in seen
    assert "Recruit." in seen
    others = (await member.get("/desk/team")).text
    assert "What people carried" not in others
    assert "Nobody is there in 166" in others


async def test_hours_languages_and_refusals_are_typed_and_read_back(ctx, client):
    member = await a_member_of(ctx, client)
    at = "/account/volunteering/availability"
    typed = {
        "cases_a_day": "5",
        "day0": "9-12, 18-22",
        "day6": "0-24",
        "languages": "en, TR",
        "refuses": "gore",
    }
    await member.get("/account/volunteering")
    assert (await member.submit(at, **typed)).status == 303
    shown = (await member.get("/account/volunteering")).text
    assert 'value="9-12, 18-22"' in shown
    assert 'value="0-24"' in shown
    assert 'value="en, tr"' in shown
    assert (await member.submit(at, **(typed | {"day1": "12-9"}))).status == 422
    await member.get("/account/volunteering")
    assert (await member.submit(at, **(typed | {"away_from": "soon"}))).status == 422
    token = await a_token(ctx, member.me)
    answer = await client.signed_in(token).put(
        "/api/watertower/v1/team/availability",
        json={"cases_a_day": 3, "hours": ["5", "7"], "languages": ["pt"]},
    )
    assert answer.json["hours"] == [5, 7]
    assert answer.json["languages"] == ["pt"]


async def test_a_helper_is_let_into_one_case_for_a_while_and_every_look_is_logged(
    ctx, client, clock
):
    moderator = await a_member_of(ctx, client)
    helper = await browser(client, await a_member(ctx))
    _, case_id, reporter, *_ = await a_report(ctx, text="Kötü sözler")
    _, other_id, *_ = await a_report(ctx)
    at = f"/account/helping/{case_id}"
    assert (await helper.get(at)).status == 404
    await invite_guest(
        ctx,
        actor_id=moderator.me.id,
        case_id=case_id,
        account_id=helper.me.id,
        reason="Translate from Turkish",
        until=ctx.now() + timedelta(days=2),
    )
    assert "Translate from Turkish" in (await helper.get("/account/helping")).text
    shown = await helper.get(at)
    assert "Kötü sözler" in shown.text
    assert reporter.username not in shown.text
    assert (await helper.submit(at, text="It means bad words")).status == 303
    assert "It means bad words" in (await moderator.get(f"/desk/cases/{case_id}")).text
    assert (await helper.get(f"/account/helping/{other_id}")).status == 404
    assert (await helper.get(f"/desk/cases/{case_id}")).status == 404
    async with ctx.reading() as tx:
        verbs = await tx.fetch_all(
            "SELECT verb FROM audit_log WHERE actor_account_id = $1 AND case_id = $2 ORDER BY id",
            helper.me.id,
            case_id,
        )
    assert [row["verb"] for row in verbs] == ["read_evidence", "help_with"]
    clock.ahead = timedelta(days=2, minutes=1)
    assert (await helper.get(at)).status == 404
