"""Acting on accounts and taking it back: the exact state, whatever came between."""

import asyncio
from datetime import timedelta

import pytest

from tests.moderation.standing.world import a_decision, all_of, log_of, marks_of
from tests.world import a_follow, a_status, an_account
from watertower.accounts.errors import AccountNotFound
from watertower.moderation.actions.standing.act import act, act_on_several
from watertower.moderation.actions.standing.undo import lift, undo
from watertower.moderation.errors.standing import (
    ActionNotFound,
    EndsInThePast,
    MessageMissing,
    NotAMember,
    NotOnOneself,
    ReasonMissing,
    StatusesMissing,
)
from watertower.moderation.model.standing import Kind

STANDING = [Kind.LIMIT, Kind.SENSITIZE, Kind.FREEZE, Kind.SUSPEND]


@pytest.mark.parametrize("kind", STANDING)
async def test_every_standing_is_set_and_given_back_exactly(ctx, kind):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    before = await marks_of(ctx, member)

    action_id = await act(ctx, actor_id=moderator.id, decision=a_decision(kind, member))
    during = await marks_of(ctx, member)
    assert await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="A mistake")

    assert {name for name in before if before[name] != during[name]} == {
        {
            Kind.LIMIT: "limited_at",
            Kind.SENSITIZE: "sensitized_at",
            Kind.FREEZE: "frozen_at",
            Kind.SUSPEND: "suspended_at",
        }[kind]
    }
    assert await marks_of(ctx, member) == before
    assert await log_of(ctx, member) == [
        (moderator.id, str(kind), "For the team"),
        (moderator.id, f"undo {kind}", "A mistake"),
    ]


async def test_undoing_twice_changes_nothing_the_second_time(ctx):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    action_id = await act(ctx, actor_id=moderator.id, decision=a_decision(Kind.LIMIT, member))

    answers = await asyncio.gather(
        *(undo(ctx, actor_id=moderator.id, action_id=action_id, reason="") for _ in range(3))
    )

    assert sorted(answers) == [False, False, True]
    assert len(await log_of(ctx, member)) == 2


async def test_two_clicks_are_one_action(ctx):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    decision = a_decision(Kind.WARNING, member)

    ids = await asyncio.gather(
        *(act(ctx, actor_id=moderator.id, decision=decision) for _ in range(3))
    )

    assert len(set(ids)) == 1
    assert len(await all_of(ctx, member)) == 1


@pytest.mark.parametrize("first_undone", [0, 1])
async def test_of_two_limits_the_last_undone_lifts(ctx, first_undone):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    ids = [
        await act(
            ctx,
            actor_id=moderator.id,
            decision=a_decision(Kind.LIMIT, member, reason=reason),
        )
        for reason in ("One", "Two")
    ]

    await undo(ctx, actor_id=moderator.id, action_id=ids[first_undone], reason="")
    assert (await marks_of(ctx, member))["limited_at"] is not None
    await undo(ctx, actor_id=moderator.id, action_id=ids[1 - first_undone], reason="")
    assert (await marks_of(ctx, member))["limited_at"] is None


async def test_what_was_so_before_the_first_action_stays_so(ctx):
    moderator = await an_account(ctx, role_id=1)
    member = await an_account(ctx, limited_at=ctx.now() - timedelta(days=3))
    before = await marks_of(ctx, member)

    action_id = await act(ctx, actor_id=moderator.id, decision=a_decision(Kind.LIMIT, member))
    await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="")

    assert await marks_of(ctx, member) == before
    assert await lift(
        ctx, actor_id=moderator.id, account_id=member.id, kind=Kind.LIMIT, reason="Enough"
    )
    assert (await marks_of(ctx, member))["limited_at"] is None


async def test_an_account_that_its_own_server_suspended_stays_so_when_ours_is_lifted(ctx):
    moderator = await an_account(ctx, role_id=1)
    far = await an_account(
        ctx, domain="far.example", suspended_at=ctx.now(), suspended_by_origin=True
    )
    before = await marks_of(ctx, far)

    action_id = await act(ctx, actor_id=moderator.id, decision=a_decision(Kind.SUSPEND, far))
    assert (await marks_of(ctx, far))["suspended_by_origin"] is False
    await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="")

    assert await marks_of(ctx, far) == before


