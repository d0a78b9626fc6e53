"""Threads through the door of the apps."""

import time

from tests.world import a_status, a_token, an_account
from watertower.statuses.model import Visibility

POST = "/api/v1/statuses"


def ids(answer, part):
    return [status["id"] for status in answer.json[part]]


async def test_a_thread_is_read_from_its_root_and_branch_by_branch(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    root = await a_status(ctx, by=alice)
    parent = await a_status(ctx, by=bob, reply_to=root)
    middle = await a_status(ctx, by=alice, reply_to=parent)
    by_bob = await a_status(ctx, by=bob, reply_to=middle)
    below_bob = await a_status(ctx, by=alice, reply_to=by_bob)
    by_alice = await a_status(ctx, by=alice, reply_to=middle)
    below_alice = await a_status(ctx, by=bob, reply_to=by_alice)

    answer = await client.get(f"{POST}/{middle.id}/context")

    assert answer.status == 200
    assert ids(answer, "ancestors") == [str(root.id), str(parent.id)]
    # The author's own continuation comes first, then the others, each with what answers it.
    expected = [by_alice, below_alice, by_bob, below_bob]
    assert ids(answer, "descendants") == [str(status.id) for status in expected]


async def test_what_one_may_not_see_or_does_not_want_is_left_out(ctx, client):
    alice, bob, carol = await an_account(ctx), await an_account(ctx), await an_account(ctx)
    root = await a_status(ctx, by=alice)
    hidden = await a_status(ctx, by=bob, reply_to=root, visibility=Visibility.PRIVATE)
    direct = await a_status(
        ctx, by=bob, reply_to=root, visibility=Visibility.DIRECT, mentions=(carol,)
    )
    shown = await a_status(ctx, by=bob, reply_to=hidden)
    app = client.signed_in(await a_token(ctx, carol))

    assert ids(await client.get(f"{POST}/{root.id}/context"), "descendants") == [str(shown.id)]
    seen = ids(await app.get(f"{POST}/{root.id}/context"), "descendants")
    assert sorted(seen) == sorted([str(shown.id), str(direct.id)])
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO mutes (account_id, target_account_id) VALUES ($1, $2)", carol.id, bob.id
        )
    assert ids(await app.get(f"{POST}/{root.id}/context"), "descendants") == []
    assert (await client.get(f"{POST}/{hidden.id}/context")).status == 404


async def test_the_public_sees_the_beginning_of_a_long_thread(ctx, client):
    alice = await an_account(ctx)
    chain = [await a_status(ctx, by=alice)]
    for _ in range(50):
        chain.append(await a_status(ctx, by=alice, reply_to=chain[-1]))
    app = client.signed_in(await a_token(ctx, alice))

    below = await client.get(f"{POST}/{chain[0].id}/context")
    above = await client.get(f"{POST}/{chain[-1].id}/context")
    member = await app.get(f"{POST}/{chain[0].id}/context")

    assert ids(below, "descendants") == [str(status.id) for status in chain[1:21]]
    assert ids(above, "ancestors") == [str(status.id) for status in chain[-41:-1]]
    assert ids(member, "descendants") == [str(status.id) for status in chain[1:]]


async def test_a_thread_takes_the_same_queries_however_long(ctx, client, queries):
    alice, bob = await an_account(ctx), await an_account(ctx)
    root = await a_status(ctx, by=alice)
    middle = await a_status(ctx, by=alice, reply_to=root)
    await a_status(ctx, by=bob, reply_to=middle)
    app = client.signed_in(await a_token(ctx, bob))
    queries.clear()
    await app.get(f"{POST}/{middle.id}/context")
    with_one = len(queries)
    for _ in range(2):
        await a_status(ctx, by=bob, reply_to=middle)
    queries.clear()
    await app.get(f"{POST}/{middle.id}/context")

    assert len(queries) <= with_one
    queries.clear()
    await app.get(f"{POST}/{middle.id}/context")
    assert len(queries) <= 4  # token, the status, the thread, and filters


async def test_a_thread_of_fifty_is_quick(ctx):
    from watertower.accounts.model import Viewer
    from watertower.statuses.access.thread import thread_for

    people = [await an_account(ctx) for _ in range(5)]
    root = await a_status(ctx, by=people[0])
    made = [root]
    for n in range(50):
        made.append(await a_status(ctx, by=people[n % 5], reply_to=made[n // 3]))
    viewer = Viewer(token_id=0, application_id=0, scopes=frozenset(), account_id=people[1].id)
    for _ in range(3):
        await thread_for(ctx, viewer=viewer, status_id=root.id)

    started = time.process_time()
    for _ in range(10):
        _, below = await thread_for(ctx, viewer=viewer, status_id=root.id)

    assert len(below) == 50
    assert (time.process_time() - started) / 10 < 0.02
