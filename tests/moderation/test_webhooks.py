"""Webhooks: signed, retried, guarded, and no way around the walls of the team."""

import hashlib
import hmac
import re
from datetime import timedelta

import msgspec
import pytest

from tests.federation.far import FarServer
from tests.moderation.appeals.world import decided
from tests.web.visit import Visit, a_member
from tests.world import a_status, a_token, an_account, unique
from watertower.api.webhooks.deliver import deliver_webhook, hook_new_statuses
from watertower.moderation.actions.file_report import file_report
from watertower.moderation.model.reports import Complaint
from watertower.moderation.model.standing import Kind
from watertower.statuses.model import Visibility

ADMIN, HEAD_OF_INFRASTRUCTURE = 2, 7
PATH = "/api/watertower/v1/webhooks"


@pytest.fixture(autouse=True)
async def _alone(empty):
    return empty


@pytest.fixture
async def far(ctx):
    """A program elsewhere."""
    server = FarServer()
    await server.start()
    yield server
    await server.stop()


async def staff(ctx, client, role_id: int = ADMIN):
    """Somebody who keeps webhooks, in an app."""
    account = await an_account(ctx, role_id=role_id)
    return client.signed_in(await a_token(ctx, account))


async def made(app, far, *events: str):
    """A webhook; what the API says of it."""
    answer = await app.post(PATH, json={"url": f"{far.base}/hook", "events": list(events)})
    assert answer.status == 200, answer.text
    return answer.json


def got(far):
    """What arrived: (event, object), after its signature was checked."""
    return [
        (said["event"], said["object"])
        for said in (msgspec.json.decode(one.body) for one in far.inbox)
    ]


async def test_a_report_goes_out_signed_in_mastodons_shape(ctx, client, far, drain):
    app = await staff(ctx, client)
    hook = await made(app, far, "report.created")
    reporter, target = await an_account(ctx), await an_account(ctx)

    report_id = await file_report(
        ctx,
        reporter_id=reporter.id,
        complaint=Complaint(target_account_id=target.id, comment="Rude"),
    )
    await drain()

    (sent,) = far.inbox
    headers = {name.lower(): value for name, value in sent.headers}
    right = hmac.new(hook["secret"].encode(), sent.body, hashlib.sha256).hexdigest()
    assert headers["x-hub-signature"] == f"sha256={right}"
    assert headers["content-type"] == "application/json"
    ((event, thing),) = got(far)
    assert event == "report.created"
    assert (thing["id"], thing["comment"]) == (str(report_id), "Rude")
    assert thing["target_account"]["account"]["username"] == target.username
    (delivery,) = (await app.get(f"{PATH}/{hook['id']}")).json["deliveries"]
    assert (delivery["status"], delivery["tries"]) == (202, 1)


async def test_actions_undos_and_appeals_go_out_without_what_was_said(ctx, client, far, drain):
    from watertower.moderation.actions.standing.undo import undo

    app = await staff(ctx, client)
    await made(app, far, "action.taken", "action.undone", "appeal.filed")
    person = await a_member(ctx)
    action_id = await decided(ctx, by=None, about=person, kind=Kind.LIMIT)
    own = client.signed_in(await a_token(ctx, person))
    answer = await own.post(
        "/api/watertower/v1/appeals/mine",
        json={"action_id": str(action_id), "claim": "error", "text": "My secret reason"},
    )
    assert answer.status == 200, answer.text
    await drain()
    await undo(ctx, actor_id=None, action_id=action_id, reason="Enough")
    await drain()

    assert sorted(event for event, _ in got(far)) == [
        "action.taken",
        "action.undone",
        "appeal.filed",
    ]
    everything = b"".join(one.body for one in far.inbox)
    for secret in (b"My secret reason", b"Because of the rules", b"Please read our rules"):
        assert secret not in everything


