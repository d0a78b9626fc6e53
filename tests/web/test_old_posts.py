"""Old posts go by themselves, except those that a member keeps."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.visit import signed_in, where
from tests.world import a_status, an_account
from watertower.statuses.actions.bookmark import bookmark
from watertower.statuses.actions.choose_cleanup import choose_cleanup, cleanup_of
from watertower.statuses.actions.favourite import favourite
from watertower.statuses.actions.pin import pin
from watertower.statuses.cleanup import CleanupPolicy
from watertower.statuses.jobs.clean_up import clean_up_old_statuses
from watertower.statuses.model import Visibility

PAGE = "/settings/old_posts"
ON = CleanupPolicy(is_enabled=True, min_age_days=30)


async def left(ctx, account):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT id FROM statuses WHERE account_id = $1 AND deleted_at IS NULL", account.id
        )
    return {row["id"] for row in rows}


async def test_the_choice_is_made_on_a_page(ctx, client):
    visit, me = await signed_in(ctx, client)
    assert 'name="keeps_pinned" value="1" checked' in (await visit.get(PAGE)).text

    answer = await visit.submit(
        PAGE, is_enabled="1", min_age_days="90", keeps_polls="1", keeps_from_boosts="5"
    )

    assert where(answer) == f"{PAGE}?note=saved"
    assert await cleanup_of(ctx, account_id=me.id) == CleanupPolicy(
        is_enabled=True,
        min_age_days=90,
        keeps_direct=False,
        keeps_pinned=False,
        keeps_polls=True,
        keeps_own_favourites=False,
        keeps_own_bookmarks=False,
        keeps_from_boosts=5,
    )
    assert 'value="5"' in (await visit.get(PAGE)).text


@pytest.mark.parametrize(
    "typed", [{"min_age_days": "1"}, {"min_age_days": "x"}, {"keeps_from_boosts": "0"},
              {"keeps_from_favourites": "-1"}]
)  # fmt: skip
async def test_a_choice_that_makes_no_sense_is_refused(ctx, client, typed):
    visit, me = await signed_in(ctx, client)
    await visit.get(PAGE)

    answer = await visit.submit(PAGE, **({"is_enabled": "1", "min_age_days": "30"} | typed))

    assert answer.status == 422
    assert await cleanup_of(ctx, account_id=me.id) == CleanupPolicy()


async def test_exceptions_stay_and_the_rest_goes(ctx):
    me, other = await an_account(ctx), await an_account(ctx)
    old = ctx.now() - timedelta(days=40)
    names = ["plain", "pinned", "liked", "kept", "direct", "media", "poll", "popular"]
    made = {
        name: await a_status(
            ctx,
            by=me,
            created_at=old + timedelta(seconds=n),
            visibility=Visibility.DIRECT if name == "direct" else Visibility.PUBLIC,
            has_media=name == "media",
            poll_id=7 if name == "poll" else None,
        )
        for n, name in enumerate(names)
    }
    young = await a_status(ctx, by=me, created_at=ctx.now() - timedelta(days=20))
    await pin(ctx, actor_id=me.id, status_id=made["pinned"].id)
    await favourite(ctx, actor_id=me.id, status_id=made["liked"].id)
    await favourite(ctx, actor_id=other.id, status_id=made["popular"].id)
    await bookmark(ctx, actor_id=me.id, status_id=made["kept"].id)
    policy = replace(ON, keeps_media=True, keeps_polls=True, keeps_from_favourites=1)
    await choose_cleanup(ctx, account_id=me.id, policy=policy)

    await clean_up_old_statuses.run(ctx)

    assert await left(ctx, me) == {s.id for n, s in made.items() if n != "plain"} | {young.id}

    bare = CleanupPolicy(
        is_enabled=True,
        min_age_days=30,
        keeps_direct=False,
        keeps_pinned=False,
        keeps_own_favourites=False,
        keeps_own_bookmarks=False,
    )
    await choose_cleanup(ctx, account_id=me.id, policy=bare)
    await clean_up_old_statuses.run(ctx)
    assert await left(ctx, me) == {young.id}


async def test_a_run_keeps_to_its_budget_and_the_next_goes_on(ctx):
    me = await an_account(ctx)
    old = ctx.now() - timedelta(days=40)
    for n in range(25):
        await a_status(ctx, by=me, created_at=old + timedelta(seconds=n))
    await choose_cleanup(ctx, account_id=me.id, policy=ON)

    await clean_up_old_statuses.run(ctx)
    assert len(await left(ctx, me)) == 5
    await clean_up_old_statuses.run(ctx)
    assert len(await left(ctx, me)) == 0


async def test_nothing_goes_while_it_is_off(ctx):
    me = await an_account(ctx)
    kept = await a_status(ctx, by=me, created_at=ctx.now() - timedelta(days=400))
    await choose_cleanup(ctx, account_id=me.id, policy=replace(ON, is_enabled=False))

    await clean_up_old_statuses.run(ctx)

    assert await left(ctx, me) == {kept.id}
