"""W1, report and case: every transition, every refused one, every deadline, through HTTP."""

import asyncio
from datetime import timedelta

import pytest

from tests.moderation.desk import (
    LEAD,
    TRAINEE,
    a_moderator,
    a_report,
    case_of,
    column,
    verbs,
)
from tests.web.visit import PASSWORD, signed_in, where
from tests.world import a_status, a_token, an_account, unique
from watertower.accounts.actions.delete_member import delete_member
from watertower.moderation.actions.file_report import file_report
from watertower.moderation.jobs.watch_cases import watch_cases
from watertower.moderation.model.reports import Complaint
from watertower.moderation.queries.evidence import list_evidence
from watertower.statuses.actions.delete_status import delete_status


@pytest.fixture
async def moderator(ctx, client):
    return await a_moderator(ctx, client)


@pytest.fixture
async def second(ctx, client):
    return await a_moderator(ctx, client)


async def press(visit, case_id, path, **typed):
    """Open the case, fill in one of its forms; where it leads, or the page that refuses."""
    await visit.get(f"/desk/cases/{case_id}")
    return await visit.submit(f"/desk/cases/{case_id}/{path}", **typed)


async def until(ctx, case_id):
    """How long the case may still wait, in whole hours."""
    due = await column(ctx, case_id, "due_at")
    return None if due is None else round((due - ctx.now()).total_seconds() / 3600)


async def standing(ctx, account):
    async with ctx.reading() as tx:
        row = await tx.fetch_one(
            "SELECT suspended_at IS NOT NULL, limited_at IS NOT NULL FROM accounts WHERE id = $1",
            account.id,
        )
    return tuple(row)


async def actions_of(ctx, case_id):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT kind, undone_at IS NOT NULL FROM moderation_actions WHERE case_id = $1", case_id
        )
    return [tuple(row) for row in rows]


# -- the named tests ---------------------------------------------------------------------------


async def test_author_deletes_1_s_after_filing(ctx, client, drain, clock, moderator):
    visit, _me = await signed_in(ctx, client)
    author = await an_account(ctx)
    post = await a_status(ctx, by=author, text="Words that hurt")
    await visit.get(f"/reports/new?status_id={post.id}")
    await visit.submit(
        "/reports/preview", comment="Look", category="other", **{"status_ids[]": str(post.id)}
    )
    sent = await visit.submit("/reports", do="send")
    report_id = int(where(sent).split("/")[-1].partition("?")[0])

    clock.ahead = timedelta(seconds=1)
    await delete_status(ctx, actor_id=author.id, status_id=post.id, deletes_media=True)
    clock.ahead = timedelta(days=31)
    await drain()

    case_id = await case_of(ctx, report_id)
    assert "Words that hurt" in (await moderator.get(f"/desk/cases/{case_id}")).text


async def test_reporter_deletes_account(ctx, client, drain, moderator):
    _visit, me = await signed_in(ctx, client)
    author = await an_account(ctx)
    post = await a_status(ctx, by=author, text="Words that hurt")
    number, case_id, *_ = await a_report(ctx, by=me, about=author)

    async with ctx.reading() as tx:
        login_id = await tx.fetch_value("SELECT id FROM logins WHERE account_id = $1", me.id)
    await delete_member(ctx, login_id=login_id, password=PASSWORD)
    await drain()

    page = await moderator.get(f"/desk/cases/{case_id}")
    assert page.status == 200
    assert "A hateful thing" in page.text
    assert "This hurts people" in page.text
    await press(moderator, case_id, "close", reason="Nothing to do")
    assert await column(ctx, case_id, "state") == "closed"
    del post, number


async def test_two_mods_decide_at_once(ctx, client, moderator, second):
    _, case_id, _, _target, _ = await a_report(ctx)
    forms = []
    for one in (moderator, second):
        await one.get(f"/desk/cases/{case_id}")
        forms.append(one.hidden(f"/desk/cases/{case_id}/decide"))
    typed = {"kind": "limit", "reason": "Rude", "closes": "1"}

    answers = await asyncio.gather(
        *(
            one._call("POST", f"/desk/cases/{case_id}/decide", form | typed, {})
            for one, form in zip((moderator, second), forms, strict=True)
        )
    )

    assert sorted(answer.status for answer in answers) == [303, 422]
    (lost,) = [answer for answer in answers if answer.status == 422]
    assert "closed" in lost.text or "decided this case" in lost.text
    assert await actions_of(ctx, case_id) == [("limit", False)]


