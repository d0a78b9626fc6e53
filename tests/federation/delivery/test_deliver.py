"""Deliveries: retried, given up, resumed, and never held up by somebody else's trouble."""

import asyncio
import time
from datetime import timedelta

import pytest

from tests.federation.far import FarServer
from tests.world import a_follow, an_account, unique
from watertower.federation.delivery.deliver import Deliverer
from watertower.federation.delivery.send import Audience, send
from watertower.federation.queries.deliveries import lease_deliveries


@pytest.fixture(autouse=True)
async def _nothing_else_waits(ctx):
    async with ctx.transaction() as tx:
        await tx.execute("TRUNCATE outgoing_activities, deliveries, delivery_hosts")


async def a_reader(ctx, server):
    """An account on that server, known without asking."""
    name = unique("reader")
    base = server.base
    return await an_account(
        ctx,
        name,
        domain=server.host,
        uri=f"{base}/users/{name}",
        inbox_url=f"{base}/users/{name}/inbox",
        shared_inbox_url=f"{base}/inbox",
    )


async def tell(ctx, author, *readers, **more):
    activity = {"id": f"{author.uri}#{unique('x')}", "type": "Test", "actor": author.uri}
    await send(
        ctx,
        account_id=author.id,
        activity=activity | more,
        audience=Audience(account_ids=[reader.id for reader in readers]),
    )
    return activity["id"]


async def waiting(ctx):
    async with ctx.reading() as tx:
        return await tx.fetch_all("SELECT * FROM deliveries ORDER BY id")


async def test_it_is_retried_after_trouble_and_arrives(ctx, far, clock):
    alice, bob = await an_account(ctx), await a_reader(ctx, far)
    far.status = 500
    uri = await tell(ctx, alice, bob)

    await Deliverer(ctx).drain()
    [row] = await waiting(ctx)
    far.status = 202
    await Deliverer(ctx).drain()
    too_early = len(far.inbox)
    clock.ahead = timedelta(seconds=30)
    await Deliverer(ctx).drain()

    assert (row["attempts"], row["last_error"], too_early) == (1, "status 500", 0)
    assert [one.activity["id"] for one in far.inbox] == [uri]
    assert await waiting(ctx) == []


@pytest.mark.parametrize("status", [400, 403, 404, 410, 422, 501])
async def test_a_refusal_is_final(ctx, far, status):
    alice, bob = await an_account(ctx), await a_reader(ctx, far)
    far.status = status
    await tell(ctx, alice, bob)

    await Deliverer(ctx).drain()

    assert await waiting(ctx) == []


async def test_retry_after_is_respected_for_the_whole_host(ctx, far, clock):
    alice = await an_account(ctx)
    bob = await a_reader(ctx, far)
    far.status, far.answer_headers = 429, {"Retry-After": "600"}
    await tell(ctx, alice, bob)
    await Deliverer(ctx).drain()
    far.status = 202
    second = await tell(ctx, alice, bob)

    clock.ahead = timedelta(seconds=590)
    await Deliverer(ctx).drain()
    early = len(far.inbox)
    clock.ahead = timedelta(seconds=610)
    await Deliverer(ctx).drain()

    assert early == 0
    assert second in [one.activity["id"] for one in far.inbox]
    assert len(far.inbox) == 2


async def test_the_newer_scheme_is_tried_and_remembered(ctx, far):
    alice, bob = await an_account(ctx), await a_reader(ctx, far)
    far.accepts_scheme = "rfc9421"

    await tell(ctx, alice, bob)
    await Deliverer(ctx).drain()
    knocks = len(far.asked)
    await tell(ctx, alice, bob)
    await Deliverer(ctx).drain()

    assert (knocks, len(far.asked)) == (2, 3)
    assert [one.scheme() for one in far.inbox] == ["rfc9421", "rfc9421"]


