"""Signing: the exact headers, and that a real server can verify what really arrives."""

from datetime import UTC, datetime
from ipaddress import ip_network

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from watertower.base.http.client import OutgoingClient
from watertower.base.http.rules import OutgoingRules
from watertower.federation.signatures.digest import write_content_digest, write_digest
from watertower.federation.signatures.sign import SigningKey, sign_request, signing_with
from watertower.federation.signatures.verify import signature_of, verify

NOW = datetime(2026, 11, 6, 10, 20, 30, tzinfo=UTC)
KEY_ID = "https://tower.example/users/bea#main-key"
BODY = b'{"type":"Follow"}'
DATE = "Fri, 06 Nov 2026 10:20:30 GMT"
TYPE = {"Content-Type": "application/activity+json", "User-Agent": "x", "Accept": "y"}
TYPE |= {"Collection-Synchronization": 'collectionId="c"'}


@pytest.fixture
def key(key_pair):
    return SigningKey(KEY_ID, key_pair[0])


def covered(headers):
    return signature_of("POST", "/", headers.items()).components


def test_a_cavage_delivery_has_the_headers_that_mastodon_sends(key):
    headers = sign_request(
        key, method="POST", url="https://Peer.example:443/inbox", body=BODY, now=NOW, headers=TYPE
    )
    signature = headers.pop("Signature")
    assert headers == {"Host": "peer.example", "Date": DATE, "Digest": write_digest(BODY)}
    names = "host date digest content-type collection-synchronization (request-target)"
    assert signature.startswith(
        f'keyId="{KEY_ID}",algorithm="rsa-sha256",headers="{names}",signature="'
    )


def test_an_rfc9421_delivery_covers_method_target_and_digest(key):
    headers = sign_request(
        key,
        method="post",
        url="https://peer.example:8443/inbox",
        body=BODY,
        now=NOW,
        scheme="rfc9421",
        headers=TYPE,
    )
    assert covered(headers) == (
        "@method",
        "@target-uri",
        "content-digest",
        "content-type",
        "collection-synchronization",
    )
    assert headers["Content-Digest"] == write_content_digest(BODY)
    assert headers["Host"] == "peer.example:8443"
    assert headers["Signature-Input"].endswith(
        f';created={int(NOW.timestamp())};keyid="{KEY_ID}";alg="rsa-v1_5-sha256"'
    )


def test_a_fetch_has_no_digest(key):
    for scheme in ("cavage", "rfc9421"):
        headers = sign_request(
            key, method="GET", url="https://peer.example", now=NOW, scheme=scheme
        )
        assert {"Digest", "Content-Digest"} & headers.keys() == set()


def test_a_private_key_does_not_show_in_logs(key):
    assert repr(key) == f"SigningKey(key_id='{KEY_ID}')"


@pytest.mark.parametrize("scheme", ["cavage", "rfc9421"])
@pytest.mark.parametrize(
    "path",
    ["", "/inbox", "/ä ö?x=ü&y=a+b%2Fc", "/%40ann/%2F?", "/a?b=c?d", "/~x/;y=1?%7E", "/a#fragment"],
)
async def test_what_arrives_at_a_real_server_verifies_also_after_a_redirect(
    key, key_pair, scheme, path
):
    verified = []

    async def receive(request):
        target = request.raw_path
        headers = [
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in request.raw_headers
        ]
        received = signature_of(request.method, target, headers)
        verify(
            received,
            public_pem=key_pair[1],
            body=await request.read(),
            host=f"127.0.0.1:{port}",
            now=NOW,
            scheme="http",
        )
        verified.append(request.method)
        if request.method == "GET" and "moved" not in target:
            return web.Response(status=302, headers={"Location": "/moved?a=b"})
        return web.Response()

    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", receive)
    server = TestServer(application, host="127.0.0.1")
    await server.start_server()
    port = server.port
    rules = OutgoingRules(allowed_networks=(ip_network("127.0.0.0/8"),), allow_http=True)
    client = OutgoingClient(rules)
    sign = signing_with(key, now=lambda: NOW, scheme=scheme)
    url = f"http://127.0.0.1:{port}{path}".replace(" ", "%20")
    try:
        got = await client.request("GET", url, sign=sign, limit_bytes=1000)
        posted = await client.request(
            "POST", url, headers=TYPE, body=BODY, sign=sign, limit_bytes=1000
        )
    finally:
        await client.close()
        await server.close()
    assert (got.status, posted.status, verified) == (200, 200, ["GET", "GET", "POST"])
