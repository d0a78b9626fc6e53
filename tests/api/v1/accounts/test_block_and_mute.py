"""Blocks, mutes, hidden servers, notes and endorsements through the API."""

from datetime import timedelta

from tests.api.v1.accounts.people import counts_of, signed_in, stands
from tests.world import an_account, unique
from watertower.accounts.actions.follow import follow
from watertower.accounts.jobs.expire_mutes import expire_mutes
from watertower.api.shapes.times import moment


async def test_a_block_ends_follows_and_requests_in_both_directions(ctx, client, drain):
    alice, bob = await an_account(ctx), await an_account(ctx, is_locked=True)
    app, bobs = await signed_in(ctx, client, alice), await signed_in(ctx, client, bob)
    await follow(ctx, actor_id=bob.id, target_id=alice.id)
    await follow(ctx, actor_id=alice.id, target_id=bob.id)

    for _ in range(2):
        answer = await app.post(f"/api/v1/accounts/{bob.id}/block")
        assert (answer.status, answer.json) == (200, stands(bob, blocking=True))

    theirs = await bobs.get("/api/v1/accounts/relationships", params={"id[]": str(alice.id)})
    assert theirs.json == [stands(alice, blocked_by=True)]
    assert (await bobs.get("/api/v1/follow_requests")).json == []
    assert await counts_of(ctx, alice) == (0, 0)
    assert await counts_of(ctx, bob) == (0, 0)
    assert [a["id"] for a in (await app.get("/api/v1/blocks")).json] == [str(bob.id)]

    for _ in range(2):
        answer = await app.post(f"/api/v1/accounts/{bob.id}/unblock")
        assert (answer.status, answer.json) == (200, stands(bob))
    assert (await app.get("/api/v1/blocks")).json == []
    await drain()


async def test_blocking_and_muting_oneself_do_nothing(ctx, client):
    alice = await an_account(ctx)
    app = await signed_in(ctx, client, alice)
    for verb in ("block", "mute"):
        answer = await app.post(f"/api/v1/accounts/{alice.id}/{verb}")
        assert (answer.status, answer.json) == (200, stands(alice))


async def test_a_mute_with_its_options(ctx, client, drain):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = await signed_in(ctx, client, alice)
    path = f"/api/v1/accounts/{bob.id}/mute"

    first = await app.post(path)
    second = await app.post(path, json={"notifications": False})
    listed = await app.get("/api/v1/mutes")

    assert first.json == stands(bob, muting=True, muting_notifications=True)
    assert second.json == stands(bob, muting=True)
    assert [(a["id"], a["mute_expires_at"]) for a in listed.json] == [(str(bob.id), None)]
    for _ in range(2):
        assert (await app.post(f"/api/v1/accounts/{bob.id}/unmute")).json == stands(bob)
    assert (await app.get("/api/v1/mutes")).json == []
    await drain()


async def test_a_mute_for_an_hour_is_over_after_an_hour(ctx, client, clock):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = await signed_in(ctx, client, alice)

    muted = (await app.post(f"/api/v1/accounts/{bob.id}/mute", data={"duration": "3600"})).json
    async with ctx.reading() as tx:
        ends = await tx.fetch_value("SELECT expires_at FROM mutes WHERE account_id = $1", alice.id)
    listed = (await app.get("/api/v1/mutes")).json
    assert muted == stands(
        bob, muting=True, muting_notifications=True, muting_expires_at=moment(ends)
    )
    assert abs((ends - ctx.now()).total_seconds() - 3600) < 60
    assert [a["mute_expires_at"] for a in listed] == [moment(ends)]

    clock.ahead = timedelta(seconds=3700)
    now = await app.get("/api/v1/accounts/relationships", params={"id": str(bob.id)})
    assert now.json == [stands(bob)]
    assert (await app.get("/api/v1/mutes")).json == []
    await expire_mutes.run(ctx)
    async with ctx.reading() as tx:
        assert await tx.fetch_all("SELECT 1 FROM mutes WHERE account_id = $1", alice.id) == []


