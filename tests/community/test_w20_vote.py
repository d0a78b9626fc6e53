"""W20, a vote of the community: the instants that decide, the answers, and who may give one."""

import asyncio
from datetime import timedelta

import pytest

from tests.community.world import (
    a_member,
    an_app,
    an_open_vote,
    answer,
    move_to,
    rows,
    the_vote,
)
from tests.moderation.desk import LEAD
from tests.world import an_account
from watertower.accounts.steps.standing import restore, suspend
from watertower.community.jobs.vote_clock import watch_votes

SECOND = timedelta(seconds=1)
BALLOTS = "SELECT choices FROM vote_ballots WHERE vote_id = $1 ORDER BY choices"


async def test_an_answer_counts_at_71_59_59_and_is_refused_at_72_00_01(ctx, client, clock):
    """No job ran in between: the instant decides."""
    vote_id, _ = await an_open_vote(ctx, clock)
    in_time, late = await a_member(ctx), await a_member(ctx)
    apps = [await an_app(client, ctx, one) for one in (in_time, late)]
    vote = await the_vote(ctx, vote_id)
    assert vote.closes_at - vote.opened_at == timedelta(hours=72)

    move_to(ctx, clock, vote.closes_at - SECOND)
    first = await answer(apps[0], vote_id, 1)
    move_to(ctx, clock, vote.closes_at + SECOND)
    second = await answer(apps[1], vote_id, 0)
    changed = await answer(apps[0], vote_id, 0)

    assert (first.status, first.json["own_votes"]) == (200, [1])
    assert (second.status, second.json) == (422, {"error": "This vote is not open"})
    assert changed.status == 422
    assert (await the_vote(ctx, vote_id)).state == "open"  # nothing has run yet
    shown = await apps[0].get(f"/api/watertower/v1/votes/{vote_id}")
    assert (shown.json["state"], shown.json["own_votes"]) == ("closed", None)
    await watch_votes.run(ctx)
    vote = await the_vote(ctx, vote_id)
    assert (vote.state, vote.voters_count, vote.counts) == ("collected", 1, [0, 1, 0, 0])


async def test_closing_while_processes_are_down_closes_at_the_right_instant(ctx, client, clock):
    vote_id, _ = await an_open_vote(ctx, clock)
    member = await an_app(client, ctx, await a_member(ctx))
    closes_at = (await the_vote(ctx, vote_id)).closes_at
    assert (await answer(member, vote_id, 2)).status == 200

    clock.ahead += timedelta(hours=100)  # nothing ran for four days
    assert (await answer(member, vote_id, 0)).status == 422
    await watch_votes.run(ctx)
    await watch_votes.run(ctx)

    vote = await the_vote(ctx, vote_id)
    assert (vote.state, vote.closes_at, vote.counts) == ("collected", closes_at, [0, 0, 1, 0])
    assert vote.decide_by == closes_at + timedelta(days=14)
    lines = await rows(
        ctx,
        "SELECT verb FROM audit_log WHERE subject_kind = 'vote' AND subject_id = $1 "
        "AND verb = 'collect_vote'",
        str(vote_id),
    )
    assert lines == [("collect_vote",)]


async def test_a_changed_answer_counts_once(ctx, client, clock):
    vote_id, _ = await an_open_vote(ctx, clock)
    member = await an_app(client, ctx, await a_member(ctx))

    for place in (0, 1, 1, 3):
        assert (await answer(member, vote_id, place)).json["own_votes"] == [place]

    assert await rows(ctx, BALLOTS, vote_id) == [([3],)]
    clock.ahead += timedelta(hours=72)
    await watch_votes.run(ctx)
    vote = await the_vote(ctx, vote_id)
    assert (vote.voters_count, vote.counts) == (1, [0, 0, 0, 1])


async def test_two_answers_at_once_are_one(ctx, client, clock):
    vote_id, _ = await an_open_vote(ctx, clock)
    member = await an_app(client, ctx, await a_member(ctx))

    answers = await asyncio.gather(*(answer(member, vote_id, n % 3) for n in range(6)))

    assert [one.status for one in answers] == [200] * 6
    assert len(await rows(ctx, BALLOTS, vote_id)) == 1


