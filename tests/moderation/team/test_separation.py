"""W11: one team at a time, three months, revoked before granted, emergencies, and the check."""

from datetime import timedelta

import pytest

from tests.moderation.desk import a_report
from tests.moderation.team.world import (
    a_lead,
    a_member_of,
    an_administrator,
    browser,
    lines_about,
    role_of,
)
from tests.web.visit import a_member
from tests.world import a_token, an_account
from watertower.accounts.access.viewers import viewer_of
from watertower.accounts.capacities import (
    ADMINISTRATION,
    COMMON,
    EVERYTHING,
    INFRASTRUCTURE,
    MODERATION,
)
from watertower.accounts.model import Permission
from watertower.accounts.tokens import hash_of
from watertower.moderation.actions.team.appoint import add_member, appoint_lead
from watertower.moderation.actions.team.leave import leave
from watertower.moderation.errors.team import AlreadyInTeam, StaysLonger
from watertower.moderation.jobs.team_clocks import check_powers, end_loans
from watertower.moderation.model.team import SHIPPED


def test_every_permission_belongs_to_exactly_one_team_or_is_common():
    capacities = [MODERATION, INFRASTRUCTURE, ADMINISTRATION, COMMON]
    for permission in Permission:
        assert sum(bool(permission & one) for one in capacities) == 1, permission.name
    assert sum(Permission) == EVERYTHING


async def test_roles_of_a_team_hold_only_what_is_the_teams_or_common(ctx):
    own = {"moderation": MODERATION, "infrastructure": INFRASTRUCTURE}
    async with ctx.reading() as tx:
        rows = await tx.fetch_all("SELECT id, permissions FROM roles ORDER BY id LIMIT 100")
    roles = {row["id"]: row["permissions"] for row in rows}
    for team in SHIPPED.values():
        for role_id in (team.lead_role_id, team.member_role_id, team.onboarding_role_id):
            assert not roles[role_id] & ~int(own[team.name] | COMMON), (team.name, role_id)


async def test_granting_a_second_team_fails_even_for_the_administrator(ctx, client):
    admin = await an_administrator(ctx, client)
    moderator = await a_member_of(ctx, client, signs_in=False)

    await admin.get("/desk/team")
    answer = await admin.submit(
        "/desk/team", do="appoint", team="infrastructure", username=moderator.username
    )

    assert answer.status == 422, answer.text
    assert "in a team already" in answer.text
    assert await role_of(ctx, moderator) == "Moderator"
    async with ctx.transaction() as tx:
        with pytest.raises(Exception, match="team_memberships_one"):
            await tx.execute(
                "INSERT INTO team_memberships (team, account_id, state, role_id, joined_at) "
                "VALUES ('infrastructure', $1, 'active', 6, now())",
                moderator.id,
            )


async def test_an_administrator_gives_that_up_before_joining_a_team(ctx, client):
    admin = await an_administrator(ctx, client)
    lead = await a_lead(ctx, client)
    await lead.get("/desk/team")
    answer = await lead.submit(
        "/desk/team", do="add", team="moderation", username=admin.me.username
    )
    assert answer.status == 422
    assert await role_of(ctx, admin.me) == "Owner"


async def test_a_team_is_changed_after_three_months_or_when_both_leads_agreed(ctx, client, clock):
    lead = await a_lead(ctx, client)
    keeper = await a_lead(ctx, client, "infrastructure")
    moderator = await a_member_of(ctx, client, signs_in=False)
    await leave(ctx, account_id=moderator.id)

    async def joins():
        await add_member(
            ctx, actor_id=keeper.me.id, team="infrastructure", username=moderator.username
        )

    with pytest.raises(StaysLonger):
        await joins()
    clock.ahead = timedelta(days=89)
    with pytest.raises(StaysLonger):
        await joins()

    said = {
        "do": "exception",
        "username": moderator.username,
        "from_team": "moderation",
        "to_team": "infrastructure",
        "reason": "Knows the machines",
    }
    await lead.get("/desk/team")
    assert (await lead.submit("/desk/team", **said)).status == 303
    with pytest.raises(StaysLonger):  # one lead is not both
        await joins()
    await keeper.get("/desk/team")
    # Two forms lead to the same address: the guard is the same.
    assert (await keeper.submit("/desk/team", **said)).status == 303
    await joins()

    assert "agree_to_team_change" in await lines_about(ctx, moderator)
    with pytest.raises(AlreadyInTeam):
        await joins()


