"""W10: from the call for volunteers to full powers, and what locks them again."""

from datetime import timedelta

import pytest

from tests.moderation.desk import a_report
from tests.moderation.team.world import (
    a_lead,
    a_member_of,
    a_ticket,
    accept_all,
    browser,
    lines_about,
    practise_all,
    role_of,
)
from tests.web.visit import Visit, a_member, signed_in
from watertower.moderation.access.volunteers import applications_desk
from watertower.moderation.actions.team.appoint import appoint_lead
from watertower.moderation.actions.volunteers.apply import Application, apply
from watertower.moderation.actions.volunteers.call import open_call
from watertower.moderation.errors.team import CallClosed
from watertower.moderation.jobs.team_clocks import remind_of_applications

ANSWERS = {
    "interest": "I like calm places",
    "languages": "en, de",
    "availability": "Weekends",
    "concept0": "Power and who has it",
    "example0": "Talk to both",
    "example1": "Hide it first",
}


async def a_call(ctx, lead, *, days=30):
    return await open_call(
        ctx,
        actor_id=lead.me.id,
        team="moderation",
        words="People who listen",
        concepts=["What is intersectionality to you?"],
        examples=["Two members quarrel", "Somebody posts an address"],
        closes_at=ctx.now() + timedelta(days=days),
    )


async def application_of(ctx, account):
    async with ctx.reading() as tx:
        row = await tx.fetch_one(
            "SELECT * FROM volunteer_applications WHERE account_id = $1", account.id
        )
    return dict(row)


async def test_the_whole_way_from_the_call_to_powers_through_pages(  # noqa: PLR0915  # one walk
    ctx, client, drain, mails
):
    lead = await a_lead(ctx, client)
    colleague = await a_member_of(ctx, client)
    assert "Nobody is looked for" in (await client.get("/volunteer/moderation")).text

    await lead.get("/desk/team/applications")
    opened = await lead.submit(
        "/desk/team/applications",
        words="People who listen",
        concepts="What is intersectionality to you?",
        example1="Two members quarrel",
        example2="Somebody posts an address",
        days="30",
    )
    assert opened.status == 303, opened.text
    shown = (await client.get("/volunteer/moderation")).text
    assert "There are no right or wrong answers." in shown
    assert "What is intersectionality to you?" in shown
    assert "Two members quarrel" in shown

    applicant, account = await signed_in(ctx, client)
    await applicant.get("/volunteer/moderation")
    missing = await applicant.submit("/volunteer/moderation", **(ANSWERS | {"example1": " "}))
    assert missing.status == 422
    assert "I like calm places" in missing.text  # what was typed is kept
    sent = await applicant.submit(
        "/volunteer/moderation", **ANSWERS, life_region="South America", life_age="40s"
    )
    assert sent.status == 303, sent.text
    await applicant.get("/volunteer/moderation")
    again = await applicant.submit("/volunteer/moderation", **ANSWERS)
    assert "You applied already" in again.text

    found = await application_of(ctx, account)
    at = f"/desk/team/applications/{found['id']}"
    assert found["languages"] == ["en", "de"]
    # Not begun: nobody says anything, and it cannot be accepted.
    await lead.get(at)
    assert (await lead._call("POST", at, _typed(lead, at, do="accept"), {})).status == 422
    assert (await colleague.get(at)).status == 200
    await lead.get(at)
    assert (await lead.submit(at, do="review")).status == 303
    await lead.get(at)
    assert (await lead._call("POST", at, _typed(lead, at, do="accept"), {})).status == 422
    await colleague.get(at)
    seen = await colleague.submit(at, do="view", alignment="Thinks of power", is_for="yes")
    assert seen.status == 303
    # Only the lead decides.
    assert (await colleague._call("POST", at, _typed(colleague, at, do="accept"), {})).status == 403
    await lead.get(at)
    accepted = await lead._call(
        "POST", at, _typed(lead, at, do="accept", mentor=colleague.me.username), {}
    )
    assert accepted.status == 303, accepted.text
    assert await role_of(ctx, account) == "Trainee moderator"
    team = (await lead.get("/desk/team")).text
    assert f"mentor @{colleague.me.username}" in team
    assert "Covenant: open · Training: open · Practice: 0 of 10" in team

    confirm = {"do": "confirm", "team": "moderation", "account_id": str(account.id)}
    await lead.get("/desk/team")
    assert (
        "the covenant, the training, practice is missing"
        in (await lead.submit("/desk/team", **confirm)).text
    )
    page = await applicant.get("/account/volunteering")
    assert "Moderator covenant" in page.text
    await accept_all(ctx, account)
    await practise_all(ctx, account, lead.me, count=9)
    await lead.get("/desk/team")
    assert "Not yet: practice is missing" in (await lead.submit("/desk/team", **confirm)).text
    await practise_all(ctx, account, lead.me, count=1)
    await lead.get("/desk/team")
    assert (await lead.submit("/desk/team", **confirm)).status == 303

    assert await role_of(ctx, account) == "Moderator"
    assert (await lines_about(ctx, account))[-1] == "confirm_team"
    await drain()
    subjects = [mail.subject for mail in mails.to(f"{account.username}@example.test")]
    assert "Welcome to the team Moderation" in subjects
    assert "You are a full member of the team Moderation" in subjects