async def test_who_is_suspended_during_a_vote_keeps_their_answer_and_gives_none(ctx, client, clock):
    """No suspension takes a vote away, so nobody gains anything by one."""
    vote_id, _ = await an_open_vote(ctx, clock)
    member = await a_member(ctx)
    app = await an_app(client, ctx, member)
    assert (await answer(app, vote_id, 1)).status == 200

    async with ctx.transaction() as tx:
        await suspend(tx, account_id=member.id, at=ctx.now())
    refused = await answer(app, vote_id, 0)
    assert refused.status in {401, 403}
    assert await rows(ctx, BALLOTS, vote_id) == [([1],)]

    async with ctx.transaction() as tx:
        await restore(tx, account_id=member.id, at=ctx.now())
    again = await an_app(client, ctx, member)
    assert (await answer(again, vote_id, 2)).json["own_votes"] == [2]
    async with ctx.transaction() as tx:
        await suspend(tx, account_id=member.id, at=ctx.now())
    clock.ahead += timedelta(hours=73)
    await watch_votes.run(ctx)

    assert (await the_vote(ctx, vote_id)).counts == [0, 0, 1, 0]


async def test_a_frozen_member_may_vote(ctx, client, clock):
    vote_id, _ = await an_open_vote(ctx, clock)
    app = await an_app(client, ctx, await a_member(ctx, is_frozen=True))

    assert (await answer(app, vote_id, 0)).json["own_votes"] == [0]


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"created_at": "young"}, "Accounts that were made 30 days before a vote opens are asked"),
        ({"is_bot": True}, "People are asked, not bots"),
        ({"moved_to_account_id": "other"}, "You have moved to another account"),
    ],
)
async def test_who_may_not_answer_is_told_why(ctx, client, clock, choices, says):
    vote_id, _ = await an_open_vote(ctx, clock)
    if "created_at" in choices:
        choices = {"created_at": (await the_vote(ctx, vote_id)).opened_at - timedelta(days=29)}
    if "moved_to_account_id" in choices:
        choices = {"moved_to_account_id": (await an_account(ctx)).id}
    app = await an_app(client, ctx, await a_member(ctx, **choices))

    refused = await answer(app, vote_id, 0)

    assert (refused.status, refused.json["error"]) == (403, says)
    assert await rows(ctx, BALLOTS, vote_id) == []


async def test_accounts_elsewhere_cannot_vote(ctx, clock):
    from watertower.community.actions.answer_vote import answer_vote
    from watertower.community.errors import MayNotVote

    vote_id, _ = await an_open_vote(ctx, clock)
    far = await an_account(ctx, domain="far.example", created_at=ctx.now() - timedelta(days=900))

    with pytest.raises(MayNotVote):
        await answer_vote(ctx, account_id=far.id, vote_id=vote_id, choices=[0])

    assert await rows(ctx, BALLOTS, vote_id) == []


@pytest.mark.parametrize(
    ("is_multiple", "choices", "kept"),
    [
        (False, [0, 1], None),
        (False, [], None),
        (False, [4], None),
        (True, [2, 0, 2], [0, 2]),
        (True, [0, 3], None),  # no opinion beside an opinion
        (True, [3], [3]),
    ],
)
async def test_an_answer_is_among_the_options(ctx, client, clock, is_multiple, choices, kept):
    vote_id, _ = await an_open_vote(ctx, clock, is_multiple=is_multiple)
    app = await an_app(client, ctx, await a_member(ctx))

    given = await answer(app, vote_id, *choices)

    assert given.status == (422 if kept is None else 200)
    assert await rows(ctx, BALLOTS, vote_id) == ([] if kept is None else [(kept,)])


