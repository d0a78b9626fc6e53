"""Follows in both directions, and the answers to them."""

from tests.world import an_account
from watertower.accounts.actions.accept_follow import accept_follow
from watertower.accounts.actions.block import block
from watertower.accounts.actions.follow import follow
from watertower.accounts.actions.unfollow import unfollow


async def test_a_follow_is_accepted_and_the_accept_verifies(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    wanted = bob.activity("Follow", alice.uri)

    await post(bob, wanted)
    await settle()

    assert await followers_of(ctx, alice) == [bob.uri]
    [accept] = far.got("Accept")
    assert accept["actor"] == alice.uri
    assert accept["object"] == {
        "id": wanted["id"],
        "type": "Follow",
        "actor": bob.uri,
        "object": alice.uri,
    }
    assert accept["id"].startswith(f"{alice.uri}#accepts/follows/")
    [sent] = far.inbox
    sent.verify(await public_pem(ctx, alice), far.host)
    assert sent.scheme() == "cavage"


async def test_a_repeated_follow_is_accepted_again(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()

    await post(bob, bob.activity("Follow", alice.uri))
    await settle()
    await post(bob, bob.activity("Follow", alice.uri))
    await settle()

    assert len(far.got("Accept")) == 2
    assert len({accept["id"] for accept in far.got("Accept")}) == 2
    assert await followers_of(ctx, alice) == [bob.uri]


async def test_a_locked_member_decides(ctx, far, post, settle):
    alice, bob = await an_account(ctx, is_locked=True), far.actor()

    await post(bob, bob.activity("Follow", alice.uri))
    await settle()
    before = far.got("Accept")
    await accept_follow(ctx, actor_id=await id_of(ctx, bob), target_id=alice.id)
    await settle()

    assert (before, len(far.got("Accept"))) == ([], 1)
    assert await followers_of(ctx, alice) == [bob.uri]


async def test_who_is_blocked_gets_a_reject(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    await post(bob, bob.activity("Follow", alice.uri))
    await settle()
    await block(ctx, actor_id=alice.id, target_id=await id_of(ctx, bob))
    await settle()

    again = bob.activity("Follow", alice.uri)
    await post(bob, again)
    await settle()

    assert [one["object"]["id"] for one in far.got("Reject")][-1] == again["id"]
    assert [one["object"] for one in far.got("Block")] == [bob.uri]
    assert await followers_of(ctx, alice) == []


async def test_unfollowing_from_far_away_ends_it(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    wanted = bob.activity("Follow", alice.uri)
    await post(bob, wanted)
    await settle()

    await post(bob, bob.activity("Undo", wanted))
    await settle()

    assert await followers_of(ctx, alice) == []


async def test_a_member_follows_far_away_and_waits_for_the_accept(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    bob_id = await ctx.remote.find_account(f"{bob.name}@{far.host}")

    await follow(ctx, actor_id=alice.id, target_id=bob_id)
    await settle()
    [asked] = far.got("Follow")
    waiting = await following_of(ctx, alice)
    await post(bob, bob.activity("Accept", asked["id"]))
    await settle()
    followed = await following_of(ctx, alice)
    await unfollow(ctx, actor_id=alice.id, target_id=bob_id)
    await settle()

    assert (asked["actor"], asked["object"]) == (alice.uri, bob.uri)
    assert (waiting, followed) == ([], [bob.uri])
    [undone] = far.got("Undo")
    assert undone["object"] == {key: asked[key] for key in ("id", "type", "actor", "object")}
    assert await following_of(ctx, alice) == []


async def test_accepts_come_in_many_shapes(ctx, far, post, settle):
    bob = far.actor()
    bob_id = await ctx.remote.find_account(f"{bob.name}@{far.host}")
    shapes = [
        lambda asked: asked,
        lambda asked: [asked["id"]],
        lambda asked: {"type": "Follow", "actor": {"id": asked["actor"]}, "object": bob.uri},
        lambda asked: {"id": "https://127.0.0.1/other", "type": "Follow", "actor": asked["actor"]},
    ]
    for shape in shapes:
        alice = await an_account(ctx)
        await follow(ctx, actor_id=alice.id, target_id=bob_id)
        await settle()
        asked = next(one for one in far.got("Follow") if one["actor"] == alice.uri)

        await post(bob, bob.activity("Accept", shape(asked)))
        await settle()

        assert await following_of(ctx, alice) == [bob.uri]


async def test_nobody_accepts_for_another(ctx, far, post, settle, outcome_of):
    alice, bob, mallory = await an_account(ctx), far.actor(), far.actor()
    bob_id = await ctx.remote.find_account(f"{bob.name}@{far.host}")
    await follow(ctx, actor_id=alice.id, target_id=bob_id)
    await settle()
    [asked] = far.got("Follow")

    forged = mallory.activity("Accept", asked)
    await post(mallory, forged)
    await settle()

    assert await following_of(ctx, alice) == []
    assert await outcome_of(forged) == ("ignored", "an answer to no question of ours")


async def test_a_reject_ends_even_an_accepted_follow(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    bob_id = await ctx.remote.find_account(f"{bob.name}@{far.host}")
    await follow(ctx, actor_id=alice.id, target_id=bob_id)
    await settle()
    [asked] = far.got("Follow")
    await post(bob, bob.activity("Accept", asked))
    await settle()

    await post(bob, bob.activity("Reject", asked))
    await settle()

    assert await following_of(ctx, alice) == []
    assert far.got("Undo") == []


async def test_a_block_from_far_away_ends_follows_both_ways(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    await post(bob, bob.activity("Follow", alice.uri))
    await settle()
    bob_id = await id_of(ctx, bob)
    await follow(ctx, actor_id=alice.id, target_id=bob_id)
    await settle()
    await post(bob, bob.activity("Accept", far.got("Follow")[0]))
    await settle()

    blocked = bob.activity("Block", alice.uri)
    await post(bob, blocked)
    await settle()
    both = (await followers_of(ctx, alice), await following_of(ctx, alice))
    await post(bob, bob.activity("Undo", blocked))
    await settle()

    assert both == ([], [])
    async with ctx.reading() as tx:
        left = await tx.fetch_value("SELECT count(*) FROM blocks WHERE account_id = $1", bob_id)
    assert left == 0


async def followers_of(ctx, account):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT a.uri FROM follows f JOIN accounts a ON a.id = f.account_id "
            "WHERE f.target_account_id = $1 ORDER BY f.id",
            account.id,
        )
    return [row["uri"] for row in rows]


async def following_of(ctx, account):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT a.uri FROM follows f JOIN accounts a ON a.id = f.target_account_id "
            "WHERE f.account_id = $1 ORDER BY f.id",
            account.id,
        )
    return [row["uri"] for row in rows]


async def id_of(ctx, actor):
    async with ctx.reading() as tx:
        return await tx.fetch_value("SELECT id FROM accounts WHERE uri = $1", actor.uri)


async def public_pem(ctx, account):
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            "SELECT public_pem FROM account_keys WHERE account_id = $1", account.id
        )
