"""Processing what was received: fair, in order, and safe to be killed."""

import asyncio
from datetime import timedelta

import pytest

from tests.federation.far import FarServer
from tests.world import a_status, an_account
from watertower.base.errors import Unreachable
from watertower.federation import intake
from watertower.federation.intake import Intake
from watertower.federation.queries.received import lease_received


@pytest.fixture(autouse=True)
async def _nothing_else_waits(ctx):
    async with ctx.transaction() as tx:
        await tx.execute("TRUNCATE received_activities")


@pytest.fixture
def seen(monkeypatch):
    """What receivers were given instead of acting on it: (sender, object)."""
    got = []

    async def receive(_ctx, sender, activity):
        got.append((sender.uri, activity["object"]))

    monkeypatch.setattr(intake, "RECEIVERS", {"Like": receive})
    return got


async def test_each_sender_s_activities_are_taken_in_their_order(ctx, far, post, seen):
    bob, carol = far.actor(), far.actor()
    for n in range(30):
        for actor in (bob, carol):
            await post(actor, actor.activity("Like", f"{far.base}/{n}"))

    await asyncio.gather(Intake(ctx).drain(), Intake(ctx).drain())

    for actor in (bob, carol):
        of_actor = [target for sender, target in seen if sender == actor.uri]
        assert of_actor == [f"{far.base}/{n}" for n in range(30)]


async def test_what_a_killed_worker_held_is_processed_when_its_lease_ends(
    ctx, far, post, seen, clock
):
    bob = far.actor()
    for n in range(3):
        await post(bob, bob.activity("Like", f"{far.base}/{n}"))
    now = ctx.now()
    async with ctx.transaction() as tx:
        held = await lease_received(
            tx, origin=far.host, now=now, until=now + timedelta(seconds=60), limit=2
        )

    await Intake(ctx).drain()
    during = list(seen)
    clock.ahead = timedelta(seconds=61)
    await Intake(ctx).drain()

    assert (len(held), during) == (2, [])
    assert [target for _, target in seen] == [f"{far.base}/{n}" for n in range(3)]


async def test_a_slow_origin_does_not_hold_up_another(ctx, far, post, monkeypatch):
    other = FarServer()
    await other.start()
    bob, carol = far.actor(), other.actor()
    done = []
    release = asyncio.Event()

    async def receive(_ctx, sender, _activity):
        if sender.uri == bob.uri:
            await release.wait()
        done.append(sender.uri)

    monkeypatch.setattr(intake, "RECEIVERS", {"Like": receive})
    await post(bob, bob.activity("Like", f"{far.base}/1"))
    await post(carol, carol.activity("Like", f"{far.base}/1"))

    task = asyncio.create_task(Intake(ctx).run())
    while not done:
        await asyncio.sleep(0.01)
    first = list(done)
    release.set()
    while len(done) < 2:
        await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await other.stop()

    assert first == [carol.uri]


async def test_our_own_trouble_is_tried_again_and_a_refusal_is_not(
    ctx, far, post, monkeypatch, outcome_of
):
    bob = far.actor()
    tries = []

    async def receive(_ctx, _sender, activity):
        tries.append(activity["id"])
        if len(tries) == 1:
            raise Unreachable("gone for a moment")
        if len(tries) == 2:
            raise ZeroDivisionError

    monkeypatch.setattr(intake, "RECEIVERS", {"Like": receive})
    like = bob.activity("Like", f"{far.base}/1")
    await post(bob, like)

    states = []
    for minutes in (0, 1, 2):
        ctx.clock.ahead = timedelta(minutes=minutes)
        await Intake(ctx).drain()
        states.append(await outcome_of(like))

    assert states == [
        ("waiting", "gone for a moment"),
        ("waiting", "our fault: ZeroDivisionError"),
        ("done", ""),
    ]


async def test_a_crash_between_effect_and_note_has_one_effect(ctx, far, post, settle, clock):
    alice, bob = await an_account(ctx), far.actor()
    status = await a_status(ctx, by=alice)
    like = bob.activity("Like", status.uri)
    await post(bob, like)
    await settle()
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE received_activities SET state = 'waiting', finished_at = NULL")

    await settle()

    async with ctx.reading() as tx:
        stars = await tx.fetch_value(
            "SELECT favourites_count FROM status_stats WHERE status_id = $1", status.id
        )
        told = await tx.fetch_value(
            "SELECT count(*) FROM notifications WHERE account_id = $1", alice.id
        )
    assert (stars, told) == (1, 1)
