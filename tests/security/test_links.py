"""Addresses that people and servers write: shown whole where it matters, bounded, and put together safely."""

import re
import time
from ipaddress import ip_network
from urllib.parse import unquote

import pytest
from aiohttp import web

from tests.feeds.world import a_member, sql
from tests.world import an_account
from watertower.accounts.domains import domain_name
from watertower.base.http.client import OutgoingClient
from watertower.base.http.rules import OutgoingRules
from watertower.base.text.fields import field_html
from watertower.base.text.html_of import link_html
from watertower.federation.reading import uri_of
from watertower.federation.remote.webfinger import canonical_domain, split_handle
from watertower.moderation.jobs.server_facts import ask_server


@pytest.mark.parametrize("tail", ["", "/", "/path", "?q=1", "#x", ":8443/x"])
def test_the_whole_host_of_a_link_is_shown_however_long(tail):
    host = "accounts.bank.example.with-a-very-long-name-in-front.evil.example"
    for make in (link_html, field_html):
        html = make(f"https://{host}{tail}")
        shown = re.sub(r'<span class="invisible">[^<]*</span>', "", html)
        assert host in re.sub(r"<[^>]*>", "", shown)
        assert f'href="https://{host}{tail}"' in html
    # What is written before an @ is no host, and such an address is no link of a field.
    assert "href" not in field_html("https://bank.example@evil.example/")


async def test_an_endless_link_is_no_link_to_fetch(ctx, client, drain):
    _, app = await a_member(ctx, client)
    url = "https://long.example/" + "a" * 5000
    answer = await app.post("/api/v1/statuses", json={"status": f"see {url}"})
    await drain()

    if answer.status == 200:
        card = "SELECT card_id FROM statuses WHERE id = $1"
        assert await sql(ctx, card, int(answer.json["id"])) is None
        assert len(answer.json["content"]) < 20_000
    else:
        assert answer.status == 422


async def test_letting_in_somebody_who_never_asked_makes_no_follow(ctx, client):
    member, app = await a_member(ctx, client)
    stranger = await an_account(ctx)
    ties = (
        "SELECT (SELECT count(*) FROM follows WHERE account_id = $1 OR target_account_id = $1) "
        "+ (SELECT count(*) FROM follow_requests WHERE account_id = $1 OR target_account_id = $1)"
    )

    for verb in ("authorize", "reject"):
        for number in (stranger.id, member.id, 1):
            answer = await app.post(f"/api/v1/follow_requests/{number}/{verb}")
            assert answer.status in {200, 404}
            if answer.status == 200:
                assert not answer.json["followed_by"]
    assert await sql(ctx, ties, member.id) == 0


async def test_a_handle_adds_nothing_to_the_address_that_is_asked(ctx, far):
    names = ("a&resource=acct:root", "a%2f..%2f..%2fetc", "a+b", "a;b", "a,b", "a'b", "(a)", "a=b")
    for name in names:
        await ctx.remote.find_account(f"@{name}@{far.host}")
    for name in ("a/../../x", "a?x=1", "a#b", "a b", "a\r\nHost: x", "a@b", "a\\b", ""):
        assert await ctx.remote.find_account(f"@{name}@{far.host}/x") is None
        await ctx.remote.find_account(f"@{name}@{far.host}")

    for _, path in far.asked:
        start, _, resource = path.partition("?resource=")
        if start == "/.well-known/host-meta":
            continue
        assert start == "/.well-known/webfinger"
        assert not set(resource) & set("&?#/ +;=")
        assert unquote(resource).startswith("acct:")
        assert unquote(resource).endswith(f"@{far.host}")


@pytest.mark.parametrize("piece", ["a.", "a-", "-", ".", "a" * 64 + ".", "ä.", "[", ":", "1.", "@"])
def test_hostile_domains_are_read_in_bounded_time(piece):
    text = piece * (65_536 // len(piece))
    started = time.process_time()
    for read in (canonical_domain, split_handle, domain_name):
        read(text)
        read(f"x@{text}!")
    uri_of(f"https://{text}/")
    assert time.process_time() - started < 0.5


async def test_what_a_nodeinfo_leads_to_is_no_place_inside(ctx, monkeypatch):
    asked = []

    def serving(name, answer):
        async def handle(request):
            asked.append((name, request.path))
            return web.json_response(answer())

        app = web.Application()
        app.router.add_get("/{path:.*}", handle)
        return web.AppRunner(app)

    inside = serving("inside", lambda: {"software": {"name": "secret"}})
    await inside.setup()
    await web.TCPSite(inside, "127.0.0.2", 0).start()
    port = inside.addresses[0][1]
    targets = [f"http://127.0.0.2:{port}/n", f"http://[::ffff:127.0.0.2]:{port}/n",
               'data:application/json,{"software":{"name":"secret"}}', "file:///etc/passwd"]  # fmt: skip
    schema = "http://nodeinfo.diaspora.software/ns/schema/2.0"
    outside = serving(
        "outside", lambda: {"links": [{"rel": schema, "href": one} for one in targets[:2]]}
    )
    await outside.setup()
    await web.TCPSite(outside, "127.0.0.1", 0).start()
    domain = f"127.0.0.1:{outside.addresses[0][1]}"
    rules = OutgoingRules(allow_http=True, allowed_networks=(ip_network("127.0.0.1/32"),))
    client = OutgoingClient(rules)
    monkeypatch.setattr(ctx, "http", client)
    try:
        for _ in range(2):
            await ask_server(ctx, domain=domain)
            targets.reverse()
    finally:
        await client.close()
        await inside.cleanup()
        await outside.cleanup()

    assert {name for name, _ in asked} == {"outside"}
    software = "SELECT count(*) FROM server_facts WHERE software = 'secret'"
    assert await sql(ctx, software) == 0
