"""TLS: certificates are checked always, and an operator may add an authority."""

import pytest
from aiohttp import web

from watertower.base.http.errors import BadRedirect, BadTls, ConnectionFailed

NAMES = {"tower.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}


async def hello(_):
    return web.Response(text="hello")


async def test_an_added_authority_is_trusted_and_only_for_its_names(serve, client_with, authority):
    port = await serve(tls=authority.context_for("tower.example"), hello=hello)
    client = client_with(names=NAMES, allow_http=False, extra_ca_file=str(authority.file))
    answer = await client.request("GET", f"https://tower.example:{port}/hello", limit_bytes=9)
    assert answer.body == b"hello"
    with pytest.raises(BadTls):
        await client.request("GET", f"https://other.example:{port}/hello", limit_bytes=9)


async def test_an_unknown_authority_is_not_trusted(serve, client_with, authority):
    port = await serve(tls=authority.context_for("tower.example"), hello=hello)
    with pytest.raises(BadTls):
        await client_with(names=NAMES).request(
            "GET", f"https://tower.example:{port}/hello", limit_bytes=9
        )


async def test_an_expired_certificate_is_not_trusted(serve, client_with, authority):
    port = await serve(tls=authority.context_for("tower.example", days=-1), hello=hello)
    client = client_with(names=NAMES, extra_ca_file=str(authority.file))
    with pytest.raises(BadTls):
        await client.request("GET", f"https://tower.example:{port}/hello", limit_bytes=9)


async def test_a_server_without_tls_fails(serve, client_with):
    port = await serve(hello=hello)
    with pytest.raises((BadTls, ConnectionFailed)):
        await client_with(names=NAMES).request(
            "GET", f"https://tower.example:{port}/hello", limit_bytes=9
        )


async def test_a_redirect_from_https_to_http_is_refused_even_where_http_is_allowed(
    serve, client_with, authority
):
    async def down(_):
        raise web.HTTPFound(f"http://tower.example:{plain}/hello")

    plain = await serve(hello=hello)
    port = await serve(tls=authority.context_for("tower.example"), down=down)
    client = client_with(names=NAMES, extra_ca_file=str(authority.file))
    with pytest.raises(BadRedirect):
        await client.request("GET", f"https://tower.example:{port}/down", limit_bytes=9)


def test_an_authority_file_that_is_missing_stops_the_start(client_with, tmp_path):
    with pytest.raises(FileNotFoundError):
        client_with(extra_ca_file=str(tmp_path / "none.pem"))
