"""W3 through HTTP: every transition, every refused one, every deadline with a moved clock."""

from datetime import datetime, timedelta

import pytest

from tests.moderation.freeze.test_named import run_clock
from tests.moderation.freeze.world import HEAD, a_world, browser_of, frozen_world
from tests.world import a_status, a_token, an_account
from watertower.accounts.actions.delete_member import delete_member
from watertower.moderation.actions.standing.act import act
from watertower.moderation.errors.freeze import EgregiousHarm
from watertower.moderation.jobs.end_actions import end_actions
from watertower.moderation.jobs.watch_freezes import watch_freezes
from watertower.moderation.model.freeze import OPEN, STEPS, WORDS, NewTask, State, Step, TaskKind
from watertower.moderation.model.standing import Decision, Kind
from watertower.moderation.steps.freeze_clock import resume_after_appeal, stop_for_appeal
from watertower.moderation.steps.standing import lift_in

OWN = "/api/watertower/v1/freeze"
TEAM = "/api/watertower/v1/freezes"


# -- freezing ------------------------------------------------------------------------------------


async def test_a_freeze_says_what_happened_why_what_is_asked_and_by_when(ctx, client, drain, mails):
    world = await a_world(ctx, client)
    async with ctx.transaction() as tx:
        rule_id = await tx.fetch_value(
            "INSERT INTO rules (position, text) VALUES (1, 'Be kind') RETURNING id"
        )
    mod = await world.mod_app()

    answer = await mod.post(
        TEAM,
        json={
            "account_id": str(world.member.id),
            "text": "Please take this back.",
            "reason": "Talked about it at length",
            "rule_ids": [str(rule_id)],
            "tasks": [
                {"kind": "delete_status", "status_id": str(world.post.id)},
                {"kind": "read", "url": "https://example.org/kind", "minutes": 10},
                {"kind": "agree", "text": "I will not do it again"},
            ],
        },
    )

    assert answer.status == 200, answer.text
    shown = answer.json
    assert (shown["state"], shown["reason"]) == ("awaiting_response", "Talked about it at length")
    own = (await world.app.get(OWN)).json
    assert "reason" not in own
    assert (own["message"], own["rules"]) == (
        "Please take this back.",
        [{"id": str(rule_id), "text": "Be kind"}],
    )
    assert [(task["kind"], task["done"]) for task in own["tasks"]] == [
        ("delete_status", False),
        ("read", False),
        ("agree", False),
    ]
    assert own["status_ids"] == [str(world.post.id)]
    assert own["appeal_url"] == (
        f"{ctx.settings.base_url}/appeals/new?action_id={own['action_id']}"
    )
    await drain()
    (mail,) = mails.to(f"{world.member.username}@example.test")
    for said in (
        "Please take this back.",
        "Be kind",
        world.post.url,
        "https://example.org/kind",
        "I will not do it again",
        "/account/frozen",
        "/appeals/new",
    ):
        assert said in mail.text
    kinds = (await world.app.get("/api/v1/notifications")).json
    assert [one["type"] for one in kinds] == ["moderation_warning"]


async def test_freezing_twice_is_once_and_another_freeze_is_refused(ctx, client):
    world = await a_world(ctx, client)
    mod = await world.mod_app()
    sent = {"account_id": str(world.member.id), "text": "Please stop."}

    first, second = await mod.post(TEAM, json=sent), await mod.post(TEAM, json=sent)
    other = await mod.post(TEAM, json=sent | {"text": "And this"})

    assert first.json["id"] == second.json["id"]
    assert (other.status, other.json["error"]) == (
        422,
        "This account is frozen already. Ask for more, or give more time, there.",
    )
    assert (
        await world.one(
            "SELECT count(*) FROM moderation_actions WHERE target_account_id = $1", world.member.id
        )
        == 1
    )


