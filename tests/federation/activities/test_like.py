"""The favourite thread through the door of other servers."""

from dataclasses import replace

from tests.federation.far import KEYS
from tests.world import a_status, an_account
from watertower.federation.signatures.sign import SigningKey
from watertower.statuses.model import Visibility


async def test_a_like_from_another_server_stars_the_status_and_tells_its_author(
    ctx, far, post, settle, outcome_of
):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice)
    bob = far.actor()
    like = bob.activity("Like", status.uri)

    answer = await post(bob, like)
    await settle()

    assert answer.status == 202
    assert await outcome_of(like) == ("done", "")
    assert await stars_of(ctx, status) == [(bob.name, far.host, like["id"])]
    assert await told(ctx, alice) == [("favourite", bob.name)]


async def test_a_member_s_own_inbox_takes_it_too(ctx, far, post, settle):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice)
    bob = far.actor()

    by_number = await post(bob, bob.activity("Like", status.uri), f"/ap/users/{alice.id}/inbox")
    by_name = await post(
        bob, bob.activity("Like", status.uri), f"/users/{alice.username}/inbox", scheme="rfc9421"
    )
    await settle()

    assert (by_number.status, by_name.status) == (202, 202)
    assert len(await stars_of(ctx, status)) == 1


async def test_the_same_like_twice_has_one_effect(ctx, far, post, settle):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice)
    bob = far.actor()
    like = bob.activity("Like", status.uri)

    first = await post(bob, like)
    await settle()
    second = await post(bob, like)
    await settle()

    assert (first.status, second.status) == (202, 202)
    assert len(await stars_of(ctx, status)) == 1
    assert await told(ctx, alice) == [("favourite", bob.name)]
    assert await count_received(ctx, like) == 1


async def test_reactions_of_other_programs_are_stars(ctx, far, post, settle):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice)
    bob, carol = far.actor(), far.actor()

    await post(bob, bob.activity("EmojiReact", status.uri, content="🎉"))
    await post(carol, carol.activity("Like", {"id": status.uri}, _misskey_reaction=":blob:"))
    await settle()

    assert sorted(row[0] for row in await stars_of(ctx, status)) == sorted([bob.name, carol.name])


async def test_a_forged_signature_is_refused(ctx, far, post, settle, outcome_of):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice)
    bob = far.actor()
    like = bob.activity("Like", status.uri)

    answer = await post(bob, like, key=SigningKey(bob.key_id, KEYS[1][0]))
    await settle()

    assert (answer.status, answer.json) == (
        401,
        {"error": "The signature does not match the request"},
    )
    assert await outcome_of(like) is None
    assert await stars_of(ctx, status) == []


async def test_nobody_likes_in_another_s_name(ctx, far, post, settle):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice)
    bob, mallory = far.actor(), far.actor()

    answer = await post(mallory, bob.activity("Like", status.uri))
    await settle()

    assert (answer.status, answer.json) == (401, {"error": "The activity is not its sender's"})
    assert await stars_of(ctx, status) == []


async def test_an_unsigned_like_is_refused(ctx, far, client):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice)

    answer = await client.post("/inbox", json=far.actor().activity("Like", status.uri))

    assert (answer.status, answer.json) == (401, {"error": "Request not signed"})


async def test_a_new_key_is_looked_up_once_the_old_one_fails(ctx, far, post, settle):
    alice = await an_account(ctx)
    first, second = await a_status(ctx, by=alice), await a_status(ctx, by=alice)
    bob = far.actor()
    await post(bob, bob.activity("Like", first.uri))
    renewed = replace(bob, private_pem=KEYS[1][0], public_pem=KEYS[1][1])
    far.actors[bob.name] = renewed

    answer = await post(renewed, renewed.activity("Like", second.uri))
    await settle()

    assert answer.status == 202
    assert len(await stars_of(ctx, second)) == 1


async def test_a_star_on_what_one_may_not_see_is_not_kept(ctx, far, post, settle, outcome_of):
    alice = await an_account(ctx)
    hidden = await a_status(ctx, by=alice, visibility=Visibility.PRIVATE)
    bob = far.actor()
    like = bob.activity("Like", hidden.uri)

    await post(bob, like)
    await settle()

    assert await outcome_of(like) == ("ignored", "Record not found")
    assert await stars_of(ctx, hidden) == []


async def test_a_star_on_somebody_else_s_status_is_none_of_our_business(
    far, post, settle, outcome_of
):
    bob = far.actor()
    like = bob.activity("Like", "https://elsewhere.example/statuses/1")

    answer = await post(bob, like)
    await settle()

    assert answer.status == 202
    assert await outcome_of(like) == ("ignored", "a star on somebody else's status")


async def test_taking_the_star_back_undoes_everything(ctx, far, post, settle):
    alice = await an_account(ctx)
    one, two = await a_status(ctx, by=alice), await a_status(ctx, by=alice)
    bob = far.actor()
    like, other = bob.activity("Like", one.uri), bob.activity("Like", two.uri)
    await post(bob, like)
    await post(bob, other)
    await settle()

    await post(bob, bob.activity("Undo", like))
    await post(bob, bob.activity("Undo", other["id"]))  # by its id alone
    await settle()

    assert (await stars_of(ctx, one), await stars_of(ctx, two)) == ([], [])
    assert await told(ctx, alice) == []


async def stars_of(ctx, status):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT a.username, a.domain, f.uri FROM favourites f "
            "JOIN accounts a ON a.id = f.account_id WHERE f.status_id = $1 ORDER BY f.id",
            status.id,
        )
    return [tuple(row.values()) for row in rows]


async def told(ctx, account):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT n.kind, a.username FROM notifications n "
            "JOIN accounts a ON a.id = n.from_account_id WHERE n.account_id = $1 ORDER BY n.id",
            account.id,
        )
    return [tuple(row.values()) for row in rows]


async def count_received(ctx, activity):
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            "SELECT count(*) FROM received_activities WHERE activity_uri = $1", activity["id"]
        )
