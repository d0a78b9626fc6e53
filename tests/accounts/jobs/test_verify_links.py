"""Links of profiles are verified by what their pages say, now and every week."""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web

from tests.api.v1.accounts.people import signed_in
from tests.world import an_account
from watertower.accounts.jobs.verify_links import reverify_links, verify_links
from watertower.base.errors import Refused

CREDENTIALS = "/api/v1/accounts/update_credentials"


class Pages:
    """A web site of the outside world: what it answers, and how often it was asked."""

    def __init__(self):
        self.body, self.status, self.kind, self.asked = "", 200, "text/html", 0

    async def answer(self, _request):
        self.asked += 1
        return web.Response(text=self.body, status=self.status, content_type=self.kind)


@asynccontextmanager
async def serving(pages):
    site = web.Application()
    site.router.add_get("/{tail:.*}", pages.answer)
    runner = web.AppRunner(site)
    await runner.setup()
    tcp = web.TCPSite(runner, "127.0.0.1", 0)
    await tcp.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/me"
    finally:
        await runner.cleanup()


@pytest.fixture
async def pages():
    return Pages()


@pytest.fixture
async def url(pages):
    async with serving(pages) as address:
        yield address


async def verified(client, me):
    """verified_at of each field, and the version that shows it."""
    seen = (await client.get(f"/api/v1/accounts/{me.id}")).json
    return [field["verified_at"] is not None for field in seen["fields"]]


async def put_fields(app, *values):
    fields = [{"name": f"n{n}", "value": value} for n, value in enumerate(values)]
    assert (await app.patch(CREDENTIALS, json={"fields_attributes": fields})).status == 200


async def test_a_page_that_links_back_is_verified_and_stays_so(ctx, client, drain, pages, url):
    me = await an_account(ctx)
    app = await signed_in(ctx, client, me)
    pages.body = f'<html><a rel="me" href="{me.url}">me</a>'

    await put_fields(app, url, "tea", f"{ctx.settings.base_url}/@{me.username}")
    assert await verified(client, me) == [False, False, False]
    await drain()
    assert await verified(client, me) == [True, False, False]
    assert pages.asked == 1

    await put_fields(app, "coffee", url)
    assert await verified(client, me) == [False, True]
    await put_fields(app, "coffee", f"{url}/other")
    assert await verified(client, me) == [False, False]
    await drain()


async def test_a_page_that_no_longer_links_back_loses_its_mark_an_unreachable_one_does_not(
    ctx, client, drain, pages, url
):
    me = await an_account(ctx)
    app = await signed_in(ctx, client, me)
    pages.body = f'<link rel="me" href="{me.uri}">'
    await put_fields(app, url)
    await drain()

    outcomes = []
    for status, body in ((500, ""), (403, ""), (200, "<p>sold</p>")):
        pages.status, pages.body = status, body
        await verify_links.run(ctx, account_id=me.id)
        outcomes.append(await verified(client, me))
    assert outcomes == [[True], [True], [False]]


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "image/png"])
async def test_only_pages_prove_anything(ctx, client, drain, pages, url, kind):
    me = await an_account(ctx)
    pages.body, pages.kind = f'<a rel="me" href="{me.url}">', kind
    await put_fields(await signed_in(ctx, client, me), url)
    await drain()
    assert await verified(client, me) == [False]


async def test_a_page_that_is_too_long_proves_nothing(ctx, client, drain, pages, url):
    me = await an_account(ctx)
    pages.body = f'<a rel="me" href="{me.url}">' + " " * 1_100_000
    await put_fields(await signed_in(ctx, client, me), url)
    await drain()
    assert await verified(client, me) == [False]


async def test_fields_that_changed_meanwhile_are_left_alone(ctx, client, pages, url, monkeypatch):
    me = await an_account(ctx)
    app = await signed_in(ctx, client, me)
    pages.body = f'<a rel="me" href="{me.url}">'
    await put_fields(app, url)
    ask = ctx.http.request

    async def slowly(*args, **options):
        answer = await ask(*args, **options)
        await put_fields(app, "changed my mind")
        return answer

    monkeypatch.setattr(ctx.http, "request", slowly)
    await verify_links.run(ctx, account_id=me.id)
    seen = (await client.get(f"/api/v1/accounts/{me.id}")).json["fields"]
    assert [(f["value"], f["verified_at"]) for f in seen] == [("changed my mind", None)]


async def test_every_week_each_profile_with_links_is_looked_at_again(
    ctx, client, drain, pages, url
):
    me, without = await an_account(ctx), await an_account(ctx)
    await put_fields(await signed_in(ctx, client, me), url)
    await put_fields(await signed_in(ctx, client, without), "tea")
    await drain()
    async with ctx.transaction() as tx:
        await tx.execute("TRUNCATE pgqueuer")
    await reverify_links.run(ctx)
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT convert_from(payload, 'UTF8') AS payload, execute_after - now() AS after "
            "FROM pgqueuer"
        )
    mine = [row for row in rows if str(me.id) in row["payload"]]
    assert len(mine) == 1
    assert timedelta(0) <= mine[0]["after"] + timedelta(seconds=60) <= timedelta(days=1, minutes=2)
    assert [row for row in rows if str(without.id) in row["payload"]] == []


async def test_accounts_that_are_gone_are_no_error(ctx):
    try:
        await verify_links.run(ctx, account_id=1)
    except Refused:
        pytest.fail("nobody is there to be told")