async def test_totals_are_hidden_from_everybody_until_the_result_is_published(ctx, client, clock):
    vote_id, lead = await an_open_vote(ctx, clock)
    for place in (0, 1, 1):
        assert (await answer(await an_app(client, ctx, await a_member(ctx)), vote_id, place)).status
    member, staff = await an_app(client, ctx, await a_member(ctx)), await an_app(client, ctx, lead)
    ways = [
        (member, f"/api/watertower/v1/votes/{vote_id}"),
        (staff, f"/api/watertower/v1/votes/{vote_id}"),
        (staff, f"/api/watertower/v1/desk/votes/{vote_id}"),
    ]

    for app, path in ways:
        seen = (await app.get(path)).json
        assert [one["votes_count"] for one in seen["options"]] == [None] * 4
        assert (seen["voters_count"], seen["eligible_count"]) == (None, None)
    clock.ahead += timedelta(hours=72)
    await watch_votes.run(ctx)

    # Members read the result with the decision; those who decide need it before.
    before = (await member.get(ways[0][1])).json
    assert ([one["votes_count"] for one in before["options"]], before["voters_count"]) == (
        [None] * 4,
        None,
    )
    known = (await staff.get(ways[2][1])).json
    assert [one["votes_count"] for one in known["options"]] == [1, 2, 0, 0]


async def test_nothing_links_an_answer_to_who_gave_it(ctx, client, clock):
    vote_id, _ = await an_open_vote(ctx, clock)
    members = [await a_member(ctx) for _ in range(3)]
    before = await rows(ctx, "SELECT count(*) FROM audit_log")
    for place, member in enumerate(members):
        assert (await answer(await an_app(client, ctx, member), vote_id, place)).status == 200

    # A ballot has no id, no time and no name; nothing is logged.
    columns = await rows(
        ctx,
        "SELECT column_name::text FROM information_schema.columns "
        "WHERE table_name = 'vote_ballots' ORDER BY 1",
    )
    assert columns == [("choices",), ("mark",), ("vote_id",)]
    assert await rows(ctx, "SELECT count(*) FROM audit_log") == before
    marks = {
        mark
        for (mark,) in await rows(ctx, "SELECT mark FROM vote_ballots WHERE vote_id = $1", vote_id)
    }
    assert len(marks) == 3
    assert all(len(mark) == 32 for mark in marks)

    # When it is over, answers, roll and key are gone; the counts stay and cannot be changed.
    clock.ahead += timedelta(hours=72)
    await watch_votes.run(ctx)
    for table in ("vote_ballots", "vote_roll"):
        assert await rows(ctx, f"SELECT 1 FROM {table} WHERE vote_id = $1", vote_id) == []
    assert await rows(ctx, "SELECT ballot_key FROM votes WHERE id = $1", vote_id) == [(None,)]
    with pytest.raises(Exception, match="the results of a vote are not changed"):
        async with ctx.transaction() as tx:
            await tx.execute("UPDATE votes SET counts = '{9,0,0,0}' WHERE id = $1", vote_id)


async def test_turnout_counts_who_was_here_and_who_came_back(empty, client, clock):
    ctx = empty
    clock.ahead = timedelta(0)
    here, away, back, young = [await a_member(ctx) for _ in range(4)]
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET last_active_at = $2 WHERE account_id = ANY($1::bigint[])",
            [away.id, back.id],
            ctx.now() - timedelta(days=60),
        )
        await tx.execute("UPDATE accounts SET created_at = $2 WHERE id = $1", young.id, ctx.now())
    vote_id, _ = await an_open_vote(ctx, clock)  # those who keep votes are new as well
    for member in (here, back):
        assert (await answer(await an_app(client, ctx, member), vote_id, 0)).status == 200

    clock.ahead += timedelta(hours=72)
    await watch_votes.run(ctx)

    vote = await the_vote(ctx, vote_id)
    assert (vote.eligible_count, vote.voters_count, vote.turnout_percent) == (2, 2, 100)


async def test_role_and_office_give_no_second_answer(ctx, client, clock):
    vote_id, _ = await an_open_vote(ctx, clock)
    lead = await a_member(ctx, role_id=LEAD)
    app = await an_app(client, ctx, lead)

    assert (await answer(app, vote_id, 0)).status == 200
    assert (await answer(app, vote_id, 0)).status == 200
    assert await rows(ctx, BALLOTS, vote_id) == [([0],)]