@pytest.mark.parametrize("how", ["said", "rated", "without tasks"])
async def test_egregious_harm_is_never_answered_with_a_freeze(ctx, client, how):
    world = await a_world(ctx, client)
    mod = await world.mod_app()
    sent = {"account_id": str(world.member.id), "text": "Stop."}
    if how == "said":
        sent["egregious"] = "true"
    else:
        async with ctx.transaction() as tx:
            sent["case_id"] = str(
                await tx.fetch_value(
                    "INSERT INTO cases (target_account_id, severity, scope, created_at, updated_at) "
                    "VALUES ($1, 3, 1, now(), now()) RETURNING id",
                    world.member.id,
                )
            )

    if how == "without tasks":
        with pytest.raises(EgregiousHarm):
            await act(
                ctx,
                actor_id=world.mod.id,
                decision=Decision(
                    Kind.FREEZE, world.member.id, case_id=int(sent["case_id"]), message="Stop."
                ),
            )
        return

    answer = await mod.post(TEAM, json=sent)

    assert (answer.status, answer.json["error"]) == (
        403,
        "A freeze is not for egregious harm. Suspend the account; that is reviewed afterwards.",
    )
    assert (await world.app.get("/api/v1/accounts/verify_credentials")).status == 200


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": " "}, "Message can't be blank"),
        ({"tasks": [{"kind": "dance"}]}, "Tasks must be one of"),
        ({"tasks": [{"kind": "delete_status"}]}, "must say which post is to be deleted"),
        ({"tasks": [{"kind": "delete_status", "status_id": "1"}]}, "posts of this account"),
        ({"tasks": [{"kind": "agree"}]}, "must say what is asked"),
        ({"tasks": [{"kind": "read"}]}, "must say what is to be read"),
        ({"tasks": [{"kind": "read", "url": "javascript:x"}]}, "must link to a web page"),
        ({"tasks": [{"kind": "read", "text": "x", "minutes": 90}]}, "may take 1 to 15 minutes"),
        ({"tasks": [{"kind": "leave_conversation"}]}, "which conversation is to be left"),
        ({"tasks": "x"}, "Tasks must be objects"),
        ({"respond_by": "2020-01-01T00:00:00Z"}, "at least a day to answer"),
        ({"complete_by": "2020-01-01T00:00:00Z"}, "at least a day after the answer is due"),
        ({"complete_by": "2099-01-01T00:00:00Z"}, "must be within 60 days"),
    ],
)
async def test_a_freeze_that_makes_no_sense_is_refused(ctx, client, wrong, says):
    world = await a_world(ctx, client)
    mod = await world.mod_app()

    answer = await mod.post(
        TEAM, json={"account_id": str(world.member.id), "text": "Please stop."} | wrong
    )

    assert answer.status == 422
    assert says in answer.json["error"]
    assert (
        await world.one("SELECT frozen_at FROM logins WHERE account_id = $1", world.member.id)
        is None
    )


async def test_nobody_freezes_themselves_or_people_elsewhere_or_another_ones_post(ctx, client):
    world = await a_world(ctx, client)
    mod = await world.mod_app()
    remote = await an_account(ctx, domain="far.example")
    foreign = await a_status(ctx, by=world.mod)

    own = await mod.post(TEAM, json={"account_id": str(world.mod.id), "text": "x"})
    far = await mod.post(TEAM, json={"account_id": str(remote.id), "text": "x"})
    other = await mod.post(
        TEAM,
        json={
            "account_id": str(world.member.id),
            "text": "x",
            "tasks": [{"kind": "delete_status", "status_id": str(foreign.id)}],
        },
    )
    missing = await mod.post(TEAM, json={"account_id": "1", "text": "x"})

    assert [own.status, far.status, other.status, missing.status] == [403, 422, 422, 404]


# -- the way through -----------------------------------------------------------------------------


