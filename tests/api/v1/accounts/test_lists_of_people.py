"""Lists of people: followers, blocks and so on: paged, hidden where they should be, cheap."""

import re

import pytest

from tests.api.v1.accounts.people import signed_in
from tests.world import a_follow, an_account, unique
from watertower.accounts.actions.block import block
from watertower.accounts.actions.follow import follow
from watertower.accounts.actions.mute import mute
from watertower.api.shapes import account as account_shapes


def ids(answer):
    return [int(account["id"]) for account in answer.json]


async def followers_of(ctx, whom, count):
    """Followers, latest first."""
    people = [await an_account(ctx) for _ in range(count)]
    for person in people:
        await a_follow(ctx, person, whom)
    return [person.id for person in reversed(people)]


async def test_followers_are_paged_in_both_directions(ctx, client):
    star = await an_account(ctx)
    everybody = await followers_of(ctx, star, 5)
    path = f"/api/v1/accounts/{star.id}/followers"

    first = await client.get(path, params={"limit": "2"})
    links = {rel: url for url, rel in re.findall(r'<([^>]+)>; rel="(\w+)"', first.headers["Link"])}
    second = await client.get(links["next"])
    back = await client.get(re.search(r'<([^>]+)>; rel="prev"', second.headers["Link"])[1])
    last = await client.get(re.search(r'<([^>]+)>; rel="next"', second.headers["Link"])[1])

    assert ids(first) == everybody[:2]
    assert ids(second) == everybody[2:4]
    assert ids(back) == everybody[:2]
    assert ids(last) == everybody[4:]
    assert 'rel="next"' not in last.headers["Link"]


async def test_following_lists_whom_one_follows(ctx, client):
    alice = await an_account(ctx)
    people = [await an_account(ctx) for _ in range(3)]
    for person in people:
        await a_follow(ctx, alice, person)
    answer = await client.get(f"/api/v1/accounts/{alice.id}/following")
    assert ids(answer) == [person.id for person in reversed(people)]


@pytest.mark.parametrize("kind", ["followers", "following"])
async def test_hidden_lists_are_empty_for_all_but_their_owner(ctx, client, kind):
    alice, bob = await an_account(ctx, hides_collections=True), await an_account(ctx)
    await a_follow(ctx, alice, bob)
    await a_follow(ctx, bob, alice)
    path = f"/api/v1/accounts/{alice.id}/{kind}"
    assert ids(await client.get(path)) == []
    assert ids(await (await signed_in(ctx, client, bob)).get(path)) == []
    assert ids(await (await signed_in(ctx, client, alice)).get(path)) == [bob.id]


async def test_whom_the_owner_blocks_sees_no_list(ctx, client):
    alice, bob, carol = [await an_account(ctx) for _ in range(3)]
    await a_follow(ctx, carol, alice)
    await block(ctx, actor_id=alice.id, target_id=bob.id)
    path = f"/api/v1/accounts/{alice.id}/followers"
    assert ids(await (await signed_in(ctx, client, bob)).get(path)) == []
    assert ids(await client.get(path)) == [carol.id]


async def test_people_the_viewer_hides_and_suspended_ones_are_left_out(ctx, client):
    star, viewer = await an_account(ctx), await an_account(ctx)
    blocked, muted, shown = [await an_account(ctx) for _ in range(3)]
    gone = await an_account(ctx, suspended_at=ctx.now())
    for person in (blocked, muted, shown, gone):
        await a_follow(ctx, person, star)
    await block(ctx, actor_id=viewer.id, target_id=blocked.id)
    await mute(ctx, actor_id=viewer.id, target_id=muted.id)
    path = f"/api/v1/accounts/{star.id}/followers"
    assert ids(await (await signed_in(ctx, client, viewer)).get(path)) == [shown.id]
    assert ids(await client.get(path)) == [shown.id, muted.id, blocked.id]


@pytest.mark.parametrize(
    "path", ["followers", "following", "statuses", "featured_tags", "endorsements", ""]
)
async def test_accounts_that_are_not_here_have_no_lists(ctx, client, path):
    pending = await an_account(ctx, is_approved=False)
    for account_id in (pending.id, 1, "abc", 2**70):
        assert (await client.get(f"/api/v1/accounts/{account_id}/{path}")).status == 404


