"""Many at once: each thing has one effect, counts stay true, and nobody gets a fault."""

import asyncio

import pytest

from tests.feeds.world import a_member, sql
from tests.world import a_status, a_token, an_account, unique

AT_ONCE = 10


async def at_once(*calls):
    """The statuses of answers to calls made together, sorted."""
    answers = await asyncio.gather(*calls)
    return sorted(answer.status for answer in answers)


def ten(who, path, **options):
    return [who.post(path, **options) for _ in range(AT_ONCE)]


PAIRS = {
    "favourite": ("favourite", "unfavourite", "favourites_count"),
    "bookmark": ("bookmark", "unbookmark", None),
    "reblog": ("reblog", "unreblog", "reblogs_count"),
}


@pytest.mark.parametrize("name", PAIRS)
async def test_doing_and_undoing_ten_times_at_once_counts_once(ctx, client, name):
    do, undo, count = PAIRS[name]
    author = await an_account(ctx)
    member, app = await a_member(ctx, client)
    status = await a_status(ctx, by=author)
    path = f"/api/v1/statuses/{status.id}"

    assert await at_once(*ten(app, f"{path}/{do}")) == [200] * AT_ONCE
    done = (await app.get(path)).json
    assert await at_once(*ten(app, f"{path}/{undo}")) == [200] * AT_ONCE
    undone = (await app.get(path)).json
    mixed = [
        call
        for n in range(AT_ONCE)
        for call in (app.post(f"{path}/{do}"), app.post(f"{path}/{undo}"))
    ]
    # 404 for a boost that was taken back before it could be shown.
    assert set(await at_once(*mixed)) <= ({200, 404} if name == "reblog" else {200})
    last = (await app.get(path)).json

    flag = {"favourite": "favourited", "bookmark": "bookmarked", "reblog": "reblogged"}[name]
    assert (done[flag], undone[flag]) == (True, False)
    if count is not None:
        assert (done[count], undone[count], last[count]) == (1, 0, int(last[flag]))
    if name == "reblog":
        counted = await sql(
            ctx, "SELECT statuses_count FROM account_stats WHERE account_id = $1", member.id
        )
        assert counted == int(last[flag])


async def test_following_and_blocking_at_once_leave_one_state_and_true_counts(ctx, client):
    target = await an_account(ctx)
    member, app = await a_member(ctx, client)
    _, as_target = target, client.signed_in(await a_token(ctx, target))
    path = f"/api/v1/accounts/{target.id}"

    assert await at_once(*ten(app, f"{path}/follow")) == [200] * AT_ONCE
    assert await _counts(ctx, member, target) == ((1, 0), (0, 1))
    calls = [
        *ten(app, f"{path}/follow"),
        *ten(app, f"{path}/unfollow"),
        *ten(as_target, f"/api/v1/accounts/{member.id}/block"),
        *ten(as_target, f"/api/v1/accounts/{member.id}/unblock"),
    ]
    assert set(await at_once(*calls)) <= {200, 403}

    follows = await sql(ctx, "SELECT count(*) FROM follows WHERE account_id = $1", member.id)
    blocks = await sql(ctx, "SELECT count(*) FROM blocks WHERE account_id = $1", target.id)
    assert follows + blocks <= 1
    assert await _counts(ctx, member, target) == ((follows, 0), (0, follows))


async def _counts(ctx, *accounts):
    found = []
    for account in accounts:
        async with ctx.reading() as tx:
            row = await tx.fetch_one(
                "SELECT following_count, followers_count FROM account_stats WHERE account_id = $1",
                account.id,
            )
        found.append(tuple(row))
    return tuple(found)


async def test_a_vote_sent_ten_times_at_once_counts_once(ctx, client):
    _, as_author = await a_member(ctx, client)
    _, app = await a_member(ctx, client)
    poll = await _poll(as_author)

    path = f"/api/v1/polls/{poll['id']}/votes"
    statuses = await at_once(*ten(app, path, json={"choices": ["0"]}))

    assert statuses == [200] + [422] * (AT_ONCE - 1)
    shown = (await app.get(f"/api/v1/polls/{poll['id']}")).json
    assert (shown["votes_count"], shown["voters_count"], shown["own_votes"]) == (1, 1, [0])


