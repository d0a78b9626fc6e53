"""Taking along and bringing, through the pages, with files as Mastodon writes them."""

import aiohttp
import pytest

from tests.web.visit import signed_in, where
from tests.world import a_follow, a_status, an_account
from watertower.accounts.actions.block import block
from watertower.accounts.actions.mute import mute
from watertower.accounts.actions.mute_domain import mute_domain
from watertower.feeds.access.transfer import exported, imports_of
from watertower.feeds.actions.filters import make_filter
from watertower.feeds.actions.lists import add_to_list, make_list
from watertower.feeds.model import KeywordChange
from watertower.feeds.transfer import Kind
from watertower.statuses.actions.bookmark import bookmark

PAGE = "/settings/imports"


async def bring(visit, kind, text, mode="merge"):
    await visit.get(PAGE)
    form = aiohttp.FormData(visit.hidden(PAGE) | {"kind": kind, "mode": mode})
    form.add_field("file", text.encode(), filename="file.csv", content_type="text/csv")
    return await visit._call("POST", PAGE, form, {})


async def has(ctx, account, kind):
    return [dict(row) for row in await exported(ctx, account_id=account.id, kind=Kind(kind))]


async def test_everything_is_exported_as_mastodon_writes_it(ctx, client):
    visit, me = await signed_in(ctx, client)
    here = ctx.settings.server.domain
    bob, far = await an_account(ctx), await an_account(ctx, domain="far.example")
    foe = await an_account(ctx, domain="foe.example")
    status = await a_status(ctx, by=bob)
    await a_follow(ctx, me, bob)
    await a_follow(ctx, me, far)
    await block(ctx, actor_id=me.id, target_id=foe.id)
    await mute(ctx, actor_id=me.id, target_id=far.id, hides_notifications=False)
    await mute_domain(ctx, account_id=me.id, domain="bad.example")
    made = await make_list(
        ctx, owner_id=me.id, title="Near, dear", replies_policy="list", is_exclusive=False
    )
    await add_to_list(ctx, owner_id=me.id, list_id=made.id, account_ids=[bob.id])
    await bookmark(ctx, actor_id=me.id, status_id=status.id)
    await make_filter(
        ctx,
        account_id=me.id,
        title="Spoilers",
        contexts=["home"],
        action="hide",
        expires_at=None,
        keywords=[KeywordChange(id=None, keyword="finale", is_whole_word=True, is_removed=False)],
    )

    async def fetch(name):
        answer = await visit.get(f"/settings/exports/{name}")
        assert answer.headers["content-disposition"].startswith("attachment; filename=")
        return answer

    assert (await fetch("follows.csv")).text == (
        "Account address,Show boosts,Notify on new posts,Languages\n"
        f"{bob.username}@{here},true,false,\n{far.username}@far.example,true,false,\n"
    )
    assert (await fetch("blocks.csv")).text == f"{foe.username}@foe.example\n"
    assert (await fetch("mutes.csv")).text == (
        f"Account address,Hide notifications\n{far.username}@far.example,false\n"
    )
    assert (await fetch("domain_blocks.csv")).text == "bad.example\n"
    assert (await fetch("lists.csv")).text == f'"Near, dear",{bob.username}@{here}\n'
    assert (await fetch("bookmarks.csv")).text == f"{status.uri}\n"
    assert (await fetch("filters.json")).json == {
        "filters": [
            {
                "title": "Spoilers",
                "context": ["home"],
                "filter_action": "hide",
                "expires_at": None,
                "keywords": [{"keyword": "finale", "whole_word": True}],
            }
        ]
    }
    assert (await visit.get("/settings/exports/passwords.csv")).status == 404
    assert (await visit.get("/settings/export")).status == 200