def _typed(visit, action, **typed):
    """Another form of the page has the same guard."""
    return visit.hidden(action) | typed


@pytest.mark.parametrize("missing", ["covenant", "training", "practice"])
async def test_powers_are_absent_with_two_of_three_gates(ctx, client, missing):
    lead = await a_lead(ctx, client)
    trainee = await a_member_of(ctx, client, is_active=False)
    await accept_all(ctx, trainee.me)
    if missing != "practice":
        await practise_all(ctx, trainee.me, lead.me)
        like = "= 'covenant'" if missing == "covenant" else "= 'privacy'"
        async with ctx.transaction() as tx:
            await tx.execute(
                f"DELETE FROM team_acceptances WHERE account_id = $1 AND name {like}",
                trainee.me.id,
            )
    await lead.get("/desk/team")
    answer = await lead.submit(
        "/desk/team", do="confirm", team="moderation", account_id=str(trainee.me.id)
    )
    assert answer.status == 422
    assert await role_of(ctx, trainee.me) == "Trainee moderator"


async def test_a_trainee_sees_only_the_cases_they_were_given_and_cannot_act(ctx, client):
    await a_lead(ctx, client)
    trainee = await a_member_of(ctx, client, is_active=False)
    _, case_id, *_ = await a_report(ctx)
    assert (await trainee.get(f"/desk/cases/{case_id}")).status == 404
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE cases SET assigned_account_id = $2 WHERE id = $1", case_id, trainee.me.id
        )
    assert (await trainee.get(f"/desk/cases/{case_id}")).status == 200
    for path in ("/desk/accounts", "/desk/servers", "/desk/inbound", "/desk/reporters"):
        assert (await trainee.get(path)).status == 404, path


async def test_a_trainees_analysis_is_invisible_to_others_until_they_sent_their_own(ctx, client):
    lead = await a_lead(ctx, client)
    one = await a_member_of(ctx, client, is_active=False)
    other = await a_member_of(ctx, client, is_active=False)
    ticket_id = await a_ticket(ctx, lead.me)
    at = f"/desk/practice/{ticket_id}"
    words = {
        "situation": "One was hurt by the other",
        "would_do": "Talk",
        "would_not_do": "Suspend",
        "why": "It is early",
    }
    await one.get(at)
    assert (await one.submit(at, **words)).status == 303
    assert (await one.submit(at, **(words | {"why": "Changed"}))).status == 303  # kept as it was

    before = (await other.get(at)).text
    assert "One was hurt by the other" not in before
    assert "Asked to stop" not in before  # what was done, neither
    assert (await other.submit(f"{at}", **(words | {"why": " "}))).status == 422
    await other.get(at)
    assert (await other.submit(at, **(words | {"situation": "They know each other"}))).status == 303
    after = (await other.get(at)).text
    assert "One was hurt by the other" in after
    assert "Asked to stop" in after
    assert "Changed" not in after


async def test_a_covenant_change_locks_powers_on_the_fifteenth_day(
    ctx, client, clock, drain, mails
):
    lead = await a_lead(ctx, client)
    moderator = await a_member_of(ctx, client)
    _, case_id, *_ = await a_report(ctx)
    await lead.get("/desk/team/papers")
    published = await lead.submit(
        "/desk/team/papers", name="covenant", title="Moderator covenant", text="14. I rest."
    )
    assert published.status == 303, published.text
    await drain()
    assert [m.subject for m in mails.to(f"{moderator.me.username}@example.test")] == [
        "A new version: Moderator covenant"
    ]

    clock.ahead = timedelta(days=13, hours=23)
    assert (await moderator.get(f"/desk/cases/{case_id}")).status == 200
    clock.ahead = timedelta(days=14, minutes=1)
    assert (await moderator.get(f"/desk/cases/{case_id}")).status == 404
    assert (await lead.get(f"/desk/cases/{case_id}")).status == 404  # the lead's as well

    page = await moderator.get("/account/volunteering")
    assert "Your powers are locked" in page.text
    stale = await moderator.submit(
        "/account/volunteering", do="accept", name="covenant", version="1"
    )
    assert stale.status == 422
    await moderator.get("/account/volunteering")
    accepted = await moderator._call(
        "POST",
        "/account/volunteering",
        {
            **moderator.hidden("/account/volunteering"),
            "do": "accept",
            "name": "covenant",
            "version": "2",
        },
        {},
    )
    assert accepted.status == 303
    assert (await moderator.get(f"/desk/cases/{case_id}")).status == 200


