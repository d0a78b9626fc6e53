"""The world around the federation door: a far server, signed posts, and everything settled."""

import pytest

from tests.federation.far import FarServer, Post
from watertower.federation.delivery.deliver import Deliverer
from watertower.federation.intake import Intake
from watertower.federation.policies import forget_policies
from watertower.federation.remote.key import forget_notes
from watertower.federation.remote.own_signature import forget_own_signature


async def forget_deliveries(ctx):
    """Tests share a database; what another one left for a host that hangs is not ours to wait for."""
    async with ctx.transaction() as tx:
        await tx.execute("TRUNCATE deliveries, delivery_hosts, outgoing_activities CASCADE")


@pytest.fixture
async def far(ctx):
    """A server far away."""
    await forget_deliveries(ctx)
    forget_policies()
    forget_notes()
    forget_own_signature()
    server = FarServer()
    await server.start()
    yield server
    await server.stop()
    await forget_deliveries(ctx)


@pytest.fixture
def post(ctx, client):
    """`await post(actor, activity)` delivers to our inbox; gives the answer."""
    return Post(client, ctx)


@pytest.fixture
def settle(ctx, drain):
    """Process what was received, run the jobs, deliver, until nothing is due."""

    async def run():
        for _ in range(2):
            await Intake(ctx).drain()
            await drain()
            await Deliverer(ctx).drain()

    return run


@pytest.fixture
def outcome_of(ctx):
    """`await outcome_of(activity)`: (state, reason) of a received activity, None if unknown."""

    async def find(activity):
        async with ctx.reading() as tx:
            row = await tx.fetch_one(
                "SELECT state, reason FROM received_activities WHERE activity_uri = $1",
                activity["id"],
            )
        return None if row is None else (row["state"], row["reason"])

    return find
