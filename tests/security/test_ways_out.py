"""Whatever makes this server ask another machine: it never asks one inside."""

from dataclasses import asdict, replace

import pytest
from aiohttp import web

from tests.feeds.world import sql
from tests.world import a_status, an_account, unique
from watertower.accounts.jobs.verify_links import verify_links
from watertower.base.errors import Refused
from watertower.base.http.client import OutgoingClient
from watertower.base.http.rules import OutgoingRules
from watertower.base.json import to_json
from watertower.base.settings import TranslationSettings
from watertower.federation.remote.fetch_document import fetch_document
from watertower.federation.remote.webfinger import look_up
from watertower.media.access.addresses import addresses_of
from watertower.media.queries.media import find_media
from watertower.media.steps.remote import RemoteFile, attach_remote
from watertower.moderation.actions.webhooks.send import send
from watertower.moderation.steps.blocklists import fetched
from watertower.moderation.steps.page_text import fetch_text
from watertower.statuses.actions.translate import translate
from watertower.statuses.jobs.fetch_card import fetch_card


@pytest.fixture
async def inside(ctx, monkeypatch):
    """A service of this machine that nobody may be led to; and the client of a real server."""
    asked = []

    async def answer(request):
        asked.append(request.path)
        return web.Response(text="secret")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    # As on a real server, but for the port and the scheme, so that only the address refuses.
    client = OutgoingClient(OutgoingRules(allow_http=True))
    monkeypatch.setattr(ctx, "http", client)
    yield [f"http://{host}:{port}" for host in HOSTS], asked
    await client.close()
    await runner.cleanup()


HOSTS = ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::7f00:1]", "2130706433", "0x7f.1",
         "127.1", "[64:ff9b::7f00:1]", "0")  # fmt: skip


async def through_a_webhook(ctx, url):
    webhook = await sql(
        ctx,
        "INSERT INTO webhooks (url, events, secret, created_at, updated_at) "
        "VALUES ($1, '{action.taken}', 'x', now(), now()) RETURNING id",
        url,
    )
    delivery = await sql(
        ctx,
        "INSERT INTO webhook_deliveries (webhook_id, event, object_id, created_at) "
        "VALUES ($1, 'action.taken', 1, now()) RETURNING id",
        webhook,
    )
    found = await send(ctx, delivery_id=delivery, body=b"{}")
    assert not found.is_delivered
    assert "secret" not in found.problem


async def through_a_card(ctx, url):
    author = await an_account(ctx, domain=f"{unique('x').replace('_', '-')}.example")
    status = await a_status(ctx, by=author)
    html = f'<p><a href="{url}/{unique("card")}">x</a></p>'
    await sql(ctx, "UPDATE statuses SET content_html = $2 WHERE id = $1", status.id, html)
    await fetch_card.run(ctx, status_id=status.id)
    assert await sql(ctx, "SELECT card_id FROM statuses WHERE id = $1", status.id) is None


async def through_a_profile(ctx, url):
    fields = to_json([{"name": "a", "value": url, "html": url, "verified_at": None}])
    account = await an_account(ctx, fields=fields)
    await verify_links.run(ctx, account_id=account.id)


async def through_a_picture(ctx, url):
    bob = await an_account(ctx, domain="far.example")
    status = await a_status(ctx, bob)
    async with ctx.transaction() as tx:
        ids = await attach_remote(
            tx,
            account_id=bob.id,
            status_id=status.id,
            files=[RemoteFile(f"{url}/a.png", "image/png")],
            at=ctx.now(),
        )
    from watertower.media.actions.fetch_remote import fetch_remote

    for media_id in ids:
        with pytest.raises(Refused):
            await fetch_remote(ctx, media_id=media_id, part="original")


async def through_a_translation(ctx, url):
    settings = replace(
        ctx.settings, translation=TranslationSettings(provider="libretranslate", url=url)
    )
    with pytest.raises(Refused):
        await translate(
            replace(ctx, settings=settings), texts=[unique("x")], source="en", target="de"
        )


async def refused(coroutine):
    with pytest.raises(Refused):
        await coroutine


WAYS = {
    "webhook": through_a_webhook,
    "card": through_a_card,
    "rel=me": through_a_profile,
    "picture": through_a_picture,
    "blocklist": lambda ctx, url: refused(fetched(ctx, url=f"{url}/list.csv")),
    "terms of a server": lambda ctx, url: refused(fetch_text(ctx, f"{url}/about")),
    "document": lambda ctx, url: refused(fetch_document(ctx, f"{url}/users/x")),
    "webfinger": lambda ctx, url: refused(
        look_up(ctx, username="x", domain=url.removeprefix("http://"))
    ),
    "translation": through_a_translation,
}


@pytest.mark.parametrize("way", WAYS)
async def test_nothing_inside_is_asked_for_whichever_way_it_is_named(ctx, inside, way):
    addresses, asked = inside

    for url in addresses:
        await WAYS[way](ctx, url)

    assert asked == []


async def test_a_search_for_an_address_shows_nothing_of_what_lies_there(ctx, client, inside):
    from tests.feeds.world import a_member

    _, app = await a_member(ctx, client)
    addresses, asked = inside
    for url in addresses:
        answer = await app.get("/api/v2/search", params={"q": f"{url}/x", "resolve": "true"})
        assert answer.status == 200
        assert answer.json["accounts"] == answer.json["statuses"] == []
        assert "secret" not in answer.text
    assert asked == []


async def test_a_page_that_leads_on_to_anothers_verifies_nothing(ctx):
    """An open redirect on a famous site, towards a page of one's own that links back."""
    me = await an_account(ctx)

    async def own(_request):
        return web.Response(text=f'<a rel="me" href="{me.url}">', content_type="text/html")

    async def famous(request):
        return web.Response(status=302, headers={"Location": request.query["to"]})

    runners, bases = [], []
    for handler in (own, famous):
        app = web.Application()
        app.router.add_get("/", handler)
        app.router.add_get("/own", own)
        runners.append(web.AppRunner(app))
        await runners[-1].setup()
        await web.TCPSite(runners[-1], "127.0.0.1", 0).start()
        bases.append(f"http://127.0.0.1:{runners[-1].addresses[0][1]}")
    values = [f"{bases[1]}/?to={bases[0]}/", f"{bases[1]}/?to=/own"]
    fields = [{"name": "a", "value": one, "html": one, "verified_at": None} for one in values]
    await sql(ctx, "UPDATE accounts SET fields = $2 WHERE id = $1", me.id, to_json(fields))
    try:
        await verify_links.run(ctx, account_id=me.id)
    finally:
        for runner in runners:
            await runner.cleanup()

    async with ctx.reading() as tx:
        from watertower.accounts.queries.accounts import find_account

        shown = (await find_account(tx, account_id=me.id)).fields
    assert [one["verified_at"] is not None for one in shown] == [False, True]


async def test_servers_of_our_kind_do_not_fetch_through_our_proxy(ctx, client):
    bob = await an_account(ctx, domain="far.example")
    status = await a_status(ctx, bob)
    async with ctx.transaction() as tx:
        (media_id,) = await attach_remote(
            tx,
            account_id=bob.id,
            status_id=status.id,
            files=[RemoteFile("http://127.0.0.1:9/a.png", "image/png")],
            at=ctx.now(),
        )
        media = await find_media(tx, media_id=media_id)
    for address in addresses_of(ctx, asdict(media)):
        agent = {"User-Agent": ctx.http.rules.user_agent}
        assert (await client.get(address, headers=agent)).status == 404
        assert (await client.get(address, headers={"User-Agent": "Mozilla/5.0"})).status == 503