async def test_public_posts_go_out_once_and_others_never(ctx, client, far, drain, clock):
    app = await staff(ctx, client)
    author = await an_account(ctx)
    await a_status(
        ctx, by=author, text="Before anybody listened", created_at=ctx.now() - timedelta(hours=1)
    )
    await made(app, far, "status.created")
    await a_status(ctx, by=author, text="For everybody")
    await a_status(ctx, by=author, text="For followers", visibility=Visibility.PRIVATE)
    await a_status(ctx, by=author, text="For one", visibility=Visibility.DIRECT)
    far_author = await an_account(ctx, domain="far.example")
    await a_status(ctx, by=far_author, text="From elsewhere")

    clock.ahead = timedelta(seconds=10)
    for _ in range(2):
        await hook_new_statuses.run(ctx)
    await drain()

    assert [(event, thing["content"]) for event, thing in got(far)] == [
        ("status.created", "<p>For everybody</p>")
    ]


async def test_what_fails_is_tried_again_and_shows_on_the_desk(ctx, client, far, drain):
    app = await staff(ctx, client)
    hook = await made(app, far, "action.taken")
    far.status = 500
    await decided(ctx, by=None, about=await an_account(ctx), kind=Kind.LIMIT)
    await drain()
    answer = (await app.get(f"{PATH}/{hook['id']}")).json
    (delivery,) = answer["deliveries"]
    assert (delivery["tries"], delivery["problem"]) == (1, "answered 500")
    assert (delivery["delivered_at"], answer["failures"]) == (None, 1)

    far.status = 202
    await deliver_webhook.run(ctx, delivery_id=int(delivery["id"]))
    # Running once more finds it delivered.
    await deliver_webhook.run(ctx, delivery_id=int(delivery["id"]))

    answer = (await app.get(f"{PATH}/{hook['id']}")).json
    (delivery,) = answer["deliveries"]
    assert (delivery["tries"], answer["failures"]) == (2, 0)
    assert len(far.inbox) == 1


async def test_one_that_is_off_gets_nothing(ctx, client, far, drain):
    app = await staff(ctx, client)
    hook = await made(app, far, "action.taken")
    await app.put(f"{PATH}/{hook['id']}", json={"enabled": False})

    await decided(ctx, by=None, about=await an_account(ctx), kind=Kind.LIMIT)
    await drain()

    assert far.inbox == []


async def test_keeping_machines_does_not_show_what_moderation_keeps(ctx, client, far):
    lead = await staff(ctx, client, HEAD_OF_INFRASTRUCTURE)
    admin = await staff(ctx, client)
    assert (
        await lead.post(PATH, json={"url": f"{far.base}/x", "events": ["report.created"]})
    ).status == 403
    theirs = await made(admin, far, "report.created")
    assert (
        await lead.put(f"{PATH}/{theirs['id']}", json={"url": f"{far.base}/mine"})
    ).status == 403
    own = await lead.post(PATH, json={"url": f"{far.base}/x", "events": ["status.created"]})
    assert own.status == 200


async def test_wrong_addresses_and_events_are_refused(ctx, client, far):
    app = await staff(ctx, client)
    for typed in (
        {"url": "ftp://x.example", "events": ["action.taken"]},
        {"url": "nonsense", "events": ["action.taken"]},
        {"url": f"{far.base}/hook", "events": []},
        {"url": f"{far.base}/hook", "events": ["everything"]},
    ):
        assert (await app.post(PATH, json=typed)).status == 422, typed
    member = client.signed_in(await a_token(ctx, await an_account(ctx)))
    assert (await member.get(PATH)).status == 403


async def test_the_desk_makes_changes_and_removes_them_and_each_is_a_line(ctx, client, far):
    account = await a_member(ctx, role_id=ADMIN)
    visit = Visit(client)
    await visit.sign_in(account.username)
    await visit.get("/desk/webhooks")
    answer = await visit.submit("/desk/webhooks", url=f"{far.base}/hook", event_case_opened="1")
    assert answer.status == 303, answer.text
    here = answer.headers["location"].partition("?")[0]
    first = re.search(r'<code class="long">(\w+)', (await visit.get(here)).text)[1]
    assert (await visit.submit(f"{here}/rotate")).status == 303
    second = re.search(r'<code class="long">(\w+)', (await visit.get(here)).text)[1]
    assert first != second
    answer = await visit.submit(here, url=f"{far.base}/{unique('x')}", event_case_closed="1")
    assert answer.status == 303
    page = await visit.get(here)
    assert "case.closed" in page.text
    assert (await visit.submit(f"{here}/remove")).status == 303
    assert (await visit.get(here)).status == 404
    async with ctx.reading() as tx:
        verbs = await tx.fetch_all(
            "SELECT verb FROM audit_log WHERE actor_account_id = $1 AND verb NOT LIKE 'read %' "
            "ORDER BY id",
            account.id,
        )
    assert [row["verb"] for row in verbs] == [
        "make webhook",
        "change webhook",
        "change webhook",
        "remove webhook",
    ]