async def lists(ctx, client, count):
    """A member with `count` rows in each of its lists, as an app."""
    me = await an_account(ctx, is_locked=True)
    people = [await an_account(ctx) for _ in range(count)]
    for person in people:
        await block(ctx, actor_id=me.id, target_id=(await an_account(ctx)).id)
        await mute(ctx, actor_id=me.id, target_id=person.id)
        await follow(ctx, actor_id=person.id, target_id=me.id)
        friend = await an_account(ctx)
        await a_follow(ctx, me, friend)
        await a_follow(ctx, friend, person)
        async with ctx.transaction() as tx:
            await tx.execute(
                "INSERT INTO endorsements (account_id, target_account_id) VALUES ($1, $2)",
                me.id,
                friend.id,
            )
            await tx.execute(
                "INSERT INTO domain_mutes (account_id, domain) VALUES ($1, $2)",
                me.id,
                f"{unique('far')}.example",
            )
    app = await signed_in(ctx, client, me)
    every_id = [("id[]", str(person.id)) for person in people]
    return app, [
        ("/api/v1/blocks", {}),
        ("/api/v1/mutes", {}),
        ("/api/v1/follow_requests", {}),
        ("/api/v1/endorsements", {}),
        ("/api/v1/domain_blocks", {}),
        (f"/api/v1/accounts/{me.id}/following", {}),
        ("/api/v1/accounts/relationships", {"params": every_id}),
        ("/api/v1/accounts/familiar_followers", {"params": every_id}),
        ("/api/v1/accounts", {"params": every_id}),
        ("/api/v1/accounts/search", {"params": {"q": "member", "limit": str(count)}}),
        ("/api/v1/directory", {"params": {"limit": str(count)}}),
        ("/api/v2/suggestions", {"params": {"limit": str(count)}}),
        ("/api/v1/suggestions", {"params": {"limit": str(count)}}),
    ]


async def test_every_list_costs_the_same_number_of_queries_for_one_and_for_three(
    ctx, client, queries
):
    seen = {}
    for count in (1, 3):
        app, paths = await lists(ctx, client, count)
        for path, options in paths:
            account_shapes._faces.clear()
            queries.clear()
            answer = await app.get(path, **options)
            assert (answer.status, len(answer.json)) == (200, count), path
            seen.setdefault(re.sub(r"\d{5,}", ":id", path), []).append(len(queries))
    assert [path for path, (one, three) in seen.items() if one != three] == []


async def test_relationships_keep_the_order_and_leave_out_the_suspended_unless_asked(ctx, client):
    me, first, second = [await an_account(ctx) for _ in range(3)]
    gone = await an_account(ctx, suspended_at=ctx.now())
    app = await signed_in(ctx, client, me)
    wanted = [("id[]", str(a.id)) for a in (second, gone, first)] + [("id[]", "1"), ("id[]", "x")]
    usual = await app.get("/api/v1/accounts/relationships", params=wanted)
    all_of_them = await app.get(
        "/api/v1/accounts/relationships", params=[*wanted, ("with_suspended", "true")]
    )
    assert ids(usual) == [second.id, first.id]
    assert ids(all_of_them) == [second.id, gone.id, first.id]
    assert (await app.get("/api/v1/accounts/relationships")).json == []


async def test_familiar_followers_do_not_give_hidden_follows_away(ctx, client):
    me, open_friend, star = [await an_account(ctx) for _ in range(3)]
    shy_friend = await an_account(ctx, hides_collections=True)
    shy_star = await an_account(ctx, hides_collections=True)
    for friend in (open_friend, shy_friend):
        await a_follow(ctx, me, friend)
        await a_follow(ctx, friend, star)
        await a_follow(ctx, friend, shy_star)
    app = await signed_in(ctx, client, me)
    answer = await app.get(
        "/api/v1/accounts/familiar_followers",
        params=[("id[]", str(star.id)), ("id[]", str(shy_star.id))],
    )
    found = [(entry["id"], [a["id"] for a in entry["accounts"]]) for entry in answer.json]
    assert found == [(str(star.id), [str(open_friend.id)]), (str(shy_star.id), [])]


async def test_suggestions_come_from_friends_and_can_be_dismissed(ctx, client):
    me, friend, met, known, shy = [await an_account(ctx) for _ in range(5)]
    hidden = await an_account(ctx, is_discoverable=False)
    await a_follow(ctx, me, friend)
    await a_follow(ctx, me, known)
    for person in (met, known, hidden, me):
        await a_follow(ctx, friend, person)
    await a_follow(ctx, known, shy)
    await block(ctx, actor_id=me.id, target_id=shy.id)
    app = await signed_in(ctx, client, me)

    found = (await app.get("/api/v2/suggestions")).json
    by_friends = [s["account"]["id"] for s in found if s["sources"] == ["friends_of_friends"]]
    assert by_friends == [str(met.id)]
    assert found[0]["source"] == "past_interactions"

    assert (await app.delete(f"/api/v1/suggestions/{met.id}")).json == {}
    again = (await app.get("/api/v1/suggestions")).json
    assert str(met.id) not in [account["id"] for account in again]


async def test_the_directory_lists_who_wants_to_be_found(empty, client):
    ctx = empty
    old, active = await an_account(ctx), await an_account(ctx)
    far = await an_account(ctx, domain="dir.example")
    for hidden in (
        {"is_discoverable": False},
        {"suspended_at": ctx.now()},
        {"limited_at": ctx.now()},
        {"moved_to_account_id": old.id},
        {"is_approved": False},
    ):
        await an_account(ctx, **hidden)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE account_stats SET last_status_at = now() WHERE account_id = $1", active.id
        )
    assert ids(await client.get("/api/v1/directory")) == [active.id, far.id, old.id]
    assert ids(await client.get("/api/v1/directory?order=new")) == [far.id, active.id, old.id]
    assert ids(await client.get("/api/v1/directory?local=true&limit=1&offset=1")) == [old.id]
    assert (await client.get("/api/v1/directory?order=odd")).status == 422