async def test_from_the_freeze_to_the_account_restored(ctx, client, drain, mails):
    world = await frozen_world(
        ctx,
        client,
        NewTask(TaskKind.READ, "About kindness", url="https://example.org/", minutes=5),
        NewTask(TaskKind.AGREE, "I will be kind"),
    )
    other_mod = client.signed_in(await a_token(ctx, await an_account(ctx, role_id=1)))
    read, agree = await world.task_id("read"), await world.task_id("agree")

    # It answers, works, hands in too early, and hands in.
    assert (await world.app.post(f"{OWN}/answer", json={"text": "I see."})).status == 200
    assert await world.state() == "in_progress"
    early = await world.app.post(f"{OWN}/submit")
    assert (early.status, early.json["error"]) == (
        422,
        "Not all tasks are done yet. Do them, or say that this is a mistake.",
    )
    assert (await world.app.post(f"{OWN}/tasks/{read}/finish")).status == 200
    ticked = await world.app.post(f"{OWN}/tasks/{agree}/finish", json={"statement": "Gladly"})
    assert [(t["done"], t["statement"]) for t in ticked.json["tasks"]] == [
        (True, ""),
        (True, "Gladly"),
    ]
    handed = await world.app.post(f"{OWN}/submit", json={"statement": "Done."})
    assert (handed.json["state"], handed.json["submitted_as"]) == ("submitted", "done")
    again = await world.app.post(f"{OWN}/submit", json={"statement": "Done."})
    assert (again.status, await world.state()) == (200, "submitted")

    # The team, in the person of somebody else, wants more, says what, and is content.
    more = await other_mod.post(
        f"{TEAM}/{world.freeze_id}/ask_more",
        json={
            "text": "Please say it in your profile",
            "tasks": [{"kind": "change_profile", "text": "Say that you are sorry"}],
        },
    )
    assert (more.status, more.json["state"]) == (200, "in_progress")
    profile = await world.task_id("change_profile")
    same = await world.app.post(f"{OWN}/tasks/{profile}/finish")
    assert (same.status, same.json["error"]) == (
        422,
        "Your profile is still the same as when you were asked.",
    )
    changed = await world.app.patch("/api/v1/accounts/update_credentials", json={"note": "Sorry"})
    assert changed.status == 200
    assert (await world.app.post(f"{OWN}/tasks/{profile}/finish")).status == 200
    assert (await world.app.post(f"{OWN}/submit")).status == 200
    blank = await other_mod.post(f"{TEAM}/{world.freeze_id}/accept")
    assert (blank.status, blank.json["error"]) == (
        422,
        "Validation failed: Agreed can't be blank",
    )
    done = await other_mod.post(f"{TEAM}/{world.freeze_id}/accept", json={"agreed": "Be kind"})
    assert (done.status, done.json["state"], done.json["agreed"]) == (200, "restored", "Be kind")
    twice = await other_mod.post(f"{TEAM}/{world.freeze_id}/accept", json={"agreed": "Be kind"})
    assert twice.status == 200

    # The account is free, the case is closed with the note, the person was told.
    assert (await world.app.post("/api/v1/statuses", json={"status": "Back"})).status == 200
    assert (await world.app.get(OWN)).status == 404
    assert (
        await world.one(
            "SELECT c.state || ': ' || c.outcome || ': ' || c.outcome_reason FROM cases c "
            "JOIN freezes z ON z.case_id = c.id WHERE z.id = $1",
            world.freeze_id,
        )
        == "closed: freeze: Be kind"
    )
    await drain()
    told = mails.to(f"{world.member.username}@example.test")
    assert len([one for one in told if "What was agreed: Be kind" in one.text]) == 1
    assert await world.one(
        "SELECT array_agg(verb ORDER BY id) FROM audit_log WHERE subject_kind = 'account' "
        "AND subject_id = $1 AND verb <> 'read freeze'", str(world.member.id)
    ) == [
        "freeze", "answer freeze", "finish task: read", "finish task: agree", "hand in as done",
        "ask more", "finish task: change_profile", "hand in as done", "accept freeze",
        "undo freeze",
    ]  # fmt: skip


async def test_it_is_a_mistake_needs_words_and_no_tasks(ctx, client):
    world = await frozen_world(ctx, client)

    blank = await world.app.post(f"{OWN}/submit", json={"as": "error"})
    said = await world.app.post(f"{OWN}/submit", json={"as": "error", "statement": "Not me"})

    assert (blank.status, blank.json["error"]) == (
        422,
        "Validation failed: Statement can't be blank",
    )
    assert (said.json["state"], said.json["submitted_as"]) == ("submitted", "error")
    assert [one["text"] for one in said.json["messages"] if not one["from_team"]] == ["Not me"]


async def test_a_post_that_is_there_cannot_be_attested_away(ctx, client):
    world = await frozen_world(ctx, client)
    task = await world.task_id("delete_status")

    answer = await world.app.post(f"{OWN}/tasks/{task}/finish")

    assert (answer.status, answer.json["error"]) == (
        422,
        "This post is still there. Delete it here, or in any app.",
    )


async def test_what_is_said_twice_with_one_key_is_kept_once(ctx, client):
    world = await frozen_world(ctx, client)

    for _ in range(2):
        answer = await world.app.post(
            f"{OWN}/answer", json={"text": "Hello"}, headers={"Idempotency-Key": "a"}
        )

    assert [one["text"] for one in answer.json["messages"] if not one["from_team"]] == ["Hello"]