@pytest.mark.usefixtures("empty")  # the wave is the only one
async def test_200_similar_reports(ctx, client, moderator):
    target = await an_account(ctx)
    post = await a_status(ctx, by=target, text="Spam spam")
    complaint = Complaint(target.id, comment="Spam", category="spam", status_ids=[post.id])
    reporter = await an_account(ctx)
    numbers = [
        await file_report(ctx, reporter_id=reporter.id, complaint=complaint) for _ in range(200)
    ]
    lead_case = await case_of(ctx, numbers[0])

    queue = await moderator.get("/desk/cases?show=unassigned")
    assert queue.text.count(f"@{target.username}<") == 1
    assert "199 more like it" in queue.text
    page = await moderator.get(f"/desk/cases/{lead_case}")
    assert "199 more like it" in page.text
    joined = await moderator.submit(f"/desk/cases/{lead_case}/merge")
    assert joined.status == 303
    async with ctx.reading() as tx:
        cases = await tx.fetch_all(
            "SELECT DISTINCT case_id FROM reports WHERE target_account_id = $1", target.id
        )
    assert [row["case_id"] for row in cases] == [lead_case]
    await press(moderator, lead_case, "decide", kind="limit", reason="Spam", closes="1")
    async with ctx.reading() as tx:
        left = await tx.fetch_value(
            "SELECT count(*) FROM reports WHERE target_account_id = $1 AND resolved_at IS NULL",
            target.id,
        )
        kept = await list_evidence(tx, case_id=lead_case)
    assert left == 0
    assert sorted(one.kind for one in kept) == ["profile", "status"]


async def test_report_about_a_mod(ctx, client, moderator, second):
    number, case_id, *_ = await a_report(ctx, about=moderator.me)
    one = f"/desk/cases/{case_id}"
    app = client.signed_in(await a_token(ctx, moderator.me))

    assert (await second.get(one)).status == 200
    assert (await moderator.get(one)).status == 404
    assert one not in (await moderator.get("/desk/cases")).text
    for path in (
        f"/api/watertower/v1/cases/{case_id}",
        f"/api/watertower/v1/cases/{case_id}/evidence",
        f"/api/v1/admin/reports/{number}",
    ):
        assert (await app.get(path)).status == 404, path
    listed = (await app.get("/api/watertower/v1/cases", params={"limit": "100"})).json["cases"]
    assert str(case_id) not in [case["id"] for case in listed]
    reports = (await app.get("/api/v1/admin/reports", params={"limit": "200"})).json
    assert str(number) not in [report["id"] for report in reports]
    assert (await app.post(f"/api/v1/admin/reports/{number}/resolve")).status == 404
    assert (
        await app.post(
            f"/api/watertower/v1/cases/{case_id}/decide", json={"kind": "none", "reason": "Me"}
        )
    ).status == 404


async def test_report_in_a_language_nobody_on_duty_reads(ctx, client, moderator):
    visit, _me = await signed_in(ctx, client)
    target = await an_account(ctx)
    translator = await an_account(ctx)
    await visit.get(f"/reports/new?account_id={target.id}")
    await visit.submit(
        "/reports/preview",
        comment="Він ображає нас",
        category="other",
        language="uk",
        translation="He insults us",
        context="The word means a slur",
    )
    sent = await visit.submit("/reports", do="send")
    case_id = await case_of(ctx, int(where(sent).split("/")[-1].partition("?")[0]))

    found = await moderator.get("/desk/cases?state=any&language=uk")
    assert f"/desk/cases/{case_id}" in found.text
    page = await moderator.get(f"/desk/cases/{case_id}")
    assert "He insults us" in page.text
    assert "The word means a slur" in page.text
    let_in = await moderator.submit(
        f"/desk/cases/{case_id}/guests",
        handle=f"@{translator.username}",
        reason="Translation",
        days="3",
    )
    assert let_in.status == 303
    assert (
        f"@{translator.username} is let in until"
        in (await moderator.get(f"/desk/cases/{case_id}")).text
    )


