"""Public pages show what is public, in a fixed number of queries."""

import re

import pytest

from tests.web.visit import Visit, signed_in, where
from tests.world import a_follow, a_status, an_account
from watertower.statuses.model import Visibility
from watertower.web.views.site import forget_site


async def test_a_profile_shows_public_posts_and_hides_the_others(ctx, client):
    author = await an_account(ctx, note_html="<p>Hello <b>there</b></p>")
    for visibility, text in [
        (Visibility.PUBLIC, "for all"),
        (Visibility.UNLISTED, "for passers-by"),
        (Visibility.PRIVATE, "for followers"),
        (Visibility.DIRECT, "for one"),
    ]:
        await a_status(ctx, by=author, text=text, visibility=visibility)

    page = await client.get(f"/@{author.username}")

    assert page.status == 200
    assert re.findall(r"<p>(for [^<]*)</p>", page.text) == ["for passers-by", "for all"]
    assert f'href="{author.uri}"' in page.text
    assert f'<link rel="canonical" href="{ctx.settings.base_url}/@{author.username}">' in page.text
    assert "<p>Hello <b>there</b></p>" in page.text


async def test_a_follower_sees_what_is_for_followers(ctx, client):
    visit, me = await signed_in(ctx, client)
    author = await an_account(ctx)
    await a_follow(ctx, me, author)
    status = await a_status(ctx, by=author, text="secret", visibility=Visibility.PRIVATE)
    path = f"/@{author.username}/{status.id}"

    mine = await visit.get(path)

    assert (mine.status, mine.headers["cache-control"]) == (200, "private, no-store")
    assert (await client.get(path)).status == 404
    assert (await visit.get(path + "/embed")).status == 404


async def test_what_does_not_exist_and_what_is_hidden_look_the_same(ctx, client):
    author = await an_account(ctx)
    hidden = await a_status(ctx, by=author, visibility=Visibility.DIRECT)

    answers = [
        await client.get(f"/@{author.username}/{number}") for number in (hidden.id, 12345, "x")
    ]

    assert {answer.status for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


async def test_a_suspended_account_is_gone(ctx, client):
    account = await an_account(ctx, suspended_at=ctx.now(), note_html="<p>mine</p>")

    answer = await client.get(f"/@{account.username}")

    assert answer.status == 410
    assert "mine" not in answer.text


@pytest.mark.parametrize("path", ["/@nobody_here", "/nothing", "/@", "/a/b/c/d", "/@x/y", "/%00"])
async def test_what_is_not_there_is_a_friendly_404(client, path):
    answer = await client.get(path)

    assert answer.status == 404
    assert "Nothing here" in answer.text


async def test_programs_get_errors_as_json(client):
    answer = await client.get("/nothing", headers={"Accept": "application/json"})

    assert (answer.status, answer.json) == (
        404,
        {"error": "This page does not exist, or it is not public."},
    )


async def test_somebody_elsewhere_is_pointed_to_and_not_redirected_to(ctx, client):
    account = await an_account(ctx, domain="far.example")

    answer = await client.get(f"/@{account.username}@far.example")

    assert answer.status == 200
    assert "Lives elsewhere" in answer.text
    assert f'href="https://far.example/@{account.username}"' in answer.text


async def test_a_page_somebody_else_names_is_no_script(ctx, client):
    account = await an_account(ctx, domain="bad.example", url="javascript:alert(1)")

    answer = await client.get(f"/@{account.username}@bad.example")

    assert "javascript:" not in answer.text


async def test_a_post_comes_with_its_thread_and_what_other_sites_need(ctx, client):
    author, other = await an_account(ctx), await an_account(ctx)
    first = await a_status(ctx, by=author, text="first")
    second = await a_status(ctx, by=other, text="second", reply_to=first)
    third = await a_status(ctx, by=author, text="third", reply_to=second)

    page = await client.get(f"/@{other.username}/{second.id}")

    assert re.findall(r"<p>(first|second|third)</p>", page.text) == ["first", "second", "third"]
    assert '<meta property="og:description" content="second">' in page.text
    assert "/api/oembed?format=json&amp;url=" in page.text
    assert (
        page.headers["link"] == f'<{second.uri}>; rel="alternate"; type="application/activity+json"'
    )
    assert third.id > 0


async def test_a_post_under_a_wrong_name_leads_to_the_right_one(ctx, client):
    author, other = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=author)

    answer = await client.get(f"/@{other.username}/{status.id}")

    assert where(answer) == f"/@{author.username}/{status.id}"