async def _poll(app, **more):
    made = await app.post(
        "/api/v1/statuses",
        json={"status": unique("?"), "poll": {"options": ["a", "b", "c"], "expires_in": 3600}},
    )
    return made.json["poll"] | {"status_id": made.json["id"]} | more


async def test_voting_while_the_question_changes_makes_no_fault_and_counts_true(ctx, client):
    _, as_author = await a_member(ctx, client)
    voters = [(await a_member(ctx, client))[1] for _ in range(6)]
    for turn in range(4):
        poll = await _poll(as_author)
        calls = [
            voter.post(f"/api/v1/polls/{poll['id']}/votes", json={"choices": ["2"]})
            for voter in voters
        ]
        calls.insert(
            turn,
            as_author.put(
                f"/api/v1/statuses/{poll['status_id']}",
                json={
                    "status": "asked anew",
                    "poll": {"options": ["yes", "no"], "expires_in": 3600},
                },
            ),
        )

        assert set(await at_once(*calls)) <= {200, 422}

        async with ctx.reading() as tx:
            row = await tx.fetch_one(
                "SELECT options, tallies, voters_count FROM polls WHERE id = $1", int(poll["id"])
            )
            votes = [
                vote["choice"]
                for vote in await tx.fetch_all(
                    "SELECT choice FROM poll_votes WHERE poll_id = $1", int(poll["id"])
                )
            ]
        assert row["options"] == ["yes", "no"]
        assert votes == []  # what was chosen before is no answer to this
        assert (list(row["tallies"]), row["voters_count"]) == ([0, 0], 0)


async def test_boosting_what_is_just_deleted_leaves_no_boost_and_true_counts(ctx, client):
    _, as_author = await a_member(ctx, client)
    boosters = [await a_member(ctx, client) for _ in range(6)]
    for turn in range(4):
        made = (await as_author.post("/api/v1/statuses", json={"status": unique("gone")})).json
        path = f"/api/v1/statuses/{made['id']}"
        calls = [app.post(f"{path}/reblog") for _, app in boosters]
        calls.insert(turn, as_author.delete(path))

        assert set(await at_once(*calls)) <= {200, 404}

        left = await sql(
            ctx,
            "SELECT count(*) FROM statuses WHERE reblog_of_id = $1 AND deleted_at IS NULL",
            int(made["id"]),
        )
        assert left == 0
    for member, _ in boosters:
        counted = await sql(
            ctx, "SELECT statuses_count FROM account_stats WHERE account_id = $1", member.id
        )
        assert counted == 0


async def test_one_member_who_does_everything_at_once_meets_no_fault(ctx, client):
    """Statements that lock the same two counters in different orders would deadlock here."""
    author = await an_account(ctx)
    _, app = await a_member(ctx, client)
    for _ in range(6):
        status = await a_status(ctx, by=author)
        path = f"/api/v1/statuses/{status.id}"
        await app.post(f"{path}/reblog")
        answer = {"status": unique("reply"), "in_reply_to_id": str(status.id)}
        calls = [
            app.post(f"{path}/unreblog"),
            app.post("/api/v1/statuses", json=answer),
            app.post(f"{path}/favourite"),
            app.post("/api/v1/statuses", json=answer | {"status": unique("reply")}),
        ]

        assert await at_once(*calls) == [200] * 4


async def test_ten_who_want_one_name_get_one_account(ctx, client):
    app = client.signed_in(await a_token(ctx, None))
    name = unique("wanted")
    calls = [
        app.post(
            "/api/v1/accounts",
            json={
                "username": name if n % 2 else name.upper(),
                "email": f"{name}{n}@example.test",
                "password": "correct horse",
                "agreement": True,
            },
        )
        for n in range(AT_ONCE)
    ]

    assert await at_once(*calls) == [200] + [422] * (AT_ONCE - 1)
    count = "SELECT count(*) FROM accounts WHERE lower(username) = $1"
    assert await sql(ctx, count, name.lower()) == 1