async def test_a_guest_helps_with_one_case_for_a_while_and_every_look_is_logged(
    ctx, client, clock, moderator
):
    _, case_id, reporter, *_ = await a_report(ctx, text="Слова")
    guest, account = await signed_in(ctx, client)
    path = f"/account/guest_cases/{case_id}"
    assert (await guest.get(path)).status == 404
    await press(
        moderator, case_id, "guests", handle=f"@{account.username}", reason="Translation", days="3"
    )

    page = await guest.get(path)
    assert "Слова" in page.text
    assert reporter.username not in page.text
    assert (await guest.submit(path, text="It means go away")).status == 303
    assert "It means go away" in (await moderator.get(f"/desk/cases/{case_id}")).text
    assert (await verbs(ctx, case_id))[-3:] == ["read_case", "help_out", "read_case"]
    clock.ahead = timedelta(days=3, minutes=1)
    assert (await guest.get(path)).status == 404


async def test_the_policy_is_decided_by_those_who_lead(ctx, client, moderator):
    lead = await a_moderator(ctx, client, LEAD)
    async with ctx.transaction() as tx:
        rule = await tx.fetch_value("INSERT INTO rules (text) VALUES ('Be kind') RETURNING id")
    assert (await moderator.get("/desk/case-policy")).status == 404
    assert "Be kind" in (await lead.get("/desk/case-policy")).text
    figures = {
        "first_look_hours": "12",
        "agree_limit": "2",
        "days_none": "10",
        "tells_outcome": "1",
    }
    assert (await lead.submit("/desk/case-policy", **figures)).status == 303
    _, case_id, _, target, _ = await a_report(ctx)
    assert await until(ctx, case_id) == 12
    await press(moderator, case_id, "decide", kind="limit", reason="Rude")
    assert await standing(ctx, target) == (False, False)
    await lead.get("/desk/case-policy")
    assert (await lead.submit("/desk/case-policy", first_look_hours="0")).status == 422
    await lead.submit(f"/desk/case-policy/rules/{rule}")
    async with ctx.transaction() as tx:
        assert await tx.fetch_value("SELECT is_global FROM rules WHERE id = $1", rule) is False
        await tx.execute("UPDATE rules SET deleted_at = now() WHERE id = $1", rule)


# -- the transitions ---------------------------------------------------------------------------


async def test_each_state_says_who_is_next_and_until_when(
    ctx, client, clock, drain, moderator, second
):
    _, case_id, reporter, target, _ = await a_report(ctx)
    seen = []

    async def note():
        seen.append((await column(ctx, case_id, "state"), await until(ctx, case_id)))

    await note()
    await press(moderator, case_id, "rate", scope="1", severity="2", is_escalating="1")
    await note()
    await press(moderator, case_id, "assign", to="me")
    await note()
    await press(moderator, case_id, "ask", reporter=str(reporter.id), text="When was it?")
    await note()
    clock.ahead = timedelta(days=7, minutes=1)
    await watch_cases.run(ctx)
    await note()
    await press(
        moderator, case_id, "analysis",
        situation="Insults", would_do="Suspend", would_not_do="Nothing", why="Again and again",
    )  # fmt: skip
    await note()
    await press(moderator, case_id, "decide", kind="suspend", reason="Again", closes="1")
    await note()
    assert await standing(ctx, target) == (False, False)
    page = await second.get(f"/desk/cases/{case_id}")
    proposal = page.text.split(f'action="/desk/cases/{case_id}/proposals/')[1].split('"')[0]
    await second.submit(f"/desk/cases/{case_id}/proposals/{proposal}", answer="agree", words="Yes")
    await note()
    assert await standing(ctx, target) == (True, False)
    await press(second, case_id, "reopen", because="New evidence")
    await note()

    assert seen == [
        ("filed", 24),
        ("triaged", 24),
        ("assigned", 72),
        ("needs_info", 168),
        ("assigned", 24),
        ("analysis", 24),
        ("discussion", 48),
        ("closed", None),
        ("assigned", 24),
    ]
    assert await verbs(ctx, case_id) == [
        "read_case", "rate", "read_case", "assign", "read_case", "ask_reporter", "stop_waiting",
        "read_case", "analyse", "read_case", "propose", "read_case", "agree", "decide", "suspend",
        "close", "read_case", "reopen",
    ]  # fmt: skip


