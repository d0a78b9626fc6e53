"""W7, the clocks: 72 hours to a first answer, 14 days to a decision, reminders, and no silence."""

from datetime import timedelta

import pytest

from tests.moderation.appeals.world import (
    DAY,
    HEAD,
    a_moderator,
    appeals_of,
    decide,
    decided,
    filed,
    log_of,
    the_appeal,
)
from tests.web.visit import Visit, a_member
from watertower.moderation.jobs.appeal_clocks import look_at_appeals
from watertower.moderation.model.standing import Kind
from watertower.moderation.steps.holds import is_held


@pytest.fixture
def look(ctx, drain, clock, mails):
    """`await look(hours)` moves the clock there and lets it work; the mails that came of it."""

    async def moved(hours: float) -> list[tuple[str, str]]:
        clock.ahead = timedelta(hours=hours)
        mails.mails.clear()
        await look_at_appeals.run(ctx)
        await drain()
        return sorted((mail.to, mail.text.split("\n")[0]) for mail in mails.mails)

    return moved


async def test_reminders_go_out_at_half_and_nine_tenths_and_at_the_end_to_both_sides(
    ctx, client, look, drain
):
    desk, moderator = await a_moderator(ctx, client)
    _, lead = await a_moderator(ctx, client, role_id=HEAD)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=lead, about=person, kind=Kind.LIMIT)
    window, here = await filed(ctx, client, action_id)
    await drain()
    mod, head, own = (f"{one.username}@example.test" for one in (moderator, lead, person))

    assert await look(35) == []
    assert await look(37) == [(mod, "Half of the time for the first answer of an appeal is over.")]
    assert await look(38) == []
    assert await look(65) == [
        (mod, "Nine tenths of the time for the first answer of an appeal are over.")
    ]
    late = "The time for the first answer of an appeal is over. Nothing was decided; it waits."
    sorry = (
        "We promised an answer by now and have none yet. Those who lead the team were told. "
        "Nothing changes for you meanwhile, and nothing of yours is deleted."
    )
    assert await look(73) == sorted([(mod, late), (head, late), (own, sorry)])
    appeal = await the_appeal(ctx, action_id)
    assert (appeal["state"], appeal["outcome"]) == ("assigned", None)
    assert appeal["escalated_at"] is not None
    assert "those who lead it know" in (await window.get(here)).text
    assert ">Late<" in (await desk.get("/desk/appeals")).text

    assert await look(7 * 24 + 1) == [
        (mod, "Half of the time for the decision of an appeal is over.")
    ]
    assert await look(12.7 * 24) == [
        (mod, "Nine tenths of the time for the decision of an appeal are over.")
    ]
    over = "The time for the decision of an appeal is over. Nothing was decided; it waits."
    assert await look(14 * 24 + 1) == sorted([(mod, over), (head, over), (own, sorry)])
    assert await look(60 * 24) == []
    assert (await log_of(ctx, appeal["id"]))[-2:] == [
        "answer of appeal overdue",
        "decision of appeal overdue",
    ]


async def test_an_answer_stops_the_first_clock(ctx, client, look, drain):
    desk, _ = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT)
    await filed(ctx, client, action_id)
    appeal = await the_appeal(ctx, action_id)
    here = f"/desk/appeals/{appeal['id']}"
    await desk.get(here)
    await desk.submit(f"{here}/messages", text="We read it")
    await drain()

    assert await look(80) == []


async def test_what_was_missed_while_nobody_worked_is_said_once(ctx, client, look, drain):
    _, moderator = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT)
    await filed(ctx, client, action_id)
    await drain()

    told = [words for to, words in await look(66) if to.startswith(moderator.username)]

    assert told == ["Nine tenths of the time for the first answer of an appeal are over."]


async def test_an_appeal_waits_for_the_first_moderator_there_is(ctx, client, look):
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    await filed(ctx, client, action_id)
    assert (await the_appeal(ctx, action_id))["state"] == "contact_verified"
    _, moderator = await a_moderator(ctx, client)

    await look(1)

    appeal = await the_appeal(ctx, action_id)
    assert (appeal["state"], appeal["assigned_account_id"]) == ("assigned", moderator.id)