async def test_withdrawn_is_as_if_it_had_not_been(ctx, client, drain):
    world = await frozen_world(ctx, client)
    mod = await world.mod_app()

    blank = await mod.post(f"{TEAM}/{world.freeze_id}/withdraw")
    done = await mod.post(
        f"{TEAM}/{world.freeze_id}/withdraw", json={"reason": "Wrong person", "text": "Sorry!"}
    )
    again = await mod.post(f"{TEAM}/{world.freeze_id}/withdraw", json={"reason": "Wrong person"})
    await drain()

    assert (blank.status, done.json["state"], again.status) == (422, "withdrawn", 200)
    assert "Sorry!" in done.json["messages"][-1]["text"]
    assert (await world.app.post("/api/v1/statuses", json={"status": "Back"})).status == 200
    assert (
        await world.one(
            "SELECT closed_at FROM cases c JOIN freezes z ON z.case_id = c.id WHERE z.id = $1",
            world.freeze_id,
        )
        is None
    )


# -- refused transitions -------------------------------------------------------------------------

ENDED = [state for state in State if state not in OPEN]


async def bring_to(world, clock, drain, state):
    """The world's freeze in this state, by the steps that lead there."""
    mod = await world.mod_app()
    head = await world.mod_app(HEAD)
    path = f"{TEAM}/{world.freeze_id}"
    if state is State.IN_PROGRESS:
        await world.app.post(f"{OWN}/answer")
    elif state in {State.SUBMITTED, State.RESTORED}:
        await world.app.post(f"{OWN}/submit", json={"as": "error", "statement": "Not me"})
        if state is State.RESTORED:
            await mod.post(f"{path}/accept", json={"agreed": "It was a mistake"})
    elif state is State.APPEALED:
        action_id = await world.one("SELECT action_id FROM freezes WHERE id = $1", world.freeze_id)
        async with world.ctx.transaction() as tx:
            assert await stop_for_appeal(tx, world.ctx, action_id=action_id)
    elif state is State.WITHDRAWN:
        await mod.post(f"{path}/withdraw", json={"reason": "Mistake"})
    elif state in {State.LIMITED, State.SUSPENDED}:
        clock.ahead = timedelta(days=8)
        await watch_freezes.run(world.ctx)
        outcome = "limit" if state is State.LIMITED else "suspend"
        await head.post(f"{path}/decide", json={"outcome": outcome, "reason": "Silence"})
    elif state is State.LEFT:
        async with world.ctx.transaction() as tx:
            await tx.execute(
                "UPDATE freezes SET state = 'left', ended_at = now() WHERE id = $1", world.freeze_id
            )
    await drain()
    assert await world.state() == state


ASKED = {
    Step.SUBMIT: ("submit", {"as": "error", "statement": "Again"}),
    Step.WORK: ("tasks/{task}/finish", {}),
    Step.EXTEND: ("extend", {"reason": "Ill"}),
    Step.ANSWER: ("answer", {"text": "Hello"}),
}


@pytest.mark.parametrize("state", sorted(OPEN))
@pytest.mark.parametrize("step", list(ASKED))
async def test_every_step_of_the_person_from_every_state(ctx, client, clock, drain, state, step):
    world = await frozen_world(ctx, client, NewTask(TaskKind.AGREE, "Be kind"))
    await bring_to(world, clock, drain, state)
    path, sent = ASKED[step]

    answer = await world.app.post(
        f"{OWN}/{path.format(task=await world.task_id('agree'))}", json=sent
    )

    if state in STEPS[step] or (step is Step.SUBMIT and state is State.SUBMITTED):
        assert answer.status == 200, answer.text
    else:
        assert (answer.status, answer.json) == (
            422,
            {"error": f"It is not possible to {step} now: this freeze is {WORDS[state]}"},
        )
        assert await world.state() == state


@pytest.mark.parametrize("state", sorted(ENDED))
async def test_when_it_is_over_there_is_nothing_to_answer(ctx, client, clock, drain, state):
    world = await frozen_world(ctx, client)
    await bring_to(world, clock, drain, state)

    for path, sent in ASKED.values():
        answer = await world.app.post(f"{OWN}/{path.format(task=1)}", json=sent)
        assert answer.status == (403 if state in {State.SUSPENDED, State.LEFT} else 404) or (
            answer.json == {"error": "Record not found"}
        )
    assert await world.state() == state