@pytest.mark.usefixtures("empty")  # its place on the first page is asked
async def test_what_cannot_wait_is_due_in_a_quarter_of_an_hour_and_calls_the_team(
    ctx, client, drain, mails, moderator
):
    target, reporter = await an_account(ctx), await an_account(ctx)
    number = await file_report(
        ctx,
        reporter_id=reporter.id,
        complaint=Complaint(target.id, comment="A threat", is_time_critical=True),
    )
    case_id = await case_of(ctx, number)
    await drain()

    due = await column(ctx, case_id, "due_at")
    assert round((due - await column(ctx, case_id, "created_at")).total_seconds()) == 900
    called = [
        mail
        for mail in mails.to(f"{moderator.me.username}@example.test")
        if "critical" in mail.subject
    ]
    assert len(called) == 1
    first = (await moderator.get("/desk/cases")).text.index(f"/desk/cases/{case_id}")
    _, other, *_ = await a_report(ctx)
    assert first < (await moderator.get("/desk/cases")).text.index(f"/desk/cases/{other}")


async def test_a_clock_reminds_at_half_and_nine_tenths_and_never_decides(
    ctx, client, clock, mails, moderator
):
    _, case_id, _, target, _ = await a_report(ctx)
    await press(moderator, case_id, "assign", to="me")
    address = f"{moderator.me.username}@example.test"
    told = []
    for hours in (30, 37, 60, 66, 71, 73, 100):
        clock.ahead = timedelta(hours=hours)
        mails.mails.clear()
        await watch_cases.run(ctx)
        told.append(any(str(case_id) in mail.text for mail in mails.to(address)))

    assert told == [False, True, False, True, False, True, False]
    assert (await column(ctx, case_id, "state"), await standing(ctx, target)) == (
        "assigned",
        (False, False),
    )


async def test_in_an_emergency_one_acts_and_another_reviews(ctx, client, moderator, second):
    _, case_id, _, target, _ = await a_report(ctx)
    await press(
        moderator,
        case_id,
        "decide",
        kind="suspend",
        reason="A threat",
        is_emergency="1",
        closes="1",
    )
    assert (await standing(ctx, target), await until(ctx, case_id)) == ((True, False), 24)
    assert await column(ctx, case_id, "state") == "decided"
    page = await moderator.get(f"/desk/cases/{case_id}")
    assert "Somebody else reviews it" in page.text
    shown = await second.get(f"/desk/cases/{case_id}")
    proposal = shown.text.split(f'action="/desk/cases/{case_id}/proposals/')[1].split('"')[0]
    path = f"/desk/cases/{case_id}/proposals/{proposal}"
    assert (await second.submit(path, answer="disagree")).status == 422
    await second.get(f"/desk/cases/{case_id}")
    assert (await second.submit(path, answer="disagree", words="It was a joke")).status == 303

    assert await standing(ctx, target) == (False, False)
    assert await column(ctx, case_id, "state") == "discussion"
    assert await actions_of(ctx, case_id) == [("suspend", True)]


async def test_a_case_is_not_closed_before_its_emergency_was_reviewed(ctx, client, moderator):
    number, case_id, *_ = await a_report(ctx)
    await press(moderator, case_id, "decide", kind="limit", reason="A threat", is_emergency="1")

    assert (await press(moderator, case_id, "close", reason="Done")).status == 422
    app = client.signed_in(await a_token(ctx, moderator.me))
    assert (await app.post(f"/api/v1/admin/reports/{number}/resolve")).status in {409, 422}
    assert await column(ctx, case_id, "state") == "decided"