async def test_after_three_months_no_exception_is_needed(ctx, client, clock):
    await a_lead(ctx, client)
    keeper = await a_lead(ctx, client, "infrastructure")
    moderator = await a_member_of(ctx, client, signs_in=False)
    await leave(ctx, account_id=moderator.id)
    clock.ahead = timedelta(days=91)
    await add_member(ctx, actor_id=keeper.me.id, team="infrastructure", username=moderator.username)
    assert await role_of(ctx, moderator) == ""  # nothing before the gates


async def test_old_powers_are_revoked_before_new_ones_are_granted(ctx, client):
    account = await a_member(ctx)
    await appoint_lead(ctx, team="infrastructure", username=account.username)
    assert await lines_about(ctx, account) == ["revoke_powers", "grant_powers", "join_team"]


async def test_leaving_revokes_everything_at_once_and_hands_over_open_cases(ctx, client):
    leaver = await a_member_of(ctx, client)
    taker = await a_member_of(ctx, client, signs_in=False)
    token = await a_token(ctx, leaver.me)
    _, case_id, *_ = await a_report(ctx)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE cases SET assigned_account_id = $2 WHERE id = $1", case_id, leaver.me.id
        )
    assert (await leaver.get(f"/desk/cases/{case_id}")).status == 200

    await leaver.get("/account/volunteering")
    answer = await leaver.submit("/account/volunteering", do="leave", is_announced="1")
    assert answer.status == 303

    assert (await leaver.get(f"/desk/cases/{case_id}")).status == 404
    assert (await client.signed_in(token).get("/api/v1/admin/reports")).status == 403
    async with ctx.reading() as tx:
        assert (
            await tx.fetch_value("SELECT assigned_account_id FROM cases WHERE id = $1", case_id)
            == taker.id
        )
    public = await client.get("/about/team")
    assert f"@{leaver.me.username}</a>, left on" in public.text
    await leave(ctx, account_id=leaver.me.id)  # twice is no error


async def test_an_administrator_alone_moderates_and_a_notice_says_so(ctx, client):
    admin = await an_administrator(ctx, client)
    _, case_id, *_ = await a_report(ctx)

    assert (await admin.get(f"/desk/cases/{case_id}")).status == 200
    assert (await admin.get("/desk/appeals")).status == 200
    assert "Duties are not separated" in (await client.get("/about/team")).text
    assert "Duties are not separated" in (await client.get("/about")).text
    assert "Duties are not separated" in (await admin.get("/desk/team")).text
    instance = (await client.get("/api/v2/instance")).json
    assert instance["watertower"]["duties_separated"] is False


async def test_where_a_team_moderates_an_administrator_sees_no_report_evidence_or_appeal(
    ctx, client
):
    admin = await an_administrator(ctx, client)
    token = await a_token(ctx, admin.me)
    _, case_id, *_ = await a_report(ctx)
    lead = await a_lead(ctx, client)

    for path in (f"/desk/cases/{case_id}", "/desk/cases", "/desk/appeals", "/desk/freezes"):
        assert (await admin.get(path)).status == 404, path
    for path in ("/api/v1/admin/reports", f"/api/watertower/v1/cases/{case_id}/evidence"):
        assert (await client.signed_in(token).get(path)).status == 403, path
    assert (await admin.get("/desk/team")).status == 200
    assert (await lead.get(f"/desk/cases/{case_id}")).status == 200
    assert "Duties are not separated" not in (await client.get("/about/team")).text

    await leave(ctx, account_id=lead.me.id)  # the last one: somebody has to
    assert (await admin.get(f"/desk/cases/{case_id}")).status == 200


