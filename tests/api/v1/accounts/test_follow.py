"""Following through the API: at once, by request, refused, undone; and the counts of it."""

import asyncio

import pytest

from tests.api.v1.accounts.people import counts_of, signed_in, stands
from tests.world import an_account, unique
from watertower.accounts.actions.accept_follow import accept_follow
from watertower.accounts.actions.follow import follow
from watertower.accounts.actions.reject_follow import reject_follow
from watertower.accounts.errors import MayNotFollow

FOLLOWING = {"following": True, "showing_reblogs": True}
REQUESTED = {"requested": True, "showing_reblogs": True}


async def test_following_shows_at_once_and_counts_on_both_sides(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = await signed_in(ctx, client, alice)

    answer = await app.post(f"/api/v1/accounts/{bob.id}/follow")

    assert (answer.status, answer.json) == (200, stands(bob, **FOLLOWING))
    assert await counts_of(ctx, alice) == (1, 0)
    assert await counts_of(ctx, bob) == (0, 1)


async def test_following_twice_changes_the_options_and_nothing_else(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = await signed_in(ctx, client, alice)
    path = f"/api/v1/accounts/{bob.id}/follow"

    await app.post(path)
    changed = await app.post(
        path, json={"reblogs": False, "notify": True, "languages": ["en", "de-AT"]}
    )
    kept = await app.post(path)
    cleared = await app.post(path, data={"languages[]": ""})

    options = {"following": True, "notifying": True, "languages": ["en", "de"]}
    assert changed.json == stands(bob, **options)
    assert kept.json == stands(bob, **options)
    assert cleared.json == stands(bob, **options | {"languages": None})
    assert await counts_of(ctx, bob) == (0, 1)


async def test_a_language_we_do_not_know_is_refused(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = await signed_in(ctx, client, alice)
    answer = await app.post(
        f"/api/v1/accounts/{bob.id}/follow", data={"languages[]": "klingonese-x"}
    )
    assert answer.status == 422


async def test_a_locked_account_is_asked_and_may_accept(ctx, client, drain):
    alice, bob = await an_account(ctx), await an_account(ctx, is_locked=True)
    app, bobs = await signed_in(ctx, client, alice), await signed_in(ctx, client, bob)

    asked = await app.post(f"/api/v1/accounts/{bob.id}/follow")
    again = await app.post(f"/api/v1/accounts/{bob.id}/follow", data={"reblogs": "false"})
    waiting = await bobs.get("/api/v1/follow_requests")
    source = (await bobs.get("/api/v1/accounts/verify_credentials")).json["source"]
    accepted = await bobs.post(f"/api/v1/follow_requests/{alice.id}/authorize")
    twice = await bobs.post(f"/api/v1/follow_requests/{alice.id}/authorize")
    now = await app.get("/api/v1/accounts/relationships", params={"id": str(bob.id)})

    assert asked.json == stands(bob, **REQUESTED)
    assert again.json == stands(bob, requested=True)
    assert [a["id"] for a in waiting.json] == [str(alice.id)]
    assert source["follow_requests_count"] == 1
    assert accepted.json == stands(alice, followed_by=True)
    assert twice.status == 404
    assert now.json == [stands(bob, following=True)]
    assert (await bobs.get("/api/v1/follow_requests")).json == []
    assert await counts_of(ctx, bob) == (0, 1)
    await drain()


async def test_a_rejected_request_leaves_nothing(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx, is_locked=True)
    app, bobs = await signed_in(ctx, client, alice), await signed_in(ctx, client, bob)
    await app.post(f"/api/v1/accounts/{bob.id}/follow")

    rejected = await bobs.post(f"/api/v1/follow_requests/{alice.id}/reject")

    assert rejected.json == stands(alice)
    assert (await bobs.post(f"/api/v1/follow_requests/{alice.id}/reject")).status == 404
    now = await app.get("/api/v1/accounts/relationships", params={"id": str(bob.id)})
    assert now.json == [stands(bob)]
    assert await counts_of(ctx, bob) == (0, 0)


async def test_rejecting_does_not_remove_a_follower(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    bobs = await signed_in(ctx, client, bob)
    await follow(ctx, actor_id=alice.id, target_id=bob.id)

    assert (await bobs.post(f"/api/v1/follow_requests/{alice.id}/reject")).status == 404
    assert await counts_of(ctx, bob) == (0, 1)


async def test_a_limited_follower_is_put_before_the_one_it_wants_to_follow(ctx, client):
    limited, bob = await an_account(ctx, limited_at=ctx.now()), await an_account(ctx)
    app = await signed_in(ctx, client, limited)
    answer = await app.post(f"/api/v1/accounts/{bob.id}/follow")
    assert answer.json == stands(bob, **REQUESTED)


async def test_an_account_elsewhere_stays_requested_until_its_server_answers(ctx, client):
    alice, far = await an_account(ctx), await an_account(ctx, domain="far.example")
    app = await signed_in(ctx, client, alice)

    asked = await app.post(f"/api/v1/accounts/{far.id}/follow")
    async with ctx.reading() as tx:
        uri = await tx.fetch_value(
            "SELECT uri FROM follow_requests WHERE account_id = $1", alice.id
        )
    await accept_follow(ctx, actor_id=alice.id, target_id=far.id)
    accepted = await app.get("/api/v1/accounts/relationships", params={"id": str(far.id)})
    await reject_follow(ctx, actor_id=alice.id, target_id=far.id)
    rejected = await app.get("/api/v1/accounts/relationships", params={"id": str(far.id)})

    assert asked.json == stands(far, **REQUESTED)
    assert uri.startswith(f"{alice.uri}#follows/")
    assert accepted.json == [stands(far, **FOLLOWING)]
    assert rejected.json == [stands(far)]
    assert await counts_of(ctx, far) == (0, 0)


async def test_unfollowing_and_unfollowing_nothing_are_no_error(ctx, client, drain):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = await signed_in(ctx, client, alice)
    await app.post(f"/api/v1/accounts/{bob.id}/follow")

    for _ in range(2):
        answer = await app.post(f"/api/v1/accounts/{bob.id}/unfollow")
        assert (answer.status, answer.json) == (200, stands(bob))
    assert await counts_of(ctx, alice) == (0, 0)
    assert await counts_of(ctx, bob) == (0, 0)
    await drain()


async def test_unfollowing_takes_a_request_back(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx, is_locked=True)
    app, bobs = await signed_in(ctx, client, alice), await signed_in(ctx, client, bob)
    await app.post(f"/api/v1/accounts/{bob.id}/follow")

    assert (await app.post(f"/api/v1/accounts/{bob.id}/unfollow")).json == stands(bob)
    assert (await bobs.get("/api/v1/follow_requests")).json == []


async def test_removing_a_follower(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = await signed_in(ctx, client, alice)
    await follow(ctx, actor_id=bob.id, target_id=alice.id)

    for _ in range(2):
        answer = await app.post(f"/api/v1/accounts/{bob.id}/remove_from_followers")
        assert (answer.status, answer.json) == (200, stands(bob))
    assert await counts_of(ctx, alice) == (0, 0)


async def test_who_cannot_be_followed(ctx, client):
    alice = await an_account(ctx)
    app = await signed_in(ctx, client, alice)
    blocker, blocked = await an_account(ctx), await an_account(ctx)
    await (await signed_in(ctx, client, blocker)).post(f"/api/v1/accounts/{alice.id}/block")
    await app.post(f"/api/v1/accounts/{blocked.id}/block")
    moved = await an_account(ctx, moved_to_account_id=blocker.id)
    suspended = await an_account(ctx, suspended_at=ctx.now())
    pending = await an_account(ctx, is_approved=False)
    hidden_server = f"{unique('hidden').replace('_', '-')}.example"
    hidden = await an_account(ctx, domain=hidden_server)
    await app.post("/api/v1/domain_blocks", data={"domain": hidden_server})

    async def status(target_id):
        return (await app.post(f"/api/v1/accounts/{target_id}/follow")).status

    assert [await status(who.id) for who in (alice, blocker, blocked, moved, hidden)] == [403] * 5
    assert [await status(i) for i in (suspended.id, pending.id, 1, "x", 2**80)] == [404] * 5
    assert await counts_of(ctx, alice) == (0, 0)


async def test_counts_stay_right_when_many_follow_and_unfollow_at_once(ctx):
    star = await an_account(ctx)
    fans = [await an_account(ctx) for _ in range(8)]

    async def go(fan):
        for _ in range(3):
            await follow(ctx, actor_id=fan.id, target_id=star.id)
            await follow(ctx, actor_id=star.id, target_id=fan.id)
            await follow(ctx, actor_id=fan.id, target_id=star.id)

    await asyncio.gather(*(go(fan) for fan in fans))

    assert await counts_of(ctx, star) == (8, 8)
    assert [await counts_of(ctx, fan) for fan in fans] == [(1, 1)] * 8


async def test_a_block_that_races_with_a_follow_never_leaves_both(ctx):
    from watertower.accounts.actions.block import block

    for _ in range(6):
        alice, bob = await an_account(ctx), await an_account(ctx)
        results = await asyncio.gather(
            *(follow(ctx, actor_id=alice.id, target_id=bob.id) for _ in range(3)),
            block(ctx, actor_id=bob.id, target_id=alice.id),
            return_exceptions=True,
        )
        assert all(r is None or isinstance(r, MayNotFollow) for r in results)
        assert await counts_of(ctx, alice) == (0, 0)
        assert await counts_of(ctx, bob) == (0, 0)


async def test_counts_never_fall_below_nothing(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    await follow(ctx, actor_id=alice.id, target_id=bob.id)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE account_stats SET followers_count = 0 WHERE account_id = $1", bob.id
        )
    app = await signed_in(ctx, client, alice)
    assert (await app.post(f"/api/v1/accounts/{bob.id}/unfollow")).status == 200
    assert await counts_of(ctx, bob) == (0, 0)


async def test_an_account_elsewhere_that_asks_again_is_answered_again(ctx):
    far, bob = await an_account(ctx, domain="again.example"), await an_account(ctx)
    await follow(ctx, actor_id=far.id, target_id=bob.id, uri="https://again.example/f/1")
    await follow(ctx, actor_id=far.id, target_id=bob.id, uri="https://again.example/f/2")
    async with ctx.reading() as tx:
        uri = await tx.fetch_value("SELECT uri FROM follows WHERE account_id = $1", far.id)
    assert uri == "https://again.example/f/2"
    assert await counts_of(ctx, bob) == (0, 1)


async def test_the_most_one_may_follow(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE account_stats SET following_count = 7500 WHERE account_id = $1", alice.id
        )
    app = await signed_in(ctx, client, alice)
    answer = await app.post(f"/api/v1/accounts/{bob.id}/follow")
    assert answer.status == 422
    assert answer.json["error"] == ("Validation failed: You cannot follow more than 7500 people")


@pytest.mark.parametrize("verb", ["follow", "unfollow", "block", "mute", "endorse", "note"])
async def test_nobody_stands_to_somebody_who_does_not_exist(ctx, client, verb):
    app = await signed_in(ctx, client, await an_account(ctx))
    assert (await app.post(f"/api/v1/accounts/1/{verb}")).status == 404
