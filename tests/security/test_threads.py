"""Threads that other servers made into rings are finite."""

from tests.feeds.world import sql
from tests.world import a_status, an_account


async def answers(ctx, child, parent):
    await sql(
        ctx,
        "UPDATE statuses SET in_reply_to_id = $2, in_reply_to_account_id = $3 WHERE id = $1",
        child.id,
        parent.id,
        parent.account_id,
    )


async def thread(client, status):
    found = (await client.get(f"/api/v1/statuses/{status.id}/context")).json
    return [[one["id"] for one in found[part]] for part in ("ancestors", "descendants")]


async def test_a_post_that_answers_itself_stands_alone(ctx, client):
    status = await a_status(ctx, by=await an_account(ctx))
    await answers(ctx, status, status)

    assert await thread(client, status) == [[], []]


async def test_a_ring_is_walked_once(ctx, client):
    author = await an_account(ctx)
    one, two, three, below = [await a_status(ctx, by=author) for _ in range(4)]
    for child, parent in ((one, two), (two, three), (three, one), (below, one)):
        await answers(ctx, child, parent)

    above, under = await thread(client, below)
    assert (sorted(above), under) == (sorted(str(s.id) for s in (one, two, three)), [])
    above, under = await thread(client, one)
    assert sorted(above) == sorted([str(two.id), str(three.id)])
    assert sorted(under) == sorted(str(s.id) for s in (two, three, below))