@pytest.mark.parametrize("role_id", [2, 3], ids=["Admin", "Owner"])
async def test_every_role_that_administers_loses_moderation_to_the_team(ctx, client, role_id):
    account = await a_member(ctx)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET role_id = $2 WHERE account_id = $1", account.id, role_id
        )
    visit = await browser(client, account)
    assert (await visit.get("/desk/cases")).status == 200
    await a_lead(ctx, client)
    assert (await visit.get("/desk/cases")).status == 404
    assert (await visit.get("/desk/team")).status == 200
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = -99 WHERE account_id = $1", account.id)


async def test_no_administrator_removes_the_head_moderator(ctx, client):
    admin = await an_administrator(ctx, client)
    lead = await a_lead(ctx, client)
    await admin.get("/desk/team")
    answer = await admin.submit(
        "/desk/team",
        do="remove",
        team="moderation",
        account_id=str(lead.me.id),
        reason="I do not like what they decided about me",
    )
    assert answer.status == 403
    assert await role_of(ctx, lead.me) == "Head moderator"


async def test_a_lead_does_not_remove_whoever_moderates_them(ctx, client):
    lead = await a_lead(ctx, client)
    moderator = await a_member_of(ctx, client, signs_in=False)
    _, case_id, *_ = await a_report(ctx, about=lead.me)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE cases SET assigned_account_id = $2 WHERE id = $1", case_id, moderator.id
        )
    await lead.get("/desk/team")
    answer = await lead.submit(
        "/desk/team", do="remove", team="moderation", account_id=str(moderator.id), reason="No"
    )
    assert answer.status == 403
    assert await role_of(ctx, moderator) == "Moderator"


async def test_break_glass_needs_a_second_person_ends_after_four_hours_and_is_reviewed(
    ctx, client, clock, drain, mails
):
    lead = await a_lead(ctx, client)
    keeper = await a_lead(ctx, client, "infrastructure")
    helper = await a_member_of(ctx, client, "infrastructure")
    _, case_id, *_ = await a_report(ctx)

    await helper.get("/desk/team/emergency")
    asked = await helper.submit(
        "/desk/team/emergency", team="moderation", reason="No moderator answers, a life is at risk"
    )
    assert asked.status == 303, asked.text
    page = await helper.get("/desk/team/emergency")
    loan = page.text.split("/desk/team/emergency/")[1].split('"')[0]
    at = f"/desk/team/emergency/{loan}"
    assert (await helper.submit(at, do="agree")).status == 403  # nobody agrees with themselves
    assert (await helper.get(f"/desk/cases/{case_id}")).status == 404

    await keeper.get("/desk/team/emergency")
    assert (await keeper.submit(at, do="agree")).status == 303
    assert (await keeper.submit(at, do="agree")).status == 303  # twice is no error
    assert (await helper.get(f"/desk/cases/{case_id}")).status == 200
    async with ctx.reading() as tx:
        capacity = await tx.fetch_value(
            "SELECT capacity FROM audit_log WHERE actor_account_id = $1 ORDER BY id DESC LIMIT 1",
            helper.me.id,
        )
    assert capacity == "Infrastructure (emergency)"
    await drain()
    for one in (lead, keeper):
        subjects = [mail.subject for mail in mails.to(f"{one.me.username}@example.test")]
        assert "Emergency powers are asked for" in subjects
        assert "Emergency powers are open" in subjects

    clock.ahead = timedelta(hours=3, minutes=59)
    assert (await helper.get(f"/desk/cases/{case_id}")).status == 200
    clock.ahead = timedelta(hours=4, seconds=1)  # at once, without any job
    assert (await helper.get(f"/desk/cases/{case_id}")).status == 404
    await end_loans.run(ctx)
    await end_loans.run(ctx)

    clock.ahead = timedelta(hours=4 + 37)  # past half of the 72 hours
    await end_loans.run(ctx)
    await drain()
    subjects = [mail.subject for mail in mails.to(f"{lead.me.username}@example.test")]
    assert subjects.count("Emergency powers ended") == 1
    assert subjects.count("The review of emergency powers is due soon") == 1
    await helper.get("/desk/team/emergency")
    assert "Ended, to review" in helper.last.text
    await lead.get("/desk/team/emergency")
    assert (await lead.submit(at, do="review", words="It was right")).status == 303
    assert "It was right" in (await lead.get("/desk/team/emergency")).text
    assert await lines_about(ctx, helper.me) == [
        "revoke_powers",
        "join_team",
        "revoke_powers",
        "grant_powers",
        "lend_powers",
        "end_powers",
    ]


