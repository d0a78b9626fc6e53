"""Polls through the door of the apps."""

import asyncio
from datetime import timedelta

from tests.world import a_token, an_account

POST = "/api/v1/statuses"
PARTY = {"options": ["cake", "pie", "tea"], "expires_in": 3600}


async def a_poll(ctx, client, **changed):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    made = await app.post(POST, json={"status": "?", "poll": PARTY | changed})
    assert made.status == 200
    return app, made.json["poll"]["id"], made.json["id"]


async def a_voter(ctx, client):
    return client.signed_in(await a_token(ctx, await an_account(ctx)))


async def test_a_vote_is_counted_and_shown_to_the_voter(ctx, client):
    _, poll_id, _ = await a_poll(ctx, client)
    app = await a_voter(ctx, client)
    before = (await app.get(f"/api/v1/polls/{poll_id}")).json

    answer = await app.post(f"/api/v1/polls/{poll_id}/votes", json={"choices": ["1"]})

    assert (before["voted"], before["own_votes"], before["expired"]) == (False, [], False)
    assert answer.status == 200
    assert answer.json == before | {
        "votes_count": 1,
        "voters_count": 1,
        "voted": True,
        "own_votes": [1],
        "options": [
            {"title": "cake", "votes_count": 0},
            {"title": "pie", "votes_count": 1},
            {"title": "tea", "votes_count": 0},
        ],
    }
    public = (await client.get(f"/api/v1/polls/{poll_id}")).json
    assert "voted" not in public
    assert public["votes_count"] == 1


async def test_what_cannot_be_voted_is_refused(ctx, client, clock):
    owner, poll_id, _ = await a_poll(ctx, client)
    app = await a_voter(ctx, client)
    path = f"/api/v1/polls/{poll_id}/votes"

    async def says(who, choices):
        return (await who.post(path, json={"choices": choices})).json["error"]

    assert await says(app, [3]) == "Validation failed: The chosen vote option does not exist"
    assert await says(app, [-1]) == "Validation failed: The chosen vote option does not exist"
    assert await says(app, ["x"]) == "Validation failed: The chosen vote option does not exist"
    assert await says(app, []) == "Validation failed: The chosen vote option does not exist"
    assert await says(owner, [0]) == "Validation failed: You cannot vote in your own polls"
    assert (await app.post(path, json={"choices": [0]})).status == 200
    assert await says(app, [1]) == "Validation failed: You have already voted on this poll"
    clock.ahead = timedelta(hours=2)
    late = await a_voter(ctx, client)
    assert await says(late, [0]) == "Validation failed: The poll has already ended"
    assert (await app.get(f"/api/v1/polls/{poll_id}")).json["votes_count"] == 1
    assert (await app.post("/api/v1/polls/1/votes", json={"choices": [0]})).status == 404


async def test_several_choices_count_one_voter(ctx, client):
    _, poll_id, _ = await a_poll(ctx, client, multiple=True)
    app = await a_voter(ctx, client)

    answer = await app.post(f"/api/v1/polls/{poll_id}/votes", json={"choices": [0, 2, 2]})

    assert (answer.json["votes_count"], answer.json["voters_count"]) == (2, 1)
    assert answer.json["own_votes"] == [0, 2]


async def test_votes_at_the_same_moment_are_all_counted_once(ctx, client):
    _, poll_id, _ = await a_poll(ctx, client)
    voters = [await a_voter(ctx, client) for _ in range(4)]
    path = f"/api/v1/polls/{poll_id}/votes"

    await asyncio.gather(
        *(app.post(path, json={"choices": [n % 2]}) for n, app in enumerate(voters) for _ in "ab")
    )

    poll = (await client.get(f"/api/v1/polls/{poll_id}")).json
    assert [option["votes_count"] for option in poll["options"]] == [2, 2, 0]
    assert poll["voters_count"] == 4


async def test_hidden_totals_show_when_the_poll_is_over(ctx, client, clock):
    from watertower.statuses.jobs.close_poll import close_poll

    _, poll_id, _ = await a_poll(ctx, client, hide_totals=True)
    app = await a_voter(ctx, client)
    await app.post(f"/api/v1/polls/{poll_id}/votes", json={"choices": [0]})

    hidden = (await app.get(f"/api/v1/polls/{poll_id}")).json
    await close_poll.run(ctx, poll_id=int(poll_id))  # too early: changes nothing
    clock.ahead = timedelta(hours=2)
    await close_poll.run(ctx, poll_id=int(poll_id))
    await close_poll.run(ctx, poll_id=int(poll_id))
    shown = (await app.get(f"/api/v1/polls/{poll_id}")).json

    assert [option["votes_count"] for option in hidden["options"]] == [None, None, None]
    assert [option["votes_count"] for option in shown["options"]] == [1, 0, 0]
    async with ctx.reading() as tx:
        closed = await tx.fetch_value(
            "SELECT count(*) FROM pgqueuer WHERE convert_from(payload, 'UTF8') LIKE $1",
            f'%notify_of_poll_end%"poll_id":{poll_id}%',
        )
    assert closed == 1


async def test_a_poll_of_a_status_one_may_not_see_is_not_there(ctx, client):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    made = await app.post(POST, json={"status": "?", "poll": PARTY, "visibility": "direct"})
    other = await a_voter(ctx, client)
    path = f"/api/v1/polls/{made.json['poll']['id']}"

    assert (await app.get(path)).status == 200
    assert (await other.get(path)).status == 404
    assert (await other.post(f"{path}/votes", json={"choices": [0]})).status == 404