async def test_a_proposal_nobody_answered_can_be_withdrawn_by_others_and_ends_with_a_merge(
    ctx, client, clock, moderator, second
):
    target = await an_account(ctx)
    _, lead_case, *_ = await a_report(ctx, about=target)
    _, case_id, *_ = await a_report(ctx, about=target)
    for one in (lead_case, case_id):
        await press(moderator, one, "decide", kind="suspend", reason="Again")
    async with ctx.reading() as tx:
        proposal = await tx.fetch_value(
            "SELECT id FROM case_proposals WHERE case_id = $1", lead_case
        )
    path = f"proposals/{proposal}/withdraw"
    await second.get(f"/desk/cases/{lead_case}")
    token = second.hidden(f"/desk/cases/{lead_case}/tags")
    early = await second._call("POST", f"/desk/cases/{lead_case}/{path}", token, {})
    assert early.status == 404
    clock.ahead = timedelta(hours=49)
    await press(second, lead_case, path)
    await press(second, lead_case, "merge")
    async with ctx.reading() as tx:
        states = await tx.fetch_all(
            "SELECT state FROM case_proposals WHERE case_id = $1", lead_case
        )
    assert [row["state"] for row in states] == ["withdrawn", "withdrawn"]


async def test_nobody_agrees_to_a_proposal_of_their_own(ctx, client, moderator, second):
    _, case_id, *_ = await a_report(ctx)
    await press(moderator, case_id, "decide", kind="suspend", reason="Again")
    app = client.signed_in(await a_token(ctx, moderator.me))
    case = (await app.get(f"/api/watertower/v1/cases/{case_id}")).json
    path = f"/api/watertower/v1/cases/{case_id}/proposals/{case['proposals'][0]['id']}"

    assert (await app.post(path, json={"agrees": True})).status == 403
    other = client.signed_in(await a_token(ctx, second.me))
    assert (await other.post(path, json={"agrees": True})).json["state"] == "decided"
    assert (await other.post(path, json={"agrees": True})).status in {409, 422}


async def test_doing_nothing_needs_a_reason_too(ctx, client, moderator):
    _, case_id, *_ = await a_report(ctx)

    assert (await press(moderator, case_id, "decide", kind="none", closes="1")).status == 422
    assert (await press(moderator, case_id, "close")).status == 422
    assert await column(ctx, case_id, "state") == "filed"
    await press(moderator, case_id, "close", reason="A quarrel among friends")
    assert (
        await column(ctx, case_id, "outcome"),
        await column(ctx, case_id, "outcome_reason"),
    ) == (
        "none",
        "A quarrel among friends",
    )


async def test_an_empty_report_is_closed_by_the_rule_and_the_reporter_hears_how_to_report(
    ctx, client, moderator
):
    number, case_id, reporter, *_ = await a_report(ctx, comment="")
    _, explained, *_ = await a_report(ctx)

    page = await moderator.get(f"/desk/cases/{case_id}")
    assert "Close as an empty report" in page.text
    await moderator.submit(f"/desk/cases/{case_id}/close", is_empty="1")
    assert await column(ctx, case_id, "outcome") == "empty"
    app = client.signed_in(await a_token(ctx, reporter))
    mine = (await app.get(f"/api/watertower/v1/reports/{number}")).json
    assert mine["state"] == "closed"
    assert "report it again" in mine["messages"][0]["text"]
    assert (mine["messages"][0]["author"], mine["outcome"]) == (None, None)
    refused = await press(moderator, explained, "close", is_empty="1")
    assert refused.status == 422