async def test_what_a_killed_worker_held_is_delivered_when_its_lease_ends(ctx, far, clock):
    alice, bob = await an_account(ctx), await a_reader(ctx, far)
    uri = await tell(ctx, alice, bob)
    now = ctx.now()
    async with ctx.transaction() as tx:
        held = await lease_deliveries(
            tx, lanes=[(far.host, 10)], now=now, until=now + timedelta(seconds=150)
        )

    await Deliverer(ctx).drain()
    during = len(far.inbox)
    clock.ahead = timedelta(seconds=151)
    await Deliverer(ctx).drain()

    assert (len(held), during) == (1, 0)
    assert [one.activity["id"] for one in far.inbox] == [uri]


async def test_two_workers_deliver_each_activity_once_and_each_author_in_order(ctx, far):
    alice, carol, bob = await an_account(ctx), await an_account(ctx), await a_reader(ctx, far)
    sent = {alice.uri: [], carol.uri: []}
    for _ in range(20):
        for author in (alice, carol):
            sent[author.uri].append(await tell(ctx, author, bob))

    await asyncio.gather(Deliverer(ctx).drain(), Deliverer(ctx).drain())

    got = [one.activity for one in far.inbox]
    assert len(got) == 40
    assert {one["id"] for one in got} == {uri for uris in sent.values() for uri in uris}


async def test_hosts_that_hang_cost_the_healthy_ones_nothing(ctx, far):
    bad = [FarServer() for _ in range(5)]
    good = [FarServer() for _ in range(5)]
    for server in (*bad, *good):
        await server.start()
    for server in bad:
        server.hangs = True
    alice = await an_account(ctx)
    readers = [await a_reader(ctx, server) for server in (*bad, *good)]
    for _ in range(4):
        await tell(ctx, alice, *readers)

    started = time.monotonic()
    task = asyncio.create_task(Deliverer(ctx, connections=32).run())
    while time.monotonic() - started < 8 and any(len(server.inbox) < 4 for server in good):
        await asyncio.sleep(0.02)
    seconds = time.monotonic() - started
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    for server in (*bad, *good):
        await server.stop()

    assert [len(server.inbox) for server in good] == [4] * 5
    assert seconds < 5


async def test_after_three_days_it_is_given_up(ctx, far, clock):
    alice, bob = await an_account(ctx), await a_reader(ctx, far)
    far.status = 500
    await tell(ctx, alice, bob)

    clock.ahead = timedelta(days=3, minutes=1)
    await Deliverer(ctx).drain()

    assert await waiting(ctx) == []


async def test_a_newer_update_takes_the_place_of_one_that_waits(ctx, far):
    alice, bob = await an_account(ctx), await a_reader(ctx, far)
    for version in (1, 2, 3):
        await send(
            ctx,
            account_id=alice.id,
            activity={
                "id": f"{alice.uri}#updates/{version}",
                "type": "Update",
                "actor": alice.uri,
                "object": {"id": alice.uri, "name": str(version)},
            },
            audience=Audience(account_ids=[bob.id]),
            replaces_older=True,
        )

    await Deliverer(ctx).drain()

    assert [one["object"]["name"] for one in far.got("Update")] == ["3"]


async def test_followers_on_one_server_are_one_delivery_and_nobody_elsewhere_is_none(ctx, far):
    alice, dave = await an_account(ctx), await an_account(ctx)
    for _ in range(3):
        await a_follow(ctx, await a_reader(ctx, far), alice)
    activity = {"id": f"{alice.uri}#1", "type": "Test", "actor": alice.uri}
    nobody = {"id": f"{dave.uri}#1", "type": "Test", "actor": dave.uri}

    many = await send(
        ctx, account_id=alice.id, activity=activity, audience=Audience(followers_of=alice.id)
    )
    none = await send(
        ctx, account_id=dave.id, activity=nobody, audience=Audience(followers_of=dave.id)
    )

    assert (many, none) == (1, 0)
    async with ctx.reading() as tx:
        assert await tx.fetch_value("SELECT count(*) FROM outgoing_activities") == 1