async def test_a_role_set_directly_in_the_database_is_found_in_the_night(ctx, client, drain, mails):
    lead = await a_lead(ctx, client)
    await check_powers.run(ctx)
    sneak = await an_account(ctx)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = 1 WHERE account_id = $1", sneak.id)

    await check_powers.run(ctx)
    await check_powers.run(ctx)
    await drain()

    assert (await lines_about(ctx, sneak)).count("find_ungiven_powers") == 1
    told = [
        mail
        for mail in mails.to(f"{lead.me.username}@example.test")
        if "no team gave" in mail.subject and f"@{sneak.username}" in mail.text
    ]
    assert len(told) == 1
    assert f"@{sneak.username} (Moderator)" in (await lead.get("/desk/team")).text
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = -99 WHERE account_id = $1", sneak.id)
    await check_powers.run(ctx)
    assert f"@{sneak.username} (Moderator)" not in (await lead.get("/desk/team")).text


async def test_powers_lent_directly_in_the_database_are_found_too(ctx):
    sneak = await an_account(ctx)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET lent_permissions = $2, lent_until = $3 WHERE account_id = $1",
            sneak.id,
            int(MODERATION),
            ctx.now() + timedelta(days=1),
        )
    await check_powers.run(ctx)
    assert await lines_about(ctx, sneak) == ["find_ungiven_powers"]
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET lent_until = NULL WHERE account_id = $1", sneak.id)


async def test_what_a_token_may_do_is_known_in_one_query(ctx, client, queries):
    admin = await an_administrator(ctx, client)
    token = await a_token(ctx, admin.me)
    await viewer_of(ctx, token_hash=hash_of(token), ip="127.0.0.1")
    queries.clear()
    viewer = await viewer_of(ctx, token_hash=hash_of(token), ip="127.0.0.1")
    assert len(queries) == 1
    assert viewer.permissions == int(Permission.ADMINISTRATOR)
    await a_lead(ctx, client)
    queries.clear()
    viewer = await viewer_of(ctx, token_hash=hash_of(token), ip="127.0.0.1")
    assert len(queries) == 1
    assert not viewer.permissions & int(MODERATION | Permission.ADMINISTRATOR)
    assert viewer.may(Permission.MANAGE_ROLES)


async def test_a_team_of_ones_own_has_a_lead_and_no_power_of_another_team(ctx, client):
    admin = await an_administrator(ctx, client)
    await admin.get("/desk/team")
    made = await admin.submit("/desk/team", do="make", name="security", title="Security")
    assert made.status == 303
    person = await a_member(ctx)
    await admin.get("/desk/team")
    answer = await admin.submit(
        "/desk/team", do="appoint", team="security", username=person.username
    )
    assert answer.status == 303, answer.text
    assert await role_of(ctx, person) == "Head of Security"
    head = await browser(client, person)
    assert (await head.get("/desk/team")).status == 200
    assert (await head.get("/desk/cases")).status == 404
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = -99 WHERE account_id = $1", person.id)
        await tx.execute("DELETE FROM roles WHERE name IN ('Head of Security', 'Security')")
