"""Two people do something about one freeze at the same moment."""

import asyncio

from tests.moderation.freeze.world import a_world, frozen_world

OWN = "/api/watertower/v1/freeze"
TEAM = "/api/watertower/v1/freezes"


async def test_of_accepting_and_withdrawing_at_once_one_happens(ctx, client, drain):
    world = await frozen_world(ctx, client)
    await world.app.post(f"{OWN}/submit", json={"as": "error", "statement": "Not me"})
    mod, path = await world.mod_app(), f"{TEAM}/{world.freeze_id}"

    answers = await asyncio.gather(
        *(mod.post(f"{path}/accept", json={"agreed": "Fine"}) for _ in range(4)),
        *(mod.post(f"{path}/withdraw", json={"reason": "Mistake"}) for _ in range(4)),
    )

    accepted = {answer.status for answer in answers[:4]}
    withdrawn = {answer.status for answer in answers[4:]}
    assert [accepted, withdrawn] in ([{200}, {422}], [{422}, {200}])
    await drain()
    assert (await world.app.post("/api/v1/statuses", json={"status": "Back"})).status == 200
    assert (
        await world.one(
            "SELECT count(*) FROM audit_log WHERE verb IN ('accept freeze', 'withdraw freeze') "
            "AND subject_id = $1",
            str(world.member.id),
        )
        == 1
    )


async def test_two_moderators_freeze_at_once_and_there_is_one_freeze(ctx, client):
    world = await a_world(ctx, client)
    one, two = await world.mod_app(), await world.mod_app(5)
    sent = {"account_id": str(world.member.id), "text": "Please stop."}

    answers = await asyncio.gather(*(app.post(TEAM, json=sent) for app in (one, two) * 3))

    assert sorted(answer.status for answer in answers) == [200, 200, 200, 422, 422, 422]
    assert (
        await world.one("SELECT count(*) FROM freezes WHERE account_id = $1", world.member.id) == 1
    )


async def test_person_and_team_at_once_never_break_anything(ctx, client, drain):
    for _ in range(5):
        await _at_once(ctx, client, drain)


async def _at_once(ctx, client, drain):
    world = await frozen_world(ctx, client)
    mod, path = await world.mod_app(), f"{TEAM}/{world.freeze_id}"
    task = await world.task_id("delete_status")

    answers = await asyncio.gather(
        world.app.delete(f"/api/v1/statuses/{world.post.id}"),
        world.app.post(f"{OWN}/answer", json={"text": "Hello"}),
        world.app.post(f"{OWN}/tasks/{task}/finish"),
        drain(),
        mod.post(f"{path}/extend", json={"reason": "Ill"}),
        world.app.post(f"{OWN}/submit", json={"as": "error", "statement": "Not me"}),
        mod.post(f"{path}/ask_more", json={"text": "More"}),
        drain(),
    )

    assert {answer.status for answer in answers if answer is not None} <= {200, 404, 422}
    await drain()
    assert [one["done"] for one in await world.tasks()] == [True]