async def test_follows_are_kept_whole_and_there_again(ctx):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    other = await an_account(ctx)
    await a_follow(ctx, member, other)
    await a_follow(ctx, other, member)

    action_id = await act(ctx, actor_id=moderator.id, decision=a_decision(Kind.SUSPEND, member))
    await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="")

    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT account_id, target_account_id FROM follows "
            "WHERE $1 IN (account_id, target_account_id) ORDER BY id",
            member.id,
        )
    assert [tuple(row) for row in rows] == [(member.id, other.id), (other.id, member.id)]


async def test_one_cooling_down_for_several_people_gives_each_their_own(ctx):
    moderator = await an_account(ctx, role_id=1)
    people = [await an_account(ctx) for _ in range(3)]
    until = ctx.now() + timedelta(hours=20)

    ids = await act_on_several(
        ctx,
        actor_id=moderator.id,
        decision=a_decision(Kind.LIMIT, people[0], ends_at=until),
        account_ids=[person.id for person in people],
    )

    assert len(set(ids)) == 3
    for person in people:
        (one,) = await all_of(ctx, person)
        assert (one.target_account_id, one.ends_at) == (person.id, until)


async def test_several_people_are_acted_on_all_or_none(ctx):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)

    with pytest.raises(AccountNotFound):
        await act_on_several(
            ctx,
            actor_id=moderator.id,
            decision=a_decision(Kind.LIMIT, member),
            account_ids=[member.id, 999],
        )

    assert await all_of(ctx, member) == []


async def test_what_makes_no_sense_is_refused(ctx):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    far = await an_account(ctx, domain="far.example")
    status = await a_status(ctx, far)
    refused = [
        (a_decision(Kind.LIMIT, moderator), NotOnOneself),
        (a_decision(Kind.WARNING, far), NotAMember),
        (a_decision(Kind.FREEZE, far), NotAMember),
        (a_decision(Kind.NONE, member, reason=" "), ReasonMissing),
        (a_decision(Kind.REMOVE_STATUSES, member, reason=""), ReasonMissing),
        (a_decision(Kind.WARNING, member, message=""), MessageMissing),
        (a_decision(Kind.REMOVE_STATUSES, member), StatusesMissing),
        (a_decision(Kind.REMOVE_STATUSES, member, status_ids=[status.id]), StatusesMissing),
        (a_decision(Kind.LIMIT, member, ends_at=ctx.now()), EndsInThePast),
        (
            a_decision(Kind.WARNING, member, ends_at=ctx.now() + timedelta(days=1)),
            EndsInThePast,
        ),
    ]

    for decision, error in refused:
        with pytest.raises(error):
            await act(ctx, actor_id=moderator.id, decision=decision)
    with pytest.raises(ActionNotFound):
        await undo(ctx, actor_id=moderator.id, action_id=5, reason="")

    assert await all_of(ctx, member) == []
    assert await log_of(ctx, member) == []


async def test_nobody_takes_back_what_was_decided_about_them(ctx):
    moderator, other = await an_account(ctx, role_id=1), await an_account(ctx, role_id=1)
    action_id = await act(ctx, actor_id=other.id, decision=a_decision(Kind.LIMIT, moderator))

    with pytest.raises(NotOnOneself):
        await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="I did nothing")
    with pytest.raises(NotOnOneself):
        await lift(ctx, actor_id=moderator.id, account_id=moderator.id, kind=Kind.LIMIT, reason="")

    assert (await marks_of(ctx, moderator))["limited_at"] is not None


async def test_an_open_limit_and_an_emergency_are_looked_at_again(ctx):
    moderator, member = await an_account(ctx, role_id=1), await an_account(ctx)
    await act(ctx, actor_id=moderator.id, decision=a_decision(Kind.LIMIT, member))
    await act(
        ctx,
        actor_id=moderator.id,
        decision=a_decision(Kind.SUSPEND, member, is_emergency=True),
    )

    emergency, limit = await all_of(ctx, member)

    assert limit.review_at - limit.created_at == timedelta(days=30)
    assert timedelta(hours=24) <= emergency.review_at - emergency.created_at < timedelta(hours=25)