async def test_a_warning_covers_the_post_and_its_preview(ctx, client):
    author = await an_account(ctx)
    status = await a_status(ctx, by=author, text="the end", content_warning="Spoiler")

    page = await client.get(f"/@{author.username}/{status.id}")

    assert '<details class="cw"><summary>Spoiler</summary>' in page.text
    head = page.text.split("</head>")[0]
    assert "the end" not in head


async def test_words_of_people_cannot_become_markup(ctx, client):
    nasty = '"><script>alert(1)</script>'
    author = await an_account(ctx, display_name=nasty)
    status = await a_status(ctx, by=author, text="x", content_warning=nasty)

    for path in (f"/@{author.username}", f"/@{author.username}/{status.id}"):
        assert "<script" not in (await client.get(path)).text


@pytest.mark.parametrize("page", ["profile", "replies", "local", "tag", "thread", "feed"])
async def test_a_list_takes_as_many_queries_for_three_posts_as_for_one(ctx, client, queries, page):
    counts = []
    for number in (1, 3):
        author = await an_account(ctx)
        root = await a_status(ctx, by=author)
        for _ in range(number - 1):
            await a_status(ctx, by=await an_account(ctx), reply_to=root)
            await a_status(ctx, by=author)
        path = {
            "profile": f"/@{author.username}",
            "replies": f"/@{author.username}/with_replies",
            "local": "/public/local",
            "tag": "/tags/bread",
            "thread": f"/@{author.username}/{root.id}",
            "feed": f"/@{author.username}.rss",
        }[page]
        await client.get("/about")  # the site's words are read
        queries.clear()
        assert (await client.get(path)).status == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


async def test_a_profile_is_turned_page_by_page(ctx, client):
    author = await an_account(ctx)
    made = [(await a_status(ctx, by=author, text=f"number {n}")).id for n in range(45)]
    numbers = re.compile(r"<p>number (\d+)</p>")
    path = f"/@{author.username}"

    first = (await client.get(path)).text
    older = re.findall(rf'href="({path}\?max_id=\d+)"', first)[0]
    second = (await client.get(older)).text
    oldest = re.findall(rf'href="({path}\?max_id=\d+)"', second)[0]
    last = (await client.get(oldest)).text

    assert len(made) == 45
    shown = [int(n) for text in (first, second, last) for n in numbers.findall(text)]
    assert shown == list(range(44, -1, -1))
    assert "max_id" not in last
    newer = re.findall(rf'href="({path}\?min_id=\d+)"', last)[0]
    assert numbers.findall((await client.get(newer)).text) == numbers.findall(second)


async def test_a_feed_holds_public_posts_and_escapes_them(ctx, client):
    author = await an_account(ctx)
    await a_status(ctx, by=author, text="a & b")
    await a_status(ctx, by=author, text="hidden", visibility=Visibility.PRIVATE)

    answer = await client.get(f"/@{author.username}.rss")

    import xml.etree.ElementTree as ET

    assert answer.headers["content-type"] == "application/rss+xml; charset=utf-8"
    items = ET.fromstring(answer.text).findall("./channel/item/description")
    assert [item.text for item in items] == ["<p>a & b</p>"]


async def test_a_community_may_show_its_posts_to_members_only(ctx, client):
    from watertower.accounts.queries.site import set_site_setting

    async with ctx.transaction() as tx:
        await set_site_setting(tx, "shows_local_timeline", False)
    forget_site()
    try:
        assert where(await client.get("/public/local")).startswith("/auth/sign_in")
        assert "Latest posts" not in (await client.get("/")).text
        visit, _ = await signed_in(ctx, client)
        assert (await visit.get("/public/local")).status == 200
    finally:
        async with ctx.transaction() as tx:
            await set_site_setting(tx, "shows_local_timeline", None)
        forget_site()


async def test_the_front_page_of_a_member_is_a_place_to_write(ctx, client):
    visit, me = await signed_in(ctx, client)
    text = (await visit.get("/")).text
    assert 'action="/compose"' in text
    assert me.username in text
    assert isinstance(visit, Visit)