async def test_who_cannot_see_it_any_more_has_it_no_longer(ctx, client, look):
    _, first = await a_moderator(ctx, client)
    _, other = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    await filed(ctx, client, action_id)
    had = (await the_appeal(ctx, action_id))["assigned_account_id"]
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = -99 WHERE account_id = $1", had)

    await look(1)

    appeal = await the_appeal(ctx, action_id)
    assert {had, appeal["assigned_account_id"]} == {first.id, other.id}
    assert appeal["state"] == "assigned"


async def test_the_only_moderator_gives_it_up_when_a_second_one_comes(ctx, client, look):
    _, only = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=only, about=person)
    await filed(ctx, client, action_id)
    assert (await the_appeal(ctx, action_id))["assigned_account_id"] == only.id
    _, other = await a_moderator(ctx, client)

    await look(1)

    appeal = await the_appeal(ctx, action_id)
    assert (appeal["assigned_account_id"], appeal["is_same_moderator"]) == (other.id, False)


async def test_an_address_that_nobody_verifies_lapses_after_two_weeks_and_says_so(
    ctx, client, look, drain
):
    person = await a_member(ctx)
    own = f"{person.username}@example.test"
    action_id = await decided(ctx, by=None, about=person)
    await filed(ctx, client, action_id, email="new@elsewhere.test")
    async with ctx.reading() as tx:
        assert await is_held(tx, account_id=person.id, now=ctx.now())
    await drain()

    assert [to for to, _ in await look(6 * 24)] == []
    assert [to for to, _ in await look(8 * 24)] == [own]
    assert [to for to, _ in await look(13 * 24)] == [own]
    assert await look(15 * 24) == [
        (
            own,
            "Your appeal lapsed, because the address was never verified. You can file it again.",
        )
    ]

    assert [row["outcome"] for row in await appeals_of(ctx, action_id)] == ["lapsed"]
    await filed(ctx, client, action_id)
    assert [row["outcome"] for row in await appeals_of(ctx, action_id)] == ["lapsed", None]


async def test_a_suspended_account_is_not_purged_while_its_appeal_runs(ctx, client, clock, drain):
    from watertower.moderation.jobs.end_actions import purge_suspended

    desk, _ = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    clock.ahead = 29 * DAY
    await filed(ctx, client, action_id)
    clock.ahead = 31 * DAY

    await purge_suspended.run(ctx)

    async with ctx.reading() as tx:
        deleted = "SELECT deleted_at IS NOT NULL FROM accounts WHERE id = $1"
        assert not await tx.fetch_value(deleted, person.id)
    await decide(desk, (await the_appeal(ctx, action_id))["id"], "accepted")
    async with ctx.reading() as tx:
        assert await tx.fetch_value(
            "SELECT suspended_at IS NULL FROM accounts WHERE id = $1", person.id
        )


async def test_addresses_are_forgotten_after_the_time_for_a_second_appeal(ctx, client, look, drain):
    desk, _ = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT)
    await filed(ctx, client, action_id)
    await decide(desk, (await the_appeal(ctx, action_id))["id"], "rejected")
    await drain()

    await look(99 * 24)
    assert (await the_appeal(ctx, action_id))["contact_email"] != ""
    await look(101 * 24)
    assert (await the_appeal(ctx, action_id))["contact_email"] == ""


async def test_a_decision_goes_to_no_address_that_was_not_verified(ctx, client, drain, mails):
    from tests.moderation.appeals.world import token_of
    from tests.world import an_account
    from watertower.moderation.actions.appeals.file import file_appeal
    from watertower.moderation.model.appeals import Filing

    desk, _ = await a_moderator(ctx, client)
    person = await an_account(ctx, domain="far.example")
    action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT)
    await file_appeal(
        ctx,
        account_id=person.id,
        filing=Filing(
            action_id=action_id,
            claim="error",
            text="Not me",
            contact_email="stranger@elsewhere.test",
            filed_by="remote",
            identity_proof="profile",
        ),
    )
    appeal = await the_appeal(ctx, action_id)
    assert appeal["state"] == "assigned"
    mails.mails.clear()

    await decide(desk, appeal["id"], "rejected", "No, sorry.")
    await drain()

    assert mails.to("stranger@elsewhere.test") == []
    page = await Visit(client).get(f"/appeals/{await token_of(ctx, action_id)}")
    assert "No, sorry." in page.text