async def test_a_duration_that_makes_no_sense_is_refused(ctx, client):
    app = await signed_in(ctx, client, await an_account(ctx))
    bob = await an_account(ctx)
    for duration in ("soon", "-5", "9" * 18):
        answer = await app.post(f"/api/v1/accounts/{bob.id}/mute", data={"duration": duration})
        assert answer.status == 422


async def test_hiding_a_server_ends_follows_with_its_people_and_no_others(ctx, client, drain):
    domain = unique("far").replace("_", "-") + ".example"
    alice, near = await an_account(ctx), await an_account(ctx)
    far = [await an_account(ctx, domain=domain) for _ in range(3)]
    app = await signed_in(ctx, client, alice)
    for person in (*far, near):
        await follow(ctx, actor_id=person.id, target_id=alice.id)
    await follow(ctx, actor_id=alice.id, target_id=near.id)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO follows (account_id, target_account_id) VALUES ($1, $2)",
            alice.id,
            far[0].id,
        )

    preview = await app.get("/api/v1/domain_blocks/preview", params={"domain": domain})
    hidden = await app.post("/api/v1/domain_blocks", data={"domain": f"@{domain.upper()}"})
    await drain()

    assert preview.json == {"following_count": 1, "followers_count": 3}
    assert (hidden.status, hidden.json) == (200, {})
    assert (await app.get("/api/v1/domain_blocks")).json == [domain]
    now = await app.get(
        "/api/v1/accounts/relationships", params=[("id[]", str(far[0].id)), ("id[]", str(near.id))]
    )
    assert now.json == [
        stands(far[0], domain_blocking=True),
        stands(near, following=True, followed_by=True, showing_reblogs=True),
    ]
    assert await counts_of(ctx, alice) == (0, 1)  # the row put in by hand was not counted
    assert (await app.delete("/api/v1/domain_blocks", data={"domain": domain})).json == {}
    assert (await app.get("/api/v1/domain_blocks")).json == []


async def test_our_own_server_and_what_is_none_cannot_be_hidden(ctx, client):
    app = await signed_in(ctx, client, await an_account(ctx))
    for domain in (ctx.settings.server.domain, "", "not a domain", "a" * 300, "x..y"):
        answer = await app.post("/api/v1/domain_blocks", data={"domain": domain})
        assert answer.status == 422, domain


async def test_a_note_is_kept_replaced_and_forgotten(ctx, client):
    bob = await an_account(ctx)
    app = await signed_in(ctx, client, await an_account(ctx))
    path = f"/api/v1/accounts/{bob.id}/note"

    assert (await app.post(path, json={"comment": "met in Ghent"})).json["note"] == "met in Ghent"
    assert (await app.post(path, json={"comment": "plays oboe"})).json["note"] == "plays oboe"
    assert (await app.post(path, json={"comment": "x" * 2001})).status == 422
    assert (await app.post(path)).json == stands(bob)


async def test_only_whom_one_follows_can_be_endorsed(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = await signed_in(ctx, client, alice)

    refused = await app.post(f"/api/v1/accounts/{bob.id}/endorse")
    await follow(ctx, actor_id=alice.id, target_id=bob.id)
    endorsed = await app.post(f"/api/v1/accounts/{bob.id}/pin")
    again = await app.post(f"/api/v1/accounts/{bob.id}/endorse")
    seen = await client.get(f"/api/v1/accounts/{alice.id}/endorsements")
    own = await app.get("/api/v1/endorsements")
    gone = await app.post(f"/api/v1/accounts/{bob.id}/unpin")

    following = {"following": True, "showing_reblogs": True}
    assert refused.status == 422
    assert refused.json["error"] == (
        "Validation failed: You must be already following the person you want to endorse"
    )
    assert endorsed.json == again.json == stands(bob, endorsed=True, **following)
    assert [a["id"] for a in seen.json] == [a["id"] for a in own.json] == [str(bob.id)]
    assert gone.json == stands(bob, **following)


async def test_an_endorsement_ends_with_the_follow(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    app = await signed_in(ctx, client, alice)
    await app.post(f"/api/v1/accounts/{bob.id}/follow")
    await app.post(f"/api/v1/accounts/{bob.id}/endorse")
    await app.post(f"/api/v1/accounts/{bob.id}/unfollow")
    assert (await app.get("/api/v1/endorsements")).json == []