TEAM_STEPS = {
    Step.ACCEPT: ("accept", {"agreed": "Fine"}),
    Step.ASK_MORE: ("ask_more", {"text": "More"}),
    Step.EXTEND: ("extend", {"reason": "Ill"}),
    Step.WITHDRAW: ("withdraw", {"reason": "Mistake"}),
    Step.DECIDE: ("decide", {"outcome": "remain", "reason": "Silence"}),
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("step", list(TEAM_STEPS))
async def test_every_step_of_the_team_from_every_state(ctx, client, clock, drain, state, step):
    world = await frozen_world(ctx, client)
    await bring_to(world, clock, drain, state)
    app = await world.mod_app(HEAD if step is Step.DECIDE else 1)
    path, sent = TEAM_STEPS[step]

    answer = await app.post(f"{TEAM}/{world.freeze_id}/{path}", json=sent)

    is_again = (step, state) in {
        (Step.ACCEPT, State.RESTORED),
        (Step.WITHDRAW, State.WITHDRAWN),
    }
    if step is Step.DECIDE and state in STEPS[step]:
        assert (answer.status, answer.json) == (422, {"error": "No deadline was missed"})
    elif state in STEPS[step] or is_again:
        assert answer.status == 200, answer.text
    else:
        assert (answer.status, answer.json) == (
            422,
            {"error": f"It is not possible to {step} now: this freeze is {WORDS[state]}"},
        )
    if answer.status != 200:
        assert await world.state() == state


async def test_a_freeze_is_none_of_the_business_of_those_it_is_about_or_members(ctx, client):
    world = await frozen_world(ctx, client)
    trainee = client.signed_in(await a_token(ctx, await an_account(ctx, role_id=4)))
    member = client.signed_in(await a_token(ctx, await an_account(ctx)))
    stepped_aside = await an_account(ctx, role_id=1)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO case_conflicts (case_id, account_id, declared_at) "
            "SELECT case_id, $2, now() FROM freezes WHERE id = $1",
            world.freeze_id,
            stepped_aside.id,
        )
    aside = client.signed_in(await a_token(ctx, stepped_aside))
    path = f"{TEAM}/{world.freeze_id}"

    assert (await trainee.get(path)).status == 200
    assert (await trainee.post(f"{path}/withdraw", json={"reason": "x"})).status == 403
    assert (await member.get(path)).status == 403
    assert (await aside.get(path)).status == 404
    assert (await aside.post(f"{path}/withdraw", json={"reason": "x"})).status == 404
    assert (await (await world.mod_app()).post(f"{path}/decide")).status == 403
    assert (await member.get(OWN)).status == 404


# -- deadlines -----------------------------------------------------------------------------------


async def test_the_clock_reminds_twice_and_then_escalates_once(ctx, client, clock, drain, mails):
    world = await frozen_world(ctx, client)
    await drain()
    address = f"{world.member.username}@example.test"
    counts = []
    for days in (3.4, 3.6, 3.7, 6.2, 6.4, 6.9, 7.1, 9):
        clock.ahead = timedelta(days=days)
        await run_clock(ctx, drain)
        counts.append(len(mails.to(address)))

    #                 half ↓        9/10 ↓   over ↓
    assert counts == [1, 2, 2, 2, 3, 3, 4, 4]
    assert "wait for your answer until" in mails.to(address)[1].text
    assert "your account stays frozen" in mails.to(address)[3].text.lower()


async def test_the_second_clock_and_the_review_remind_as_well(ctx, client, clock, drain, mails):
    world = await frozen_world(ctx, client, NewTask(TaskKind.AGREE, "Be kind"))
    await world.app.post(f"{OWN}/answer")
    await drain()
    address, mod = f"{world.member.username}@example.test", f"{world.mod.username}@example.test"
    clock.ahead = timedelta(days=7.1)  # of fourteen
    await run_clock(ctx, drain)
    assert "should be done by" in mails.to(address)[-1].text
    task = await world.task_id("agree")
    await world.app.post(f"{OWN}/tasks/{task}/finish")
    await world.app.post(f"{OWN}/submit")
    await drain()
    said = len(mails.to(address))

    subjects = []
    for hours in (1, 37, 66, 73, 90):
        clock.ahead = timedelta(days=7.1, hours=hours)
        await run_clock(ctx, drain)
        about = [one.subject for one in mails.to(mod) if world.member.username in one.subject]
        subjects.append(len(about))

    assert subjects == [1, 2, 3, 3, 3]  # the last word goes to the leads
    assert len(mails.to(address)) == said
    assert await world.state() == "submitted"
    assert (
        await world.one(
            "SELECT count(*) FROM audit_log WHERE verb = 'escalate review of freeze' "
            "AND subject_id = $1",
            str(world.member.id),
        )
        == 1
    )


