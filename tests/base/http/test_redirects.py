"""Redirects: each hop is checked and signed anew, and secrets stay where they were meant."""

import pytest
from aiohttp import web

from watertower.base.http.errors import AddressRefused, BadAddress, BadRedirect

PRIVATE = ["http://10.0.0.1/", "http://[::1]/", "http://2130706433/", "//169.254.169.254/latest"]


@pytest.fixture
async def two_servers(serve):
    """A hop and a target; `asked` tells what arrived where."""
    asked = []

    async def hop(request):
        asked.append(("hop", request.method, dict(request.headers)))
        return web.Response(
            status=int(request.query.get("status", "302")),
            headers={"Location": request.query["to"]},
        )

    async def end(request):
        asked.append(("end", request.method, dict(request.headers)))
        return web.Response(text="end")

    first = await serve(hop=hop, end=end)
    second = await serve(hop=hop, end=end)
    return f"http://127.0.0.1:{first}", f"http://127.0.0.1:{second}", asked


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_get_follows_to_the_same_server_with_its_headers(two_servers, client_with, status):
    first, _, asked = two_servers
    answer = await client_with().request(
        "GET",
        f"{first}/hop?status={status}&to=/end",
        headers={"Authorization": "secret"},
        limit_bytes=9,
    )
    assert (answer.status, answer.body, answer.url) == (200, b"end", f"{first}/end")
    assert [headers.get("Authorization") for _, _, headers in asked] == ["secret", "secret"]


async def test_secrets_do_not_follow_to_another_server(two_servers, client_with):
    first, second, asked = two_servers
    secrets = {"Authorization": "a", "Signature": "b", "signature-input": "c", "Cookie": "d"}
    await client_with().request(
        "GET", f"{first}/hop?to={second}/end", headers=secrets | {"X-Kept": "e"}, limit_bytes=9
    )
    _, _, received = asked[-1]
    assert received["X-Kept"] == "e"
    assert {name.lower() for name in received} & {name.lower() for name in secrets} == set()


async def test_each_hop_is_signed_for_its_own_address(two_servers, client_with):
    first, second, asked = two_servers

    def sign(method, url, headers, body):
        return {"Signature": f"{method} {url} {body!r}", "Host": "ignored.example"}

    await client_with().request("GET", f"{first}/hop?to={second}/end", sign=sign, limit_bytes=9)
    assert [headers["Signature"] for _, _, headers in asked] == [
        f"GET {first}/hop?to={second}/end b''",
        f"GET {second}/end b''",
    ]
    assert [headers["Host"] for _, _, headers in asked] == [first[7:], second[7:]]


@pytest.mark.parametrize("target", PRIVATE)
async def test_a_redirect_to_a_private_address_is_refused(two_servers, client_with, target):
    first, _, asked = two_servers
    with pytest.raises(AddressRefused):
        await client_with().request("GET", f"{first}/hop?to={target}", limit_bytes=9)
    assert len(asked) == 1


async def test_a_redirect_to_a_name_that_is_private_is_refused(two_servers, client_with):
    first, _, _ = two_servers
    client = client_with(names={"inside.example": ["192.168.1.1"]})
    with pytest.raises(AddressRefused):
        await client.request("GET", f"{first}/hop?to=http://inside.example/", limit_bytes=9)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://x/", "http://a:b@c.example/"])
async def test_a_redirect_to_another_scheme_or_with_a_password_is_bad(
    two_servers, client_with, target
):
    first, _, _ = two_servers
    with pytest.raises(BadAddress):
        await client_with().request("GET", f"{first}/hop?to={target}", limit_bytes=9)


async def test_a_post_never_follows(two_servers, client_with):
    first, second, asked = two_servers
    answer = await client_with().request(
        "POST", f"{first}/hop?status=307&to={second}/end", body=b"x", limit_bytes=9
    )
    assert (answer.status, answer.headers["Location"]) == (307, f"{second}/end")
    assert [where for where, _, _ in asked] == ["hop"]


async def test_no_more_redirects_than_allowed_are_followed(two_servers, client_with):
    first, _, asked = two_servers

    def chain(length):
        return (
            first + "/hop?to=" * 1 + "/end"
            if length == 1
            else f"{first}/hop?to={chain_tail(length)}"
        )

    def chain_tail(length):
        from urllib.parse import quote

        return "/end" if length == 1 else quote(f"/hop?to={chain_tail(length - 1)}", safe="")

    client = client_with()
    answer = await client.request("GET", chain(2), max_redirects=2, limit_bytes=9)
    assert answer.body == b"end"
    with pytest.raises(BadRedirect):
        await client.request("GET", chain(3), max_redirects=2, limit_bytes=9)
    asked.clear()
    answer = await client.request("GET", chain(1), max_redirects=0, limit_bytes=9)
    assert (answer.status, len(asked)) == (302, 1)


async def test_a_redirect_without_a_target_is_an_answer(serve, client_with):
    async def nowhere(_):
        return web.Response(status=302)

    port = await serve(nowhere=nowhere)
    answer = await client_with().request("GET", f"http://127.0.0.1:{port}/nowhere", limit_bytes=9)
    assert answer.status == 302