async def test_cases_are_joined_split_linked_and_tagged(ctx, client, moderator):
    target = await an_account(ctx)
    _first, lead_case, *_ = await a_report(ctx, about=target)
    other, similar, *_ = await a_report(ctx, about=target)
    assert await column(ctx, similar, "suggested_case_id") == lead_case
    await press(moderator, lead_case, "merge")
    assert await column(ctx, similar, "state") == "merged"
    merged = await moderator.get(f"/desk/cases/{similar}")
    assert f'href="/desk/cases/{lead_case}"' in merged.text
    split = await press(moderator, lead_case, f"split/{other}")
    new_case = await case_of(ctx, other)
    assert where(split) == f"/desk/cases/{new_case}?note=split"
    assert new_case not in {
        lead_case,
        similar,
    }
    async with ctx.reading() as tx:
        kept = await list_evidence(tx, case_id=new_case)
    assert sorted(one.kind for one in kept) == ["profile", "status"]
    assert all(one.is_intact for one in kept)
    await press(moderator, new_case, "link", other=str(lead_case), note_="The same person")
    await press(moderator, new_case, "tags", tags="Pile On, spam!")
    assert list(await column(ctx, new_case, "tags")) == ["pile-on", "spam"]
    assert "The same person" in (await moderator.get(f"/desk/cases/{lead_case}")).text
    found = await moderator.get("/desk/cases?state=any&tag=pile-on")
    assert f"/desk/cases/{new_case}" in found.text
    assert f"/desk/cases/{lead_case}" not in found.text


@pytest.mark.usefixtures("empty")  # it stands on the first page
async def test_a_suggestion_that_is_denied_stands_by_itself(ctx, client, moderator):
    target = await an_account(ctx)
    _, _lead_case, *_ = await a_report(ctx, about=target)
    _, similar, *_ = await a_report(ctx, about=target)

    await press(moderator, similar, "deny")

    assert (
        f'href="/desk/cases/{similar}"' in (await moderator.get("/desk/cases?show=unassigned")).text
    )
    assert await column(ctx, similar, "suggested_case_id") is None


async def test_when_the_first_of_many_is_closed_the_next_one_stands_for_the_rest(
    ctx, client, moderator
):
    target = await an_account(ctx)
    cases = [(await a_report(ctx, about=target))[1] for _ in range(3)]

    await press(moderator, cases[0], "close", reason="Alone")

    assert [await column(ctx, case, "suggested_case_id") for case in cases] == [
        None,
        None,
        cases[1],
    ]


async def test_who_steps_aside_does_not_see_the_case_any_more(ctx, client, moderator):
    _, case_id, *_ = await a_report(ctx)
    await press(moderator, case_id, "assign", to="me")
    await press(moderator, case_id, "conflict")

    assert (await moderator.get(f"/desk/cases/{case_id}")).status == 404
    assert await column(ctx, case_id, "assigned_account_id") is None


async def test_the_reporter_who_is_a_moderator_does_not_see_the_case(ctx, client, moderator):
    _, case_id, *_ = await a_report(ctx, by=moderator.me)

    assert (await moderator.get(f"/desk/cases/{case_id}")).status == 404


async def test_asking_for_money_is_checked_and_needs_a_second_moderator(
    ctx, client, moderator, second
):
    _, case_id, _, target, _ = await a_report(ctx, text="Short on rent, please help")
    await press(moderator, case_id, "money", asks_for_money="1")
    refused = await press(moderator, case_id, "decide", kind="limit", reason="Spam")
    assert refused.status == 422
    assert "mutual-aid check" in refused.text
    page = await moderator.get(f"/desk/cases/{case_id}")
    assert "Mutual aid" in page.text
    assert "It is not:" in page.text
    await press(
        moderator,
        case_id,
        "money",
        asks_for_money="1",
        words="A network of bots, nobody is in need",
    )
    await press(moderator, case_id, "decide", kind="limit", reason="Bots")
    assert await standing(ctx, target) == (False, False)
    shown = await second.get(f"/desk/cases/{case_id}")
    proposal = shown.text.split(f'action="/desk/cases/{case_id}/proposals/')[1].split('"')[0]
    await second.submit(f"/desk/cases/{case_id}/proposals/{proposal}", answer="agree")
    assert await standing(ctx, target) == (False, True)


async def test_somebody_elsewhere_who_broke_local_rules_only_is_offered_protection_not_punishment(
    ctx, client, moderator
):
    async with ctx.transaction() as tx:
        local = await tx.fetch_value(
            "INSERT INTO rules (text, is_global) VALUES ('Only cats on Friday', false) RETURNING id"
        )
    remote = await an_account(ctx, domain=f"{unique('far').replace('_', '-')}.example")
    _, case_id, *_ = await a_report(ctx, about=remote, category="violation", rule_ids=[local])

    page = (await moderator.get(f"/desk/cases/{case_id}")).text

    assert "This person never agreed to these rules" in page
    offered = [one.split('"')[0] for one in page.split('name="kind" value="')[1:]]
    assert offered == ["none", "forward", "sensitize", "limit", "suspend", "server_review"]
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE rules SET deleted_at = now() WHERE id = $1", local)


