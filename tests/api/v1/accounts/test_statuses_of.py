"""What an account posted, through the API: choices, visibility, pages, cost."""

import re

from tests.api.v1.accounts.people import signed_in
from tests.world import a_follow, a_status, an_account
from watertower.accounts.actions.block import block
from watertower.accounts.actions.mute import mute
from watertower.statuses.model import Visibility


def ids(answer):
    return [int(status["id"]) for status in answer.json]


async def statuses(client, account, **params):
    return ids(await client.get(f"/api/v1/accounts/{account.id}/statuses", params=params))


async def test_each_choice_leaves_out_what_it_says(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    theirs = await a_status(ctx, bob)
    plain = await a_status(ctx, alice)
    reply = await a_status(ctx, alice, reply_to=theirs)
    thread = await a_status(ctx, alice, reply_to=plain)
    picture = await a_status(ctx, alice, has_media=True)
    boost = await a_status(ctx, alice, "", reblog_of_id=theirs.id)
    everything = [boost.id, picture.id, thread.id, reply.id, plain.id]

    assert await statuses(client, alice) == everything
    assert await statuses(client, alice, exclude_replies="true") == [
        boost.id,
        picture.id,
        thread.id,
        plain.id,
    ]
    assert await statuses(client, alice, exclude_reblogs="1") == everything[1:]
    assert await statuses(client, alice, only_media="true") == [picture.id]
    assert await statuses(client, alice, pinned="true") == []
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO status_pins (account_id, status_id) VALUES ($1, $2)", alice.id, plain.id
        )
        tag = await tx.fetch_value(
            "INSERT INTO tags (name, shown_name) VALUES ('choicecats', 'ChoiceCats') RETURNING id"
        )
        await tx.execute(
            "INSERT INTO status_tags (tag_id, status_id) VALUES ($1, $2)", tag, thread.id
        )
    assert await statuses(client, alice, pinned="true") == [plain.id]
    assert await statuses(client, alice, tagged="#CHOICECATS") == [thread.id]
    assert await statuses(client, alice, tagged="dogs") == []


async def test_everybody_sees_what_is_for_them(ctx, client):
    alice, follower, named, stranger, blocked = [await an_account(ctx) for _ in range(5)]
    await a_follow(ctx, follower, alice)
    await block(ctx, actor_id=alice.id, target_id=blocked.id)
    public = await a_status(ctx, alice)
    private = await a_status(ctx, alice, visibility=Visibility.PRIVATE)
    direct = await a_status(ctx, alice, visibility=Visibility.DIRECT, mentions=(named,))

    async def seen_by(account, **params):
        return await statuses(await signed_in(ctx, client, account), alice, **params)

    assert await statuses(client, alice) == [public.id]
    assert await seen_by(stranger) == [public.id]
    assert await seen_by(follower) == [private.id, public.id]
    assert await seen_by(named) == [direct.id, public.id]
    assert await seen_by(alice) == [direct.id, private.id, public.id]
    assert await seen_by(alice, exclude_direct="true") == [private.id, public.id]
    assert await seen_by(blocked) == []


async def test_a_page_is_not_empty_because_the_latest_posts_are_private(ctx, client):
    alice = await an_account(ctx)
    public = [(await a_status(ctx, alice)).id for _ in range(3)]
    for _ in range(3):
        await a_status(ctx, alice, visibility=Visibility.PRIVATE)
    path = f"/api/v1/accounts/{alice.id}/statuses"

    first = await client.get(path, params={"limit": "2"})
    following = re.search(r'<([^>]+)>; rel="next"', first.headers["Link"])[1]
    rest = await client.get(following)
    up = await statuses(client, alice, limit="2", min_id=str(public[0]))

    assert ids(first) == [public[2], public[1]]
    assert ids(rest) == [public[0]]
    assert up == [public[2], public[1]]


async def test_boosts_of_people_the_viewer_hides_are_left_out_but_not_the_account_itself(
    ctx, client
):
    alice, hidden, viewer = [await an_account(ctx) for _ in range(3)]
    boosted = await a_status(ctx, hidden)
    own = await a_status(ctx, alice)
    boost = await a_status(ctx, alice, "", reblog_of_id=boosted.id)
    app = await signed_in(ctx, client, viewer)
    assert await statuses(app, alice) == [boost.id, own.id]
    await mute(ctx, actor_id=viewer.id, target_id=hidden.id)
    await mute(ctx, actor_id=viewer.id, target_id=alice.id)
    assert await statuses(app, alice) == [own.id]


async def test_one_and_three_statuses_cost_the_same(ctx, client, queries):
    counted = []
    for count in (1, 3):
        alice = await an_account(ctx)
        for _ in range(count):
            await a_status(ctx, alice)
        queries.clear()
        assert len(await statuses(client, alice)) == count
        counted.append(len(queries))
    assert counted[0] == counted[1]


async def test_a_suspended_account_shows_nothing_it_posted(ctx, client):
    gone = await an_account(ctx, suspended_at=ctx.now())
    await a_status(ctx, gone)
    assert await statuses(client, gone) == []
