"""The outgoing client against real servers: what it fetches, and what it refuses."""

import asyncio
import gzip
import json
import time

import pytest
from aiohttp import web
from prometheus_client import REGISTRY

from watertower.base.errors import Unreachable
from watertower.base.http.errors import (
    AddressRefused,
    BadAnswer,
    BadRedirect,
    ConnectionFailed,
    NameNotFound,
    TimedOut,
    TooLargeAnswer,
    WrongType,
)

MEGABYTE = 1_000_000


async def echo(request):
    headers = dict(request.headers.items())
    return web.json_response(
        {"method": request.method, "path": request.path_qs, "headers": headers},
        headers={"X-Body": (await request.read()).decode()},
    )


def answering(**answer):
    """A handler that always gives this answer."""

    async def handler(_):
        return web.Response(**answer)

    return handler


def counted(outcome):
    return REGISTRY.get_sample_value("watertower_outgoing_total", {"outcome": outcome}) or 0


async def test_a_get_brings_status_headers_body_and_final_address(serve, client_with):
    port = await serve(hello=answering(text="hi", status=201))
    before = counted("status_2xx")
    answer = await client_with().request(
        "get", f"http://127.0.0.1:{port}/hello?b=c#d", limit_bytes=10
    )
    assert (answer.status, answer.body, answer.is_ok) == (201, b"hi", True)
    assert answer.headers["content-TYPE"] == "text/plain; charset=utf-8"
    assert answer.url == f"http://127.0.0.1:{port}/hello?b=c"
    assert counted("status_2xx") == before + 1


async def test_only_our_own_headers_are_sent(serve, client_with, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    port = await serve(echo=echo)
    answer = await client_with().request(
        "POST",
        f"http://127.0.0.1:{port}/echo",
        headers={"Host": "evil.example", "X-A": "b"},
        body=b"text",
        limit_bytes=MEGABYTE,
        accept_types=["application/json", "text/html"],
    )
    assert answer.headers["X-Body"] == "text"
    assert json.loads(answer.body) == {
        "method": "POST",
        "path": "/echo",
        "headers": {
            "Host": f"127.0.0.1:{port}",
            "X-A": "b",
            "User-Agent": "Test",
            "Accept": "application/json, text/html",
            "Accept-Encoding": "gzip, deflate",
            "Content-Length": "4",
        },
    }


async def test_cookies_are_neither_kept_nor_sent(serve, client_with):
    async def give(request):
        seen.append(request.headers.get("Cookie"))
        return web.Response(headers={"Set-Cookie": "a=b; Path=/"})

    seen = []
    port = await serve(give=give)
    client = client_with(names={"jar.example": ["127.0.0.1"]})
    for _ in range(2):
        await client.request("GET", f"http://jar.example:{port}/give", limit_bytes=9)
    assert seen == [None, None]


async def test_loopback_is_refused_before_any_connection(serve, client_with):
    async def never(_):
        asked.append(1)
        return web.Response()

    asked = []
    port = await serve(never=never)
    names = {"inside.example": ["127.0.0.1"], "mapped.example": ["::ffff:127.0.0.1"]}
    names |= {"compatible.example": ["::7f00:1"], "compatible10.example": ["::10.0.0.1"]}
    names |= {"mixed.example": ["1.1.1.1", "127.0.0.1"], "nat.example": ["64:ff9b::7f00:1"]}
    client = client_with(allowed_networks=(), names=names)
    before = counted("address_refused")
    hosts = [*names, "127.0.0.1", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "[::1]"]
    for host in hosts:
        with pytest.raises(AddressRefused) as refused:
            await client.request("GET", f"http://{host}:{port}/never", limit_bytes=9)
        assert isinstance(refused.value, Unreachable)
    assert asked == []
    assert counted("address_refused") == before + len(hosts)


async def test_the_systems_own_names_for_loopback_are_refused(serve, client_with):
    port = await serve(echo=echo)
    client = client_with(allowed_networks=())
    with pytest.raises(AddressRefused):
        await client.request("GET", f"http://localhost:{port}/echo", limit_bytes=MEGABYTE)


async def test_the_socket_factory_refuses_what_the_resolver_let_through(client_with, monkeypatch):
    """The last guard, if aiohttp ever resolves a name by another way."""
    from watertower.base.http.resolver import GuardedResolver

    async def careless(self, host, port=0, family=0):
        found = {"hostname": host, "port": port, "family": 2, "proto": 0, "flags": 0}
        return [found | {"host": "127.0.0.1"}, found | {"host": "127.0.0.2"}]

    monkeypatch.setattr(GuardedResolver, "resolve", careless)
    with pytest.raises(AddressRefused):
        await client_with(allowed_networks=()).request(
            "GET", "http://inside.example:4299/", limit_bytes=9
        )


async def test_a_name_that_changes_its_address_is_checked_at_each_resolution(serve, client_with):
    port = await serve(echo=echo)
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    client = client_with(names={"rebind.example": lambda: answers.pop(0)})
    url = f"http://rebind.example:{port}/echo"
    assert (await client.request("GET", url, limit_bytes=MEGABYTE)).status == 200
    await client.close()  # forget the connection and the cached name
    with pytest.raises(AddressRefused):
        await client.request("GET", url, limit_bytes=MEGABYTE)


async def test_unknown_names_and_closed_ports_are_told_apart(client_with):
    client = client_with(names={"here.example": ["127.0.0.1"]})
    with pytest.raises(NameNotFound):
        await client.request("GET", "http://nowhere.example/", limit_bytes=9)
    with pytest.raises(ConnectionFailed):
        await client.request("GET", "http://here.example:1/", limit_bytes=9)


async def test_slow_name_servers_are_not_waited_for(client_with):
    client = client_with(names={"slow.example": lambda: time.sleep(0.5) or []}, name_seconds=0.1)
    with pytest.raises(NameNotFound):
        await client.request("GET", "http://slow.example/", limit_bytes=9)


async def test_the_answer_may_have_exactly_its_limit(serve, client_with):
    port = await serve(
        plain=answering(body=bytes(1000)),
    )
    client, url = client_with(), f"http://127.0.0.1:{port}/plain"
    assert (await client.request("GET", url, limit_bytes=1000)).body == bytes(1000)
    with pytest.raises(TooLargeAnswer):
        await client.request("GET", url, limit_bytes=999)


async def test_an_endless_body_is_cut_off(serve, client_with):
    async def endless(request):
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                sent.append(1)
                await response.write(bytes(65_536))
        finally:
            ended.set()

    sent, ended = [], asyncio.Event()
    port = await serve(endless=endless)
    with pytest.raises(TooLargeAnswer):
        await client_with().request("GET", f"http://127.0.0.1:{port}/endless", limit_bytes=MEGABYTE)
    await asyncio.wait_for(ended.wait(), 5)
    assert len(sent) < 400


async def test_a_gzip_bomb_is_cut_off(serve, client_with):
    bomb = gzip.compress(bytes(300 * MEGABYTE), 6)
    port = await serve(bomb=answering(body=bomb, headers={"Content-Encoding": "gzip"}))
    started = time.process_time()
    with pytest.raises(TooLargeAnswer):
        await client_with().request("GET", f"http://127.0.0.1:{port}/bomb", limit_bytes=MEGABYTE)
    assert time.process_time() - started < 0.5


async def test_packed_answers_are_unpacked(serve, client_with):
    packed = gzip.compress(b"hello" * 1000)
    port = await serve(
        good=answering(body=packed, headers={"Content-Encoding": "gzip"}),
        bad=answering(body=b"x", headers={"Content-Encoding": "br"}),
    )
    client = client_with()
    url = f"http://127.0.0.1:{port}"
    assert (await client.request("GET", f"{url}/good", limit_bytes=9000)).body == b"hello" * 1000
    with pytest.raises(BadAnswer):
        await client.request("GET", f"{url}/bad", limit_bytes=9000)


async def test_the_page_of_an_error_is_cut_and_its_status_told(serve, client_with):
    port = await serve(gone=answering(status=410, body=bytes(9000)))
    answer = await client_with().request(
        "GET", f"http://127.0.0.1:{port}/gone", limit_bytes=1000, accept_types=["image/*"]
    )
    assert (answer.status, len(answer.body) <= 1000) == (410, True)


async def test_a_body_that_drips_ends_with_the_deadline(serve, client_with):
    async def drip(request):
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b".")
            await asyncio.sleep(0.05)

    port = await serve(drip=drip)
    started = time.monotonic()
    with pytest.raises(TimedOut):
        await client_with().request(
            "GET", f"http://127.0.0.1:{port}/drip", limit_bytes=MEGABYTE, deadline_seconds=0.4
        )
    assert time.monotonic() - started < 1


