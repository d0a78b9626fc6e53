"""Scheduled statuses through the door of the apps."""

import asyncio
from datetime import timedelta

from tests.world import a_status, a_token, an_account
from watertower.statuses.jobs.publish_scheduled import publish_due, publish_scheduled

POST = "/api/v1/statuses"
WAITING = "/api/v1/scheduled_statuses"


def at(ctx, **ahead):
    return (ctx.now() + timedelta(**ahead)).isoformat()


async def test_it_waits_with_what_was_sent(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))
    sent = {
        "status": "Later",
        "scheduled_at": "2031-01-02T03:04:05Z",
        "visibility": "unlisted",
        "poll": {"options": ["a", "b"], "expires_in": 600},
    }

    made = await app.post(POST, json=sent)

    assert made.status == 200
    assert made.json["scheduled_at"] == "2031-01-02T03:04:05.000Z"
    assert made.json["media_attachments"] == []
    params = made.json["params"]
    assert (params["text"], params["visibility"]) == ("Later", "unlisted")
    assert params["poll"] == {
        "options": ["a", "b"],
        "expires_in": 600,
        "multiple": False,
        "hide_totals": False,
    }
    assert (await app.get(WAITING)).json == [made.json]
    assert (await app.get(f"{WAITING}/{made.json['id']}")).json == made.json


async def test_it_can_be_moved_and_cancelled_by_its_author_only(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))
    other = client.signed_in(await a_token(ctx, await an_account(ctx)))
    made = (await app.post(POST, json={"status": "x", "scheduled_at": at(ctx, hours=1)})).json
    path = f"{WAITING}/{made['id']}"

    moved = await app.put(path, json={"scheduled_at": "2031-01-02T03:04:05Z"})
    too_soon = await app.put(path, json={"scheduled_at": at(ctx, minutes=4)})

    assert moved.json["scheduled_at"] == "2031-01-02T03:04:05.000Z"
    assert too_soon.status == 422
    assert [(await other.get(path)).status, (await other.delete(path)).status] == [404, 404]
    assert (await other.put(path, json={"scheduled_at": at(ctx, hours=2)})).status == 404
    assert ((await app.delete(path)).status, (await app.get(WAITING)).json) == (200, [])


async def test_when_its_time_comes_it_is_published_once(ctx, client, clock):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    sent = {"json": {"status": "Now", "scheduled_at": at(ctx, minutes=10)}}
    made = (await app.post(POST, **sent)).json
    await publish_scheduled.run(ctx, scheduled_id=int(made["id"]))  # too early
    assert len((await app.get(WAITING)).json) == 1
    clock.ahead = timedelta(minutes=11)

    await publish_due.run(ctx)
    await asyncio.gather(
        *(publish_scheduled.run(ctx, scheduled_id=int(made["id"])) for _ in range(5))
    )

    assert (await app.get(WAITING)).json == []
    shown = (await app.get(f"/api/v1/accounts/{alice.id}/statuses")).json
    assert [status["content"] for status in shown] == ["<p>Now</p>"]
    assert shown[0]["account"]["statuses_count"] == 1
    assert shown[0]["application"]["name"] == "Test app"


async def test_a_late_repeat_of_scheduling_gets_the_same_answer(ctx, client, clock):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))
    when = at(ctx, minutes=20)
    sent = {
        "json": {"status": "Now", "scheduled_at": when},
        "headers": {"Idempotency-Key": "s"},
    }
    made = (await app.post(POST, **sent)).json
    clock.ahead = timedelta(minutes=13)
    await publish_scheduled.run(ctx, scheduled_id=int(made["id"]))

    assert (await app.post(POST, **sent)).json == made


async def test_what_answers_a_deleted_status_is_dropped(ctx, client, clock):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    parent = await a_status(ctx, by=alice)
    sent = {"status": "Re", "in_reply_to_id": str(parent.id), "scheduled_at": at(ctx, hours=1)}
    made = (await app.post(POST, json=sent)).json
    await app.delete(f"{POST}/{parent.id}")
    clock.ahead = timedelta(hours=2)

    await publish_scheduled.run(ctx, scheduled_id=int(made["id"]))

    assert (await app.get(WAITING)).json == []


async def test_at_most_25_wait_for_one_day(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))
    day = "2031-05-05T10:00:{:02d}Z"

    answers = [
        await app.post(POST, json={"status": f"n{n}", "scheduled_at": day.format(n)})
        for n in range(26)
    ]
    other_day = await app.post(POST, json={"status": "x", "scheduled_at": "2031-05-06T10:00:00Z"})

    assert [answer.status for answer in answers] == [200] * 25 + [422]
    assert other_day.status == 200
    assert answers[25].json["error"] == (
        "Validation failed: You have exceeded the limit of 25 scheduled posts for today"
    )


async def test_waiting_ones_are_listed_by_page_with_the_same_queries(ctx, client, queries):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))
    made = []
    counts = []
    for n in range(3):
        sent = {"status": f"n{n}", "scheduled_at": at(ctx, hours=n + 1)}
        made.append((await app.post(POST, json=sent)).json["id"])
        queries.clear()
        answer = await app.get(WAITING)
        counts.append(len(queries))

    assert counts[0] == counts[2]
    assert [one["id"] for one in answer.json] == made[::-1]
    first = await app.get(f"{WAITING}?limit=2")
    following = first.headers["Link"].split(";")[0].strip("<>")
    assert [one["id"] for one in (await app.get(following)).json] == made[:1]