async def test_a_report_can_be_about_a_whole_server_or_a_thread(ctx, client, moderator):
    member = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, member))
    domain = f"{unique('bad').replace('_', '-')}.example"
    post = await a_status(ctx, by=await an_account(ctx), text="The first of many")

    about_server = (
        await app.post("/api/watertower/v1/reports", json={"domain": domain, "comment": "A farm"})
    ).json
    about_thread = (
        await app.post(
            "/api/watertower/v1/reports",
            json={
                "account_id": str(post.account_id),
                "status_ids": [str(post.id)],
                "conversation": True,
                "comment": "A pile-on",
            },
        )
    ).json

    assert about_server["about"] == domain
    server_case = await case_of(ctx, int(about_server["id"]))
    assert await column(ctx, server_case, "target_domain") == domain
    assert (await moderator.get(f"/desk/cases/{server_case}")).status == 200
    page = await moderator.get(f"/desk/cases/{await case_of(ctx, int(about_thread['id']))}")
    assert "about the thread" in page.text


async def test_a_pattern_case_keeps_harm_caused_and_received_apart(ctx, client, moderator):
    target, other = await an_account(ctx), await an_account(ctx)
    await moderator.get("/desk/cases/new")
    made = await moderator.submit(
        "/desk/cases/new", kind="pattern", title="A pile-on", words="Forty replies in an hour",
        people=f"@{target.username} @{other.username}",
    )  # fmt: skip
    case_id = int(where(made).split("/")[-1])
    await press(
        moderator, case_id, "people",
        handle=f"@{target.username}", caused="Sneered", received="Was sneered at",
    )  # fmt: skip

    page = await moderator.get(f"/desk/cases/{case_id}")
    assert "caused: Sneered" in page.text
    assert "received: Was sneered at" in page.text
    assert f"@{other.username}" in page.text
    assert "Forty replies in an hour" in page.text


async def test_forwarding_later_needs_a_risk_check_and_can_be_withdrawn(ctx, client, moderator):
    domain = f"{unique('far').replace('_', '-')}.example"
    remote = await an_account(ctx, domain=domain)
    _, case_id, reporter, *_ = await a_report(ctx, about=remote)
    typed = {"domain": domain, "comment": "Please look", "excerpts": "He wrote: […]"}

    assert (await press(moderator, case_id, "forward", **typed)).status == 422
    await press(moderator, case_id, "forward", **typed, risk_words="They are trusted")
    async with ctx.reading() as tx:
        row = await tx.fetch_one("SELECT * FROM case_forwards WHERE case_id = $1", case_id)
    assert "shortened" in row["comment"]
    assert reporter.username not in row["comment"]
    await press(moderator, case_id, f"forwards/{row['id']}/withdraw")
    assert "Withdrawn" in (await moderator.get(f"/desk/cases/{case_id}")).text


async def test_reports_handled_in_apps_move_their_case_along(ctx, client, moderator):
    number, case_id, *_ = await a_report(ctx)
    app = client.signed_in(await a_token(ctx, moderator.me))
    one = f"/api/v1/admin/reports/{number}"

    await app.post(f"{one}/assign_to_self")
    taken = (await column(ctx, case_id, "state"), await column(ctx, case_id, "assigned_account_id"))
    await app.post(f"{one}/resolve")
    closed = (await column(ctx, case_id, "state"), await column(ctx, case_id, "outcome"))
    await app.post(f"{one}/reopen")

    assert taken == ("assigned", moderator.me.id)
    assert closed == ("closed", "none")
    assert await column(ctx, case_id, "state") == "assigned"