async def test_a_server_that_says_nothing_is_left_after_the_first_byte_budget(client_with):
    async def silent(reader, writer):
        await reader.read(1)
        await asyncio.sleep(5)

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    started = time.monotonic()
    with pytest.raises(TimedOut):
        await client_with(first_byte_seconds=0.3).request(
            "GET", f"http://127.0.0.1:{port}/", limit_bytes=9
        )
    assert time.monotonic() - started < 2
    server.close()


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (b"SSH-2.0-OpenSSH_9.9\r\n\r\n", BadAnswer),
        (b"", ConnectionFailed),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", ConnectionFailed),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", BadAnswer),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 5000 + b"\r\n", BadAnswer),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n", BadAnswer),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", BadAnswer),
    ],
)
async def test_nonsense_from_a_server_is_one_of_our_errors(client_with, sent, error):
    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(sent)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(error):
        await client_with().request("GET", f"http://127.0.0.1:{port}/", limit_bytes=1000)
    server.close()


async def test_only_expected_types_are_read(serve, client_with):
    port = await serve(page=answering(text="<p>", content_type="text/html"))
    client, url = client_with(), f"http://127.0.0.1:{port}/page"
    with pytest.raises(WrongType):
        await client.request("GET", url, limit_bytes=9, accept_types=["application/activity+json"])
    answer = await client.request("GET", url, limit_bytes=9, accept_types=["text/html"])
    assert answer.body == b"<p>"
    head = await client.request("HEAD", url, limit_bytes=9, accept_types=["image/*"])
    assert (head.status, head.body) == (200, b"")


async def test_at_most_so_many_connections_go_to_one_host(serve, client_with):
    async def slow(_):
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.05)
        now -= 1
        return web.Response()

    now = most = 0
    port = await serve(slow=slow)
    client = client_with(connections_per_host=2)
    url = f"http://127.0.0.1:{port}/slow"
    await asyncio.gather(*[client.request("GET", url, limit_bytes=9) for _ in range(8)])
    assert most == 2


async def test_a_redirect_error_names_the_kind_in_the_metric(serve, client_with):
    async def loop(request):
        raise web.HTTPFound("/loop")

    port = await serve(loop=loop)
    before = counted("bad_redirect")
    with pytest.raises(BadRedirect):
        await client_with().request("GET", f"http://127.0.0.1:{port}/loop", limit_bytes=9)
    assert counted("bad_redirect") == before + 1