async def test_the_first_lead_has_no_powers_before_the_covenant_and_the_training(ctx, client):
    account = await a_member(ctx)
    await appoint_lead(ctx, team="moderation", username=account.username)
    lead = await browser(client, account)
    assert (await lead.get("/desk/cases")).status == 404
    await accept_all(ctx, account)
    assert (await lead.get("/desk/cases")).status == 200


async def test_pausing_ends_access_at_once_and_coming_back_gives_it_again(ctx, client):
    await a_lead(ctx, client)
    moderator = await a_member_of(ctx, client)
    await moderator.get("/account/volunteering")
    assert (
        await moderator._call(
            "POST",
            "/account/volunteering",
            {**moderator.hidden("/account/volunteering"), "do": "pause"},
            {},
        )
    ).status == 303
    assert (await moderator.get("/desk/cases")).status == 404
    await moderator.get("/account/volunteering")
    assert (await moderator.submit("/account/volunteering", do="resume")).status == 303
    assert (await moderator.get("/desk/cases")).status == 200


async def test_what_applicants_say_about_their_lives_is_sealed_and_only_counted(ctx, client):
    lead = await a_lead(ctx, client)
    await a_call(ctx, lead)
    for number in range(5):
        account = await a_member(ctx)
        await apply(
            ctx,
            account_id=account.id,
            team="moderation",
            written=Application(
                interest="Yes",
                languages=["en"],
                availability="Often",
                concepts=["One"],
                examples=["One", "Two"],
                lives={"region": "Chile", "age": f"{number}0s"},
            ),
        )
        shown = (await lead.get("/desk/team/applications")).text
        assert ("“chile”: 5" in shown) is (number == 4)
        assert "0s" not in shown.split("What applicants said")[1]
    async with ctx.reading() as tx:
        columns = await tx.fetch_all(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = 'volunteer_lives' ORDER BY 1"
        )
    assert [row["column_name"] for row in columns] == ["answer", "id", "question", "team"]


async def test_a_closed_call_takes_no_application_and_a_member_of_a_team_cannot_apply(
    ctx, client, clock
):
    lead = await a_lead(ctx, client)
    await a_call(ctx, lead, days=10)
    account = await a_member(ctx)
    clock.ahead = timedelta(days=11)
    written = Application("Yes", ["en"], "Often", ["One"], ["One", "Two"])
    with pytest.raises(CallClosed):
        await apply(ctx, account_id=account.id, team="moderation", written=written)


async def test_an_application_waits_thirty_days_and_reminds_at_half_and_nine_tenths(
    ctx, client, clock, drain, mails
):
    lead = await a_lead(ctx, client)
    await a_call(ctx, lead)
    account = await a_member(ctx)
    written = Application("Yes", ["en"], "Often", ["One"], ["One", "Two"])
    await apply(ctx, account_id=account.id, team="moderation", written=written)
    for days, count in ((14, 0), (15, 1), (26, 1), (27.5, 2), (29, 2), (30.5, 3), (40, 3)):
        clock.ahead = timedelta(days=days)
        await remind_of_applications.run(ctx)
        await drain()
        told = [
            mail
            for mail in mails.to(f"{lead.me.username}@example.test")
            if mail.subject == "An application waits for your team"
        ]
        assert len(told) == count, days


async def test_nobody_reads_or_decides_an_application_of_their_own(ctx, client):
    lead = await a_lead(ctx, client)
    await a_call(ctx, lead)
    applicant, account = await signed_in(ctx, client)
    written = Application("Yes", ["en"], "Often", ["One"], ["One", "Two"])
    application_id = await apply(ctx, account_id=account.id, team="moderation", written=written)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = 1 WHERE account_id = $1", account.id)
        await tx.execute(
            "INSERT INTO team_memberships (team, account_id, state, role_id, joined_at) "
            "VALUES ('moderation', $1, 'active', 1, now())",
            account.id,
        )
    assert (await applicant.get(f"/desk/team/applications/{application_id}")).status == 404
    assert account.username not in (await applicant.get("/desk/team/applications")).text


async def test_a_list_of_applications_costs_the_same_for_one_and_for_three(ctx, client, queries):
    lead = await a_lead(ctx, client)
    await a_call(ctx, lead)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            account = await a_member(ctx)
            written = Application("Yes", ["en"], "Often", ["One"], ["One", "Two"])
            await apply(ctx, account_id=account.id, team="moderation", written=written)
        queries.clear()
        await applications_desk(ctx, viewer_id=lead.me.id)
        counts.append(len(queries))
    assert counts[0] == counts[1]


async def test_visitors_can_read_the_call_and_are_asked_to_sign_in(ctx, client):
    lead = await a_lead(ctx, client)
    await a_call(ctx, lead)
    visitor = Visit(client)
    assert "Sign in" in (await visitor.get("/volunteer/moderation")).text
    assert (await visitor.get("/volunteer/nothing")).status == 404
