"""No sequence of actions and undos loses a relationship, a post or a line of the log."""

import asyncio
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.moderation.standing.world import a_decision, all_of, log_of, marks_of
from tests.world import a_follow, a_status, an_account
from watertower.moderation.actions.standing.act import act
from watertower.moderation.actions.standing.undo import lift, undo
from watertower.moderation.jobs.end_actions import end_actions
from watertower.moderation.model.standing import OF_STANDING, OF_STATUSES, Kind

KINDS = [Kind.WARNING, *sorted(OF_STANDING), *sorted(OF_STATUSES)]
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("act"),
            st.sampled_from(KINDS),
            st.frozensets(st.integers(0, 2), min_size=1),  # which posts
            st.sampled_from([None, 1, 5]),  # hours until it ends
        ),
        st.tuples(st.just("undo"), st.integers(0, 20)),
        st.tuples(st.just("lift"), st.sampled_from(sorted(OF_STANDING))),
        st.tuples(st.just("wait"), st.integers(1, 6)),
    ),
    max_size=14,
)

RELATIONS = """
    SELECT 'follow', id, account_id, target_account_id FROM follows
    WHERE $1 IN (account_id, target_account_id)
    UNION ALL
    SELECT 'request', id, account_id, target_account_id FROM follow_requests
    WHERE $1 IN (account_id, target_account_id)
    UNION ALL
    SELECT 'block', id, account_id, target_account_id FROM blocks
    WHERE $1 IN (account_id, target_account_id)
    UNION ALL
    SELECT 'mute', id, account_id, target_account_id FROM mutes
    WHERE $1 IN (account_id, target_account_id)
    ORDER BY 1, 2
"""
POSTS = """
    SELECT id, text, is_sensitive, visibility, deleted_at FROM statuses
    WHERE account_id = $1 OR reblog_of_id IN (SELECT id FROM statuses WHERE account_id = $1)
    ORDER BY id
"""
PINS = "SELECT status_id FROM status_pins WHERE account_id = $1 ORDER BY status_id"
COUNTS = """
    SELECT statuses_count, followers_count, following_count FROM account_stats WHERE account_id = $1
"""


async def whole(ctx, account):
    """All that must be there again."""
    async with ctx.reading() as tx:
        rows = [
            [tuple(row) for row in await tx.fetch_all(sql, account.id)]
            for sql in (RELATIONS, POSTS, PINS, COUNTS)
        ]
    return [*rows, await marks_of(ctx, account)]


async def a_whole_member(ctx):
    member, friend, fan = [await an_account(ctx) for _ in range(3)]
    far = await an_account(ctx, domain="far.example")
    for one in (friend, fan, far):
        await a_follow(ctx, one, member)
    await a_follow(ctx, member, friend)
    posts = [await a_status(ctx, member, f"Post {n}", is_sensitive=n == 1) for n in range(3)]
    await a_status(ctx, fan, "", reblog_of_id=posts[0].id)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO status_pins (account_id, status_id) VALUES ($1, $2)",
            member.id,
            posts[0].id,
        )
        await tx.execute(
            "INSERT INTO blocks (account_id, target_account_id) VALUES ($1, $2)", far.id, friend.id
        )
        await tx.execute(
            "INSERT INTO mutes (account_id, target_account_id) VALUES ($1, $2)", member.id, fan.id
        )
    return member, posts


async def played(ctx, clock, steps):
    """Run the steps, then undo what is left; what was lost on the way, in words."""
    moderator = await an_account(ctx, role_id=1)
    member, posts = await a_whole_member(ctx)
    before, lines = await whole(ctx, member), 0
    made = []
    for n, step in enumerate(steps):
        if step[0] == "act":
            _, kind, which, hours = step
            made.append(
                await act(
                    ctx,
                    actor_id=moderator.id,
                    decision=a_decision(
                        kind,
                        member,
                        reason=f"Step {n}",
                        status_ids=[posts[one].id for one in which] if kind in OF_STATUSES else [],
                        ends_at=None
                        if hours is None or kind is Kind.WARNING
                        else ctx.now() + timedelta(hours=hours),
                    ),
                )
            )
        elif step[0] == "undo" and made:
            await undo(ctx, actor_id=moderator.id, action_id=made[step[1] % len(made)], reason="")
        elif step[0] == "lift":
            await lift(ctx, actor_id=moderator.id, account_id=member.id, kind=step[1], reason="")
        elif step[0] == "wait":
            clock.ahead += timedelta(hours=step[1])
            await end_actions.run(ctx)
        seen = await log_of(ctx, member)
        assert len(seen) >= lines
        lines = len(seen)
        # Whatever is in force, no relationship goes and no row of a post.
        now = await whole(ctx, member)
        assert now[0] == before[0]
        assert [row[0] for row in now[1]] == [row[0] for row in before[1]]
        await _as_said(ctx, member, now[4])
    for action_id in reversed(made):
        await undo(ctx, actor_id=moderator.id, action_id=action_id, reason="All of it")
    after = await whole(ctx, member)
    assert after == before
    actions = await all_of(ctx, member)
    acted = [verb for _, verb, _ in await log_of(ctx, member)]
    assert len(actions) == len(made)
    assert len([verb for verb in acted if not verb.startswith("undo")]) == len(made)
    assert len([verb for verb in acted if verb.startswith("undo")]) == len(made)


async def _as_said(ctx, member, marks):
    """How it stands is what the actions in force say."""
    in_force = {action.kind for action in await all_of(ctx, member) if action.is_in_force}
    standing = {
        kind
        for kind, name in (
            (Kind.SUSPEND, "suspended_at"),
            (Kind.LIMIT, "limited_at"),
            (Kind.SENSITIZE, "sensitized_at"),
            (Kind.FREEZE, "frozen_at"),
        )
        if marks[name] is not None
    }
    assert standing == in_force & OF_STANDING


async def test_no_sequence_of_actions_and_undos_loses_anything(ctx, clock):
    loop = asyncio.get_running_loop()

    def run(steps):
        clock.ahead = timedelta(0)
        asyncio.run_coroutine_threadsafe(played(ctx, clock, steps), loop).result()

    check = settings(
        max_examples=40,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )(given(STEPS)(run))
    await asyncio.to_thread(check)
