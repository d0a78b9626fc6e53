"""W7, the team's side: the walk through every state, each outcome, each refusal."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest

from tests.moderation.appeals.world import (
    HEAD,
    a_case,
    a_moderator,
    appeals_of,
    decide,
    decided,
    filed,
    is_suspended,
    log_of,
    said_in,
    the_appeal,
)
from tests.web.visit import Visit, a_member, signed_in
from tests.world import a_follow, a_status
from watertower.moderation.actions.appeals.decide import decide_appeal, second
from watertower.moderation.actions.appeals.file import file_appeal
from watertower.moderation.actions.appeals.say import answer as answer_in
from watertower.moderation.actions.freeze.freeze import freeze
from watertower.moderation.errors.appeals import AppealClosed, NotTheSecond
from watertower.moderation.model.appeals import Filing, Outcome, Verdict
from watertower.moderation.model.freeze import NewFreeze, NewTask, TaskKind
from watertower.moderation.model.standing import Kind


async def test_the_whole_walk_of_an_appeal(ctx, client, mails, drain):
    _, decider = await a_moderator(ctx, client)
    desk, _ = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=decider, about=person, kind=Kind.LIMIT)
    window, here = await filed(ctx, client, action_id)
    appeal = await the_appeal(ctx, action_id)
    assert appeal["state"] == "assigned"
    page = f"/desk/appeals/{appeal['id']}"
    await drain()
    mails.mails.clear()

    await desk.get(page)
    await desk.submit(f"{page}/messages", text="Which post do you mean?")
    appeal = await the_appeal(ctx, action_id)
    assert (appeal["state"], appeal["waits_for"]) == ("conversation", "person")
    assert appeal["answered_at"] is not None
    await drain()
    (mail,) = mails.to(f"{person.username}@example.test")
    assert "Which post do you mean?" in mail.text
    assert desk_name(mail.text, decider) is False
    await window.get(here)
    await window.submit(f"{here}/messages", text="The one about bread")
    assert (await the_appeal(ctx, action_id))["waits_for"] == "team"
    await desk.get(page)
    await desk.submit(f"{page}/notes", note_text="It was about bread indeed")
    assert "bread indeed" not in (await window.get(here)).text

    answer = await decide(desk, appeal["id"], "rejected", "The rule is clear.")

    assert answer.status == 303, answer.text
    appeal = await the_appeal(ctx, action_id)
    assert (appeal["state"], appeal["outcome"]) == ("decided", "rejected")
    mails.mails.clear()
    await drain()
    assert (await the_appeal(ctx, action_id))["state"] == "closed"
    (mail,) = mails.to(f"{person.username}@example.test")
    assert "The rule is clear." in mail.text
    assert await said_in(ctx, appeal["id"]) == [
        (False, "That was not me"),
        (True, "Which post do you mean?"),
        (False, "The one about bread"),
    ]
    assert await log_of(ctx, appeal["id"]) == [
        "file appeal",
        "contact verified",
        "assign appeal",
        "write in appeal",
        "note on appeal",
        "decide appeal",
    ]


def desk_name(text: str, account) -> bool:
    """Whether a moderator is named."""
    return account.username in text


async def test_accept_of_a_post_removal_restores_the_post(ctx, client):
    _, decider = await a_moderator(ctx, client)
    desk, _ = await a_moderator(ctx, client)
    person = await a_member(ctx)
    status = await a_status(ctx, by=person, text="About bread")
    action_id = await decided(
        ctx, by=decider, about=person, kind=Kind.REMOVE_STATUSES, status_ids=[status.id]
    )
    assert (await client.get(f"/api/v1/statuses/{status.id}")).status == 404
    await filed(ctx, client, action_id)
    appeal = await the_appeal(ctx, action_id)

    await decide(desk, appeal["id"], "accepted")

    answer = await client.get(f"/api/v1/statuses/{status.id}")
    assert answer.status == 200
    assert answer.json["content"] == "<p>About bread</p>"


async def test_changing_a_suspension_takes_two(ctx, client, drain, mails):
    _, decider = await a_moderator(ctx, client)
    first_desk, first = await a_moderator(ctx, client)
    second_desk, other = await a_moderator(ctx, client)
    friend, person = await a_member(ctx), await a_member(ctx)
    await a_follow(ctx, friend, person)
    action_id = await decided(ctx, by=decider, about=person)
    await filed(ctx, client, action_id)
    appeal = await the_appeal(ctx, action_id)
    here = f"/desk/appeals/{appeal['id']}"

    await decide(first_desk, appeal["id"], "accepted", "You were right.")

    assert await is_suspended(ctx, person)
    await drain()
    assert f"A second moderator is wanted ({ctx.settings.server.domain})" in [
        mail.subject for mail in mails.to(f"{other.username}@example.test")
    ]
    page = await first_desk.get(here)
    assert "I agree, do it" not in page.text
    token = {"authenticity_token": first_desk.hidden(f"{here}/notes")["authenticity_token"]}
    assert (await first_desk._call("POST", f"{here}/second", token, {})).status == 422
    assert await is_suspended(ctx, person)
    await second_desk.get(here)
    assert (await second_desk.submit(f"{here}/second")).status == 303

    assert not await is_suspended(ctx, person)
    appeal = await the_appeal(ctx, action_id)
    assert (appeal["outcome"], appeal["decided_by_account_id"]) == ("accepted", first.id)
    assert appeal["seconded_by_account_id"] == other.id
    async with ctx.reading() as tx:
        assert (
            await tx.fetch_value(
                "SELECT count(*) FROM follows WHERE account_id = $1 AND target_account_id = $2",
                friend.id,
                person.id,
            )
            == 1
        )


async def test_the_one_who_proposed_cannot_second_and_a_proposal_is_dropped(ctx, client):
    first_desk, first = await a_moderator(ctx, client)
    second_desk, _ = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    await filed(ctx, client, action_id)
    appeal = await the_appeal(ctx, action_id)
    here = f"/desk/appeals/{appeal['id']}"
    await decide(first_desk, appeal["id"], "accepted")

    with pytest.raises(NotTheSecond):
        await second(ctx, actor_id=first.id, appeal_id=appeal["id"])
    await second_desk.get(here)
    assert (await second_desk.submit(f"{here}/drop", reason="I see it otherwise")).status == 303

    assert (await the_appeal(ctx, action_id))["proposal"] is None
    assert await is_suspended(ctx, person)
    assert await decide(second_desk, appeal["id"], "rejected") is not None
    assert (await the_appeal(ctx, action_id))["outcome"] == "rejected"


async def test_a_community_of_one_moderator_works_and_says_so(ctx, client, drain, mails):
    desk, only = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=only, about=person)
    window, here = await filed(ctx, client, action_id)
    appeal = await the_appeal(ctx, action_id)
    assert (appeal["assigned_account_id"], appeal["is_same_moderator"]) == (only.id, True)
    says = "This community has one moderator"
    assert says in (await window.get(here)).text

    await decide(desk, appeal["id"], "accepted")

    assert not await is_suspended(ctx, person)
    await drain()
    (mail,) = [
        one
        for one in mails.to(f"{person.username}@example.test")
        if one.subject.startswith("Accepted: your appeal")
    ]
    assert says in mail.text


async def test_who_decided_does_not_judge_while_somebody_else_is_there(ctx, client):
    decider_desk, decider = await a_moderator(ctx, client)
    await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=decider, about=person, kind=Kind.LIMIT)
    await filed(ctx, client, action_id)
    appeal = await the_appeal(ctx, action_id)
    here = f"/desk/appeals/{appeal['id']}"

    page = await decider_desk.get(here)

    assert "You made the decision that is appealed" in page.text
    assert f'action="{here}/decide"' not in page.text
    token = decider_desk.hidden(f"{here}/notes")["authenticity_token"]
    for path, typed in (
        ("decide", {"outcome": "rejected", "message": "No"}),
        ("messages", {"text": "No"}),
        ("assign", {}),
    ):
        answer = await decider_desk._call(
            "POST", f"{here}/{path}", {"authenticity_token": token, **typed}, {}
        )
        assert answer.status == 422, path
    assert (await the_appeal(ctx, action_id))["outcome"] is None
    # What they may do is say why.
    await decider_desk.get(here)
    assert (await decider_desk.submit(f"{here}/notes", note_text="Because")).status == 303


async def test_nobody_sees_an_appeal_about_themselves_or_their_report(ctx, client):
    await a_moderator(ctx, client)
    desk, moderator = await a_moderator(ctx, client)
    action_id = await decided(ctx, by=None, about=moderator, kind=Kind.SENSITIZE)
    await filed(ctx, client, action_id)
    own = await the_appeal(ctx, action_id)
    person = await a_member(ctx)
    case_id = await a_case(ctx, person)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO reports (account_id, target_account_id, case_id) VALUES ($1, $2, $3)",
            moderator.id,
            person.id,
            case_id,
        )
    action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT, case_id=case_id)
    await filed(ctx, client, action_id)
    reported = await the_appeal(ctx, action_id)

    assert (await desk.get(f"/desk/appeals/{own['id']}")).status == 404
    assert (await desk.get(f"/desk/appeals/{reported['id']}")).status == 404
    page = await desk.get("/desk/appeals")
    assert f"/desk/appeals/{own['id']}" not in page.text
    assert f"/desk/appeals/{reported['id']}" not in page.text
    assert own["assigned_account_id"] != moderator.id
    assert reported["assigned_account_id"] != moderator.id


async def test_changed_is_something_lighter(ctx, client):
    desk, _ = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    await filed(ctx, client, action_id)
    appeal = await the_appeal(ctx, action_id)

    for kind in ("suspend", "freeze", ""):
        answer = await decide(desk, appeal["id"], "changed", kind=kind)
        assert answer.status == 422
        assert "lighter" in answer.text
    answer = await decide(desk, appeal["id"], "changed", kind="limit", days="7")
    assert answer.status == 303

    assert not await is_suspended(ctx, person)
    appeal = await the_appeal(ctx, action_id)
    async with ctx.reading() as tx:
        row = await tx.fetch_one(
            "SELECT kind, ends_at, created_at FROM moderation_actions WHERE id = $1",
            appeal["new_action_id"],
        )
    assert (row["kind"], appeal["outcome"]) == ("limit", "changed")
    assert abs(row["ends_at"] - row["created_at"] - timedelta(days=7)) < timedelta(minutes=1)


async def test_returned_turns_a_suspension_into_a_freeze_with_tasks(ctx, client):
    desk, _ = await a_moderator(ctx, client)
    person = await a_member(ctx)
    case_id = await a_case(ctx, person)
    action_id = await decided(ctx, by=None, about=person, case_id=case_id)
    await filed(ctx, client, action_id)
    appeal = await the_appeal(ctx, action_id)
    assert (await decide(desk, appeal["id"], "returned")).status == 422

    answer = await decide(
        desk,
        appeal["id"],
        "returned",
        task_kind_0="change_profile",
        task_0="Say that you are a bot",
        task_kind_1="read",
        task_1="https://rules.example/1",
    )

    assert answer.status == 303, answer.text
    assert not await is_suspended(ctx, person)
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT t.kind, t.text, t.url FROM freezes f JOIN freeze_tasks t ON t.freeze_id = f.id "
            "WHERE f.account_id = $1 AND f.ended_at IS NULL ORDER BY t.position",
            person.id,
        )
        frozen = await tx.fetch_value(
            "SELECT frozen_at IS NOT NULL FROM logins WHERE account_id = $1", person.id
        )
    assert [tuple(row.values()) for row in rows] == [
        ("change_profile", "Say that you are a bot", ""),
        ("read", "", "https://rules.example/1"),
    ]
    assert frozen


async def test_an_appeal_stops_the_clocks_of_a_freeze_and_no_lets_them_run(ctx, client):
    _, moderator = await a_moderator(ctx, client)
    await a_moderator(ctx, client)
    person = await a_member(ctx)
    freeze_id = await freeze(
        ctx,
        actor_id=moderator.id,
        wanted=NewFreeze(
            person.id, "Please", tasks=[NewTask(TaskKind.AGREE, text="I read the rules")]
        ),
    )
    async with ctx.reading() as tx:
        action_id = await tx.fetch_value("SELECT action_id FROM freezes WHERE id = $1", freeze_id)

    async def state() -> tuple[str, bool]:
        async with ctx.reading() as tx:
            row = await tx.fetch_one(
                "SELECT state, clock_due_at IS NOT NULL AS runs FROM freezes WHERE id = $1",
                freeze_id,
            )
        return tuple(row.values())

    await filed(ctx, client, action_id)
    assert await state() == ("appealed", False)
    appeal = await the_appeal(ctx, action_id)
    others = Visit(client)
    async with ctx.reading() as tx:
        name = await tx.fetch_value(
            "SELECT username FROM accounts WHERE id = $1", appeal["assigned_account_id"]
        )
    await others.sign_in(name)

    await decide(others, appeal["id"], "rejected")

    assert await state() == ("in_progress", True)


async def test_once_more_after_a_rejection_and_then_it_is_final(ctx, client, drain):
    desk, _ = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT)
    window, here = await filed(ctx, client, action_id)
    first = await the_appeal(ctx, action_id)
    await decide(desk, first["id"], "rejected")
    await drain()
    page = await window.get(here)
    assert "Appeal once more, with something new" in page.text

    await filed(ctx, client, action_id, text="Here is a witness")

    rounds = await appeals_of(ctx, action_id)
    assert [(row["round"], row["outcome"]) for row in rounds] == [(1, "rejected"), (2, None)]
    await decide(desk, rounds[1]["id"], "rejected")
    await drain()
    page = await window.get(here)
    assert "This decision was appealed twice. The answer is final." in page.text
    assert f'action="{here}"' not in page.text


async def test_a_decision_happens_once(ctx, client):
    desk, _ = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT)
    await filed(ctx, client, action_id)
    appeal = await the_appeal(ctx, action_id)
    await desk.get(f"/desk/appeals/{appeal['id']}")
    hidden = desk.hidden(f"/desk/appeals/{appeal['id']}/decide")
    typed = hidden | {"outcome": "rejected", "message": "No"}
    answers = [
        await desk._call("POST", f"/desk/appeals/{appeal['id']}/decide", typed, {})
        for _ in range(2)
    ]

    assert [one.status for one in answers] == [303, 422]
    assert await log_of(ctx, appeal["id"]) == [
        "file appeal",
        "contact verified",
        "assign appeal",
        "decide appeal",
    ]
    # Closed to the person as well.
    with pytest.raises(AppealClosed):
        await answer_in(ctx, account_id=person.id, appeal_id=appeal["id"], text="But")


async def test_an_appeal_nobody_verified_is_not_on_the_desk(ctx, client):
    desk, _ = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    await filed(ctx, client, action_id, email="new@elsewhere.test")
    appeal = await the_appeal(ctx, action_id)

    assert (await desk.get(f"/desk/appeals/{appeal['id']}")).status == 404
    assert f"/desk/appeals/{appeal['id']}" not in (await desk.get("/desk/appeals")).text


async def test_an_appeal_is_handed_over_to_whoever_may_have_it(ctx, client):
    _, decider = await a_moderator(ctx, client)
    desk, _ = await a_moderator(ctx, client)
    _, colleague = await a_moderator(ctx, client, role_id=HEAD)
    outsider = await a_member(ctx)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=decider, about=person, kind=Kind.LIMIT)
    await filed(ctx, client, action_id)
    appeal = await the_appeal(ctx, action_id)
    here = f"/desk/appeals/{appeal['id']}"
    await desk.get(here)

    assert (await desk.submit(f"{here}/assign", to=str(colleague.id))).status == 303

    assert (await the_appeal(ctx, action_id))["assigned_account_id"] == colleague.id
    await desk.get(here)
    assert (await desk.submit(f"{here}/assign", to=str(outsider.id))).status == 404
    await desk.get(here)
    assert (await desk.submit(f"{here}/assign", to=str(decider.id))).status == 422


async def test_members_do_not_see_the_desk(ctx, client):
    visit, _ = await signed_in(ctx, client)
    assert (await visit.get("/desk/appeals")).status == 404


async def test_the_list_costs_the_same_with_one_and_with_three(ctx, client, queries):
    desk, _ = await a_moderator(ctx, client)
    counts = []
    for _ in range(3):
        person = await a_member(ctx)
        action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT)
        await filed(ctx, client, action_id)
        await desk.get("/desk/appeals")
        queries.clear()
        await desk.get("/desk/appeals")
        counts.append(len(queries))
    assert counts[0] == counts[2]


async def test_staff_who_are_moderated_appeal_like_everybody(ctx, client):
    _, decider = await a_moderator(ctx, client)
    desk, other = await a_moderator(ctx, client)
    _, lead = await a_moderator(ctx, client, role_id=HEAD)
    action_id = await decided(ctx, by=decider, about=lead)

    await filed(ctx, client, action_id)

    appeal = await the_appeal(ctx, action_id)
    assert (appeal["state"], appeal["assigned_account_id"]) == ("assigned", other.id)
    assert (await desk.get(f"/desk/appeals/{appeal['id']}")).status == 200


async def test_files_come_along_and_only_both_sides_get_them(ctx, client):
    desk, _ = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)
    window, here = await filed(ctx, client, action_id)
    await window.get(here)
    form = aiohttp.FormData()
    for name, value in window.hidden(f"{here}/messages").items():
        form.add_field(name, value)
    form.add_field("text", "See for yourself")
    form.add_field("files[]", b"%PDF-1.4 proof", filename="proof.pdf")
    answer = await window._call("POST", f"{here}/messages", form, {})
    assert answer.status == 303, answer.text
    appeal = await the_appeal(ctx, action_id)
    async with ctx.reading() as tx:
        message_id = await tx.fetch_value(
            "SELECT max(id) FROM appeal_messages WHERE appeal_id = $1", appeal["id"]
        )

    got = await window.get(f"{here}/files/{message_id}/0")
    assert (got.status, got.body) == (200, b"%PDF-1.4 proof")
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''proof.pdf"
    got = await desk.get(f"/desk/appeals/{appeal['id']}/files/{message_id}/0")
    assert got.body == b"%PDF-1.4 proof"
    assert (await window.get(f"{here}/files/{message_id}/1")).status == 404
    other_action = await decided(ctx, by=None, about=await a_member(ctx))
    _, other_here = await filed(ctx, client, other_action)
    assert (await Visit(client).get(f"{other_here}/files/{message_id}/0")).status == 404

    form = aiohttp.FormData()
    await window.get(here)
    for name, value in window.hidden(f"{here}/messages").items():
        form.add_field(name, value)
    form.add_field("text", "And this")
    form.add_field("files[]", b"MZ\x90\x00\x03\x00\x00\x00" * 100, filename="run.exe")
    assert (await window._call("POST", f"{here}/messages", form, {})).status == 422


async def test_of_two_who_decide_at_once_one_wins(ctx, client):
    _, first = await a_moderator(ctx, client)
    _, other = await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT)
    await filed(ctx, client, action_id)
    appeal = await the_appeal(ctx, action_id)

    ended = await asyncio.gather(
        *(
            decide_appeal(
                ctx,
                actor_id=one.id,
                appeal_id=appeal["id"],
                verdict=Verdict(outcome, "Decided"),
            )
            for one, outcome in ((first, Outcome.ACCEPTED), (other, Outcome.REJECTED))
        ),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in ended) == ["AppealClosed", "bool"]
    assert (await log_of(ctx, appeal["id"])).count("decide appeal") == 1


async def test_of_form_and_mail_at_once_one_appeal_comes(ctx, client):
    await a_moderator(ctx, client)
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person)

    await asyncio.gather(
        *(
            file_appeal(
                ctx,
                account_id=person.id,
                filing=Filing(action_id=action_id, claim="error", text=f"Number {number}"),
            )
            for number in range(5)
        )
    )

    appeal = await the_appeal(ctx, action_id)
    assert sorted(text for _, text in await said_in(ctx, appeal["id"])) == [
        f"Number {number}" for number in range(5)
    ]