@pytest.mark.parametrize("by", ["person", "team"])
async def test_more_time_is_given_twice_at_most(ctx, client, by):
    world = await frozen_world(ctx, client)
    mod = await world.mod_app()
    app, path = (
        (world.app, f"{OWN}/extend")
        if by == "person"
        else (mod, f"{TEAM}/{world.freeze_id}/extend")
    )
    begun = (await world.app.get(OWN)).json

    blank = await app.post(path)
    first = await app.post(path, json={"reason": "Ill"})
    second = await app.post(path, json={"reason": "Still ill"})
    third = await app.post(path, json={"reason": "And still"})

    assert (blank.status, first.status, second.status) == (422, 200, 200)
    assert (third.status, third.json["error"]) == (422, "This freeze was extended twice already")
    shown = (await world.app.get(OWN)).json
    assert (shown["respond_by"] > begun["respond_by"], shown["extensions_left"]) == (True, 0)
    assert moved(begun, shown, "respond_by") == moved(begun, shown, "complete_by") == 14
    assert await world.state() == "awaiting_response"


def moved(before, after, name) -> int:
    return (datetime.fromisoformat(after[name]) - datetime.fromisoformat(before[name])).days


async def test_what_was_missed_is_decided_by_a_lead(ctx, client, clock, drain):
    world = await frozen_world(ctx, client)
    head, path = await world.mod_app(HEAD), f"{TEAM}/{world.freeze_id}/decide"
    clock.ahead = timedelta(days=8)
    await run_clock(ctx, drain)

    unclear = await head.post(path, json={"outcome": "vanish", "reason": "x"})
    blank = await head.post(path, json={"outcome": "remain"})
    remain = await head.post(
        path, json={"outcome": "remain", "reason": "On holiday", "text": "Enjoy it"}
    )
    again = await head.post(path, json={"outcome": "suspend", "reason": "x"})

    assert (unclear.status, blank.status, remain.status) == (422, 422, 200)
    assert (remain.json["state"], remain.json["due_at"], remain.json["escalated"]) == (
        "awaiting_response",
        None,
        False,
    )
    assert remain.json["messages"][-1]["text"].endswith("Enjoy it")
    assert (again.status, again.json["error"]) == (422, "No deadline was missed")
    clock.ahead = timedelta(days=100)
    await run_clock(ctx, drain)
    assert (await world.app.get(OWN)).json["escalated"] is False


async def test_a_suspension_that_is_undone_leads_back_into_the_freeze(ctx, client, clock, drain):
    world = await frozen_world(ctx, client)
    await bring_to(world, clock, drain, State.SUSPENDED)
    assert (await world.app.get(OWN)).status == 403

    async with ctx.transaction() as tx:
        await lift_in(
            tx,
            ctx,
            actor_id=world.mod.id,
            account_id=world.member.id,
            kind=Kind.SUSPEND,
            reason="An appeal",
        )
    await drain()

    assert await world.state() == "in_progress"
    assert (await world.app.get(OWN)).json["due_at"] is not None


async def test_an_appeal_stops_the_clocks_and_they_run_again_after_it(ctx, client, clock, drain):
    world = await frozen_world(ctx, client)
    await bring_to(world, clock, drain, State.APPEALED)
    clock.ahead = timedelta(days=30)
    await run_clock(ctx, drain)
    assert (await world.app.get(OWN)).json["escalated"] is False
    action_id = await world.one("SELECT action_id FROM freezes WHERE id = $1", world.freeze_id)

    async with ctx.transaction() as tx:
        assert not await stop_for_appeal(tx, ctx, action_id=action_id)
        await resume_after_appeal(
            tx, ctx, action_id=action_id, tasks=[NewTask(TaskKind.AGREE, "Be kind")]
        )

    assert await world.state() == "in_progress"
    assert [task["kind"] for task in await world.tasks()] == ["delete_status", "agree"]