async def test_what_was_exported_can_be_brought(ctx, client, drain):
    visit, me = await signed_in(ctx, client)
    here = ctx.settings.server.domain
    bob, eve = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=bob)
    files = {
        "follows": f"\ufeffAccount address,Show boosts,Notify on new posts,Languages\n"
        f'@{bob.username}@{here},false,true,"de, en"\n{bob.username}@{here},true,false,\n',
        "blocks": f"{eve.username}@{here}\n",
        "domain_blocks": "#domain\nbad.example\n",
        "lists": f"Friends,{bob.username}@{here}\n",
        "bookmarks": f"{status.uri}\n",
        "filters": '[{"title":"T","context":["home"],"keywords":[{"keyword":"x"}]}]',
    }

    for kind, text in files.items():
        answer = await bring(visit, kind, text)
        assert where(answer) == f"{PAGE}?note=begun", (kind, answer.status)
        await drain()

    assert [
        (i.done_count, i.failed_count, i.total_count)
        for i in await imports_of(ctx, account_id=me.id)
    ] == [(1, 0, 1)] * 6
    assert await has(ctx, me, "follows") == [
        {
            "handle": f"{bob.username}@{here}",
            "shows_reblogs": False,
            "notifies": True,
            "languages": ["de", "en"],
        }
    ]
    assert await has(ctx, me, "blocks") == [{"handle": f"{eve.username}@{here}"}]
    assert await has(ctx, me, "domain_blocks") == [{"domain": "bad.example"}]
    assert await has(ctx, me, "lists") == [{"title": "Friends", "handle": f"{bob.username}@{here}"}]
    assert await has(ctx, me, "bookmarks") == [{"uri": status.uri}]
    assert [f["keywords"] for f in await has(ctx, me, "filters")] == [[["x", True]]]


async def test_merging_adds_and_overwriting_takes_away(ctx, client, drain):
    visit, me = await signed_in(ctx, client)
    here = ctx.settings.server.domain
    old, kept, new = [await an_account(ctx) for _ in range(3)]
    for one in (old, kept):
        await block(ctx, actor_id=me.id, target_id=one.id)

    await bring(visit, "blocks", f"{new.username}@{here}\n")
    await drain()
    names = {row["handle"] for row in await has(ctx, me, "blocks")}
    assert names == {f"{one.username}@{here}" for one in (old, kept, new)}

    await bring(visit, "blocks", f"{kept.username.upper()}@{here}\n", mode="overwrite")
    await drain()
    assert await has(ctx, me, "blocks") == [{"handle": f"{kept.username}@{here}"}]


async def test_what_fails_is_counted_and_can_be_fetched(ctx, client, drain):
    visit, me = await signed_in(ctx, client)
    here = ctx.settings.server.domain
    bob = await an_account(ctx)

    await bring(visit, "mutes", f"nobody_{me.id}@{here},true\n{bob.username}@{here},false\n")
    await drain()

    page = await visit.get(PAGE)
    assert "1 of 2 brought, 1 failed" in page.text
    (one,) = await imports_of(ctx, account_id=me.id)
    answer = await visit.get(f"{PAGE}/{one.id}/failures")
    assert answer.text == (
        "Account address,Hide notifications,Problem\n"
        f'nobody_{me.id}@{here},true,"There is no such account, or its server cannot be reached"\n'
    )
    stranger, _ = await signed_in(ctx, client)
    assert (await stranger.get(f"{PAGE}/{one.id}/failures")).status == 404


async def test_a_long_file_is_done_in_several_goes(ctx, client, drain):
    visit, me = await signed_in(ctx, client)

    await bring(visit, "domain_blocks", "".join(f"d{n}.example\n" for n in range(120)))
    await drain()

    (one,) = await imports_of(ctx, account_id=me.id)
    assert (one.done_count, one.finished_at is not None) == (120, True)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("follows", ""),
        ("passwords", "x"),
        ("filters", "{"),
        ("filters", "[" * 100_000),
        ("blocks", "\n\n"),
        ("filters", "[1, null, {}]"),
        ("filters", '[{"title":"\\u0000","context":["home"]}]'),
    ],
)
async def test_what_is_no_such_file_is_refused(ctx, client, kind, text):
    visit, me = await signed_in(ctx, client)

    answer = await bring(visit, kind, text)

    assert answer.status == 422
    assert await imports_of(ctx, account_id=me.id) == []


async def test_pages_ask_the_database_as_often_for_three_as_for_one(ctx, client, drain, queries):
    visit, me = await signed_in(ctx, client)
    counts = {}
    for n in range(3):
        await bring(visit, "domain_blocks", f"d{n}.example\n")
        await drain()
        for path in (PAGE, "/settings/export", "/settings/exports/domain_blocks.csv"):
            await visit.get(path)
            queries.clear()
            await visit.get(path)
            counts.setdefault(path, set()).add(len(queries))

    assert len(await has(ctx, me, "domain_blocks")) == 3
    assert {path: len(found) for path, found in counts.items()} == dict.fromkeys(counts, 1)