OWN = ("server", "freeze", "sign_up", "team", "message", "mistake", "vote")


async def test_what_is_our_own_goes_out_without_what_was_said(ctx, client, far, drain, clock):
    from tests.community.world import an_open_vote
    from tests.moderation.desk import a_report
    from watertower.community.jobs.vote_clock import watch_votes
    from watertower.moderation.actions.freeze.freeze import freeze
    from watertower.moderation.actions.freeze.submit import submit
    from watertower.moderation.actions.freeze.withdraw import withdraw
    from watertower.moderation.actions.mistakes.put_right import confirm, suspect
    from watertower.moderation.model.freeze import NewFreeze, NewTask, Submission, TaskKind
    from watertower.moderation.model.servers import Choice
    from watertower.moderation.model.webhooks import EVENTS
    from watertower.moderation.steps.servers import decide_in, lift_in

    app = await staff(ctx, client, 3)
    await made(app, far, *(one for one in EVENTS if one.startswith(OWN)))
    lead, member = await an_account(ctx, role_id=5), await a_member(ctx)

    async with ctx.transaction() as tx:
        choice = Choice("loud.example", "limit", private_comment="Our secret reason")
        await decide_in(tx, ctx, choice=choice, actor_id=lead.id)
        await lift_in(tx, ctx, domain="loud.example", reason="A secret", actor_id=lead.id)
    task = NewTask(TaskKind.AGREE, "I will let newcomers ask, a secret")
    wanted = NewFreeze(member.id, message="A secret message", reason="A secret", tasks=[task])
    freeze_id = await freeze(ctx, actor_id=lead.id, wanted=wanted)
    await submit(ctx, account_id=member.id, said_as=Submission.ERROR, statement="My secret")
    await withdraw(ctx, actor_id=lead.id, freeze_id=freeze_id, reason="A secret")
    _, case_id, *_ = await a_report(ctx)
    mistake_id = await suspect(ctx, actor_id=lead.id, case_id=case_id, suspicion="A secret")
    assert await confirm(ctx, actor_id=lead.id, mistake_id=mistake_id)
    waiting = [await a_member(ctx, approved=False, reason="My secret") for _ in range(2)]
    await drain()
    for account, verb in zip(waiting, ("approve", "refuse"), strict=True):
        path = f"/api/watertower/v1/sign_ups/{account.id}/{verb}"
        answer = await app.post(path, json={"reason": "A secret", "text": "A secret"})
        assert answer.status == 200, answer.text
    await an_open_vote(ctx, clock)
    await drain()
    clock.ahead += timedelta(hours=72)
    await watch_votes.run(ctx)
    await drain()

    events = [event for event, _ in got(far)]
    assert sorted(set(events)) == sorted(
        one for one in EVENTS if one.startswith(OWN) and one != "team.changed"
    )
    assert b"ecret" not in b"".join(
        one.body for one in far.inbox if b'"event":"sign_up.' not in one.body
    )


async def test_a_change_in_a_team_goes_out(ctx, client, far, drain):
    from tests.moderation.team.world import a_lead

    app = await staff(ctx, client, 3)
    await made(app, far, "team.changed")

    await a_lead(ctx, client)
    await drain()

    assert {event for event, _ in got(far)} == {"team.changed"}
    assert {thing["team"] for _, thing in got(far)} == {"moderation"}


@pytest.mark.parametrize(
    "event", ["freeze.begun", "server.decided", "sign_up.applied", "message.received"]
)
async def test_who_may_not_see_a_thing_does_not_have_it_sent(ctx, client, far, event):
    lead = await staff(ctx, client, HEAD_OF_INFRASTRUCTURE)

    refused = await lead.post(PATH, json={"url": f"{far.base}/x", "events": [event]})

    assert refused.status == 403
