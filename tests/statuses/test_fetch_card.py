"""Preview cards: a page is fetched once for all who point to it."""

import asyncio
import io

import pytest
from aiohttp import web
from PIL import Image

from tests.world import a_status, an_account, unique
from watertower.statuses.jobs.fetch_card import fetch_card

PAGE = """<!doctype html><html lang="de"><head><title>Not this</title>
<meta property="og:title" content="Der Turm &amp; das Wasser">
<meta property="og:description" content="Hoch oben">
<meta property="og:site_name" content="Turmblatt">
<meta property="og:image" content="/tower.png">
<meta property="og:image:alt" content="A tower">
<meta name="author" content="Ada">
<meta property="article:published_time" content="2026-01-02T03:04:05Z">
</head><body>Text</body></html>"""


@pytest.fixture
async def site():
    """A web site that counts what is asked of it."""
    asked = []

    async def page(request):
        asked.append(request.path)
        await asyncio.sleep(0.1)
        return web.Response(text=PAGE, content_type="text/html")

    async def picture(request):
        out = io.BytesIO()
        Image.new("RGB", (640, 480), "navy").save(out, "PNG")
        return web.Response(body=out.getvalue(), content_type="image/png")

    async def empty(request):
        asked.append(request.path)
        return web.Response(text="<p>Nothing</p>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/tower.png", picture)
    app.router.add_get("/empty{n}", empty)
    app.router.add_get("/page{n}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    port = listening._server.sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}", asked
    await runner.cleanup()


async def a_link(ctx, url):
    alice = await an_account(ctx)
    html = (
        f'<p><a class="u-url mention" href="https://a.example/@b">@b</a> <a href="{url}">x</a></p>'
    )
    return await a_status(ctx, by=alice, content_html=html)


async def test_a_page_becomes_a_card_with_our_copy_of_its_picture(ctx, client, site):
    base, _ = site
    url = f"{base}/page{unique('')}"
    status = await a_link(ctx, url)

    await fetch_card.run(ctx, status_id=status.id)

    card = (await client.get(f"/api/v1/statuses/{status.id}")).json["card"]
    assert card["image"].startswith(ctx.settings.media_url)
    assert card["blurhash"]
    assert card["width"] / card["height"] == pytest.approx(640 / 480, rel=0.01)
    assert card | {"image": None, "blurhash": None, "width": 0, "height": 0} == {
        "url": url,
        "title": "Der Turm & das Wasser",
        "description": "Hoch oben",
        "language": "de",
        "type": "link",
        "author_name": "Ada",
        "author_url": "",
        "provider_name": "Turmblatt",
        "provider_url": base,
        "html": "",
        "width": 0,
        "height": 0,
        "image": None,
        "image_description": "A tower",
        "embed_url": "",
        "blurhash": None,
        "published_at": card["published_at"],
        "authors": [{"name": "Ada", "url": "", "account": None}],
        "missing_attribution": None,
    }
    assert card["published_at"].startswith("2026-01-02T03:04:05")


async def test_many_statuses_with_one_link_ask_once(ctx, client, site, drain):
    base, asked = site
    url = f"{base}/page{unique('')}"
    statuses = [await a_link(ctx, url) for _ in range(4)]

    await asyncio.gather(*(fetch_card.run(ctx, status_id=status.id) for status in statuses))
    for status in statuses:  # what waited looks again
        await fetch_card.run(ctx, status_id=status.id)

    assert len(asked) == 1
    cards = [(await client.get(f"/api/v1/statuses/{s.id}")).json["card"] for s in statuses]
    assert [card["title"] for card in cards] == ["Der Turm & das Wasser"] * 4


async def test_a_page_without_a_title_or_away_is_no_card_and_is_not_asked_again(ctx, client, site):
    base, asked = site
    empty = await a_link(ctx, f"{base}/empty{unique('')}")
    away = await a_link(ctx, f"{base}/gone")
    private = await a_link(ctx, "http://10.0.0.1/secret")

    for status in (empty, away, private, empty):
        await fetch_card.run(ctx, status_id=status.id)

    assert len(asked) == 1
    for status in (empty, away, private):
        assert (await client.get(f"/api/v1/statuses/{status.id}")).json["card"] is None
