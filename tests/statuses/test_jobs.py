"""What the clock does about statuses."""

from datetime import timedelta

from tests.world import a_status, an_account
from watertower.statuses.actions.delete_status import delete_status
from watertower.statuses.actions.publish import publish
from watertower.statuses.draft import Draft
from watertower.statuses.jobs.forget_submissions import forget_submissions
from watertower.statuses.jobs.sweep_deleted import sweep_deleted_statuses


async def count(ctx, sql, *args):
    async with ctx.reading() as tx:
        return await tx.fetch_value(sql, *args)


async def test_what_was_deleted_a_month_ago_is_really_gone(ctx, clock):
    alice = await an_account(ctx)
    kept, deleted = await a_status(ctx, by=alice), await a_status(ctx, by=alice)
    await delete_status(ctx, actor_id=alice.id, status_id=deleted.id)
    rows = "SELECT array_agg(id) FROM statuses WHERE account_id = $1"

    clock.ahead = timedelta(days=29)
    await sweep_deleted_statuses.run(ctx)
    assert sorted(await count(ctx, rows, alice.id)) == sorted([kept.id, deleted.id])
    clock.ahead = timedelta(days=31)
    await sweep_deleted_statuses.run(ctx)
    assert await count(ctx, rows, alice.id) == [kept.id]


async def test_submissions_are_forgotten_after_a_day(ctx, clock):
    alice = await an_account(ctx)
    await publish(ctx, author_id=alice.id, draft=Draft(text="x"), idempotency_key="k")
    rows = "SELECT count(*) FROM submissions WHERE account_id = $1"

    clock.ahead = timedelta(hours=23)
    await forget_submissions.run(ctx)
    assert await count(ctx, rows, alice.id) == 1
    clock.ahead = timedelta(hours=25)
    await forget_submissions.run(ctx)
    assert await count(ctx, rows, alice.id) == 0