async def test_a_freeze_from_an_app_of_moderators_has_a_page_and_ends_with_it(ctx, client, drain):
    world = await a_world(ctx, client)
    mod = await world.mod_app()

    answer = await mod.post(
        f"/api/v1/admin/accounts/{world.member.id}/action",
        json={"type": "disable", "text": "Stop for a moment"},
    )
    await drain()
    shown = (await world.app.get(OWN)).json
    assert (answer.status, shown["message"], shown["tasks"], shown["due_at"]) == (
        200,
        "Stop for a moment",
        [],
        None,
    )
    assert (await world.app.post(f"{OWN}/answer", json={"text": "Why?"})).status == 200

    await mod.post(f"/api/v1/admin/accounts/{world.member.id}/enable")
    await drain()

    assert (await world.app.get(OWN)).status == 404
    assert (
        await world.one("SELECT state FROM freezes WHERE account_id = $1", world.member.id)
        == "withdrawn"
    )


async def test_who_leaves_for_good_ends_the_freeze(ctx, client, drain):
    world = await frozen_world(ctx, client, with_password=True)
    login_id = await world.one("SELECT id FROM logins WHERE account_id = $1", world.member.id)

    await delete_member(ctx, login_id=login_id, password="correct horse battery staple")
    await drain()

    assert await world.state() == "left"


# -- lists ---------------------------------------------------------------------------------------


async def test_the_list_has_what_was_missed_first_and_needs_as_many_queries_for_three(
    ctx, client, clock, drain, queries
):
    early = await frozen_world(ctx, client)
    clock.ahead = timedelta(days=8)
    await run_clock(ctx, drain)
    late = await frozen_world(ctx, client)
    mod = await late.mod_app()
    counts = []
    await mod.get(TEAM, params={"limit": 3})  # accounts are kept from now on
    for limit in (1, 3):
        queries.clear()
        answer = await mod.get(TEAM, params={"limit": limit})
        counts.append(len([sql for sql in queries if "oauth_tokens" not in sql]))
    ids = [one["id"] for one in (await mod.get(TEAM, params={"limit": 200})).json]

    assert answer.status == 200
    assert counts[0] == counts[1]
    assert ids.index(str(early.freeze_id)) < ids.index(str(late.freeze_id))


async def test_the_list_of_those_that_are_over(ctx, client, clock, drain):
    world = await frozen_world(ctx, client)
    await bring_to(world, clock, drain, State.WITHDRAWN)
    mod = await world.mod_app()

    (newest,) = (await mod.get(TEAM, params={"ended": "1", "limit": 1})).json

    assert (newest["id"], newest["state"], newest["tasks_count"]) == (
        str(world.freeze_id),
        "withdrawn",
        1,
    )


async def test_a_cool_down_ends_by_itself_and_the_page_says_when(ctx, client, clock, drain):
    world = await a_world(ctx, client)
    await act(
        ctx,
        actor_id=world.mod.id,
        decision=Decision(
            Kind.FREEZE,
            world.member.id,
            message="Everybody calm down",
            ends_at=ctx.now() + timedelta(hours=12),
        ),
    )
    await drain()
    assert (await world.app.get(OWN)).json["ends_at"] is not None

    clock.ahead = timedelta(hours=13)
    await end_actions.run(ctx)
    await drain()

    assert (await world.app.get(OWN)).status == 404
    assert (await world.app.post("/api/v1/statuses", json={"status": "Calm"})).status == 200
    state = "SELECT state FROM freezes WHERE account_id = $1"
    assert await world.one(state, world.member.id) == "restored"


async def test_the_frozen_reach_their_appeal_from_the_page(ctx, client):
    world = await frozen_world(ctx, client, with_password=True)
    visit = await browser_of(client, world.member)
    action_id = await world.one("SELECT action_id FROM freezes WHERE id = $1", world.freeze_id)

    page = await visit.get("/account/frozen")
    appeal = await visit.follow(f"/appeals/new?action_id={action_id}")

    assert f'href="/appeals/new?action_id={action_id}"' in page.text
    assert (appeal.status, "<textarea" in appeal.text) == (200, True)