async def test_the_queue_and_a_case_need_as_many_queries_for_one_as_for_three(
    ctx, client, moderator, queries
):
    target = await an_account(ctx)
    _, case_id, *_ = await a_report(ctx, about=target)
    counts = []
    await moderator.get(f"/desk/cases/{case_id}")
    for _ in range(2):
        queries.clear()
        await moderator.get("/desk/cases")
        await moderator.get(f"/desk/cases/{case_id}?evidence=shown")
        counts.append(len(queries))
        for _ in range(3):
            await a_report(ctx, about=target)
            await a_report(ctx)
        await press(moderator, case_id, "merge")
    assert counts[0] == counts[1]


async def test_a_member_sees_nothing_of_the_desk_and_infrastructure_neither(ctx, client):
    _number, case_id, *_ = await a_report(ctx)
    member, _ = await signed_in(ctx, client)
    infra = await a_moderator(ctx, client, 6)
    lead = await a_moderator(ctx, client, LEAD)
    trainee = await a_moderator(ctx, client, TRAINEE)

    async def statuses(visit):
        return [
            (await visit.get(path)).status
            for path in (
                "/desk/cases",
                f"/desk/cases/{case_id}",
                "/desk/cases/new",
                "/desk/templates",
            )
        ]

    assert await statuses(member) == [404] * 4
    assert await statuses(infra) == [404] * 4
    assert await statuses(lead) == [200] * 4
    assert await statuses(trainee) == [200, 200, 404, 404]


async def test_the_queue_tells_how_soon_harm_is_looked_at_and_how_much_was_prevented(
    ctx, client, empty
):
    moderator = await a_moderator(ctx, client)
    _, case_id, *_ = await a_report(ctx)
    await moderator.get(f"/desk/cases/{case_id}")
    await a_report(ctx)
    await moderator.get("/desk/cases/new")
    await moderator.submit("/desk/cases/new", kind="research", words="A new farm of bots")

    page = (await moderator.get("/desk/cases")).text

    assert (
        "1 of 3 cases were prevention; half of the reports had their first look within 0 minutes"
        in page
    )


async def test_cases_are_found_by_everything_they_can_be_searched_by(ctx, client, moderator):
    domain = f"{unique('far').replace('_', '-')}.example"
    async with ctx.transaction() as tx:
        rule = await tx.fetch_value("INSERT INTO rules (text) VALUES ('Found by') RETURNING id")
    about = await an_account(ctx, domain=domain)
    _, case_id, *_ = await a_report(
        ctx, about=about, category="violation", rule_ids=[rule], language="uk"
    )
    _, other, *_ = await a_report(ctx)
    await press(moderator, case_id, "tags", tags="farm")
    await press(moderator, case_id, "decide", kind="limit", reason="x", closes="1")
    today = ctx.now().date()
    mine = moderator.me.id

    for asked in (
        f"rule={rule}",
        f"server={domain}",
        f"language=uk&server={domain}",
        f"moderator={mine}",
        f"outcome=limit&server={domain}",
        f"tag=farm&server={domain}",
        f"since={today}&server={domain}",
    ):
        found = (await moderator.get(f"/desk/cases?state=any&{asked}")).text
        assert f"/desk/cases/{case_id}" in found, asked
        assert f"/desk/cases/{other}" not in found, asked
    for asked in (
        f"until={today}&server={domain}",
        f"reporter_server={domain}",
        f"tag=farm&rule={rule + 1}",
    ):
        assert (
            f"/desk/cases/{case_id}"
            not in (await moderator.get(f"/desk/cases?state=any&{asked}")).text
        )
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE rules SET deleted_at = now() WHERE id = $1", rule)


async def test_accounts_that_may_be_one_person_s_are_noted_with_what_speaks_for_it(
    ctx, client, moderator
):
    _, case_id, _, target, _ = await a_report(ctx)
    other = await an_account(ctx, domain="far.example")
    typed = {
        "account": str(target.id),
        "handle": f"@{other.username}@far.example",
        "confidence": "2",
    }

    assert (await press(moderator, case_id, "alternates", **typed)).status == 422
    await press(
        moderator, case_id, "alternates", **typed, because="The same pictures in the same order"
    )

    page = (await moderator.get(f"/desk/cases/{case_id}")).text
    assert "likely: The same pictures in the same order" in page
    assert f"@{other.username}@far.example" in page
