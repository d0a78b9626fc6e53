"""Web Push from the app's subscription to what its push service receives, decrypted there."""

import base64
import json
import os
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.world import a_follow, a_status, a_token, an_account
from watertower.accounts.steps.revoke import revoke_tokens
from watertower.base.errors import Unreachable
from watertower.feeds.push.send import push_to_app


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hkdf(secret, salt, info, length):
    return HKDF(SHA256(), length, salt, info).derive(secret)


@dataclass
class Service:
    """A push service and the app behind it, which has the keys."""

    url: str = ""
    status: int = 201
    received: list = field(default_factory=list)
    pair: object = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def point(self):
        return self.pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def shared_with(self, point):
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        return self.pair.exchange(ec.ECDH(), other)

    def read_standard(self, body):
        """RFC 8291, as an app reads it."""
        salt, size, length = body[:16], body[16:20], body[20]
        assert int.from_bytes(size, "big") == 4096
        point, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(body) <= 4096
        secret = hkdf(
            self.shared_with(point), self.auth, b"WebPush: info\0" + self.point + point, 32
        )
        key = hkdf(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = hkdf(secret, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain[-1:] == b"\x02"
        return json.loads(plain[:-1])

    def read_legacy(self, headers, body):
        """draft-ietf-webpush-encryption-04, as an app reads it."""
        salt = decoded(headers["Encryption"].removeprefix("salt="))
        parts = dict(part.split("=", 1) for part in headers["Crypto-Key"].split(";"))
        point = decoded(parts["dh"])
        secret = hkdf(self.shared_with(point), self.auth, b"Content-Encoding: auth\0", 32)
        context = b"P-256\0\0\x41" + self.point + b"\0\x41" + point
        key = hkdf(secret, salt, b"Content-Encoding: aesgcm\0" + context, 16)
        nonce = hkdf(secret, salt, b"Content-Encoding: nonce\0" + context, 12)
        plain = AESGCM(key).decrypt(nonce, body, None)
        return json.loads(plain[2 + int.from_bytes(plain[:2], "big") :])


@pytest.fixture
async def service():
    found = Service()

    async def take(request):
        found.received.append((dict(request.headers), await request.read()))
        return web.Response(status=found.status)

    app = web.Application()
    app.router.add_post("/push/{id}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
    yield found
    await runner.cleanup()


async def subscribe(app, service, **data):
    standard = data.pop("standard", True)
    alerts = data.pop("alerts", {"mention": True, "favourite": True})
    answer = await app.post(
        "/api/v1/push/subscription",
        json={
            "subscription": {
                "endpoint": service.url + "/push/1",
                "keys": {"p256dh": encoded(service.point), "auth": encoded(service.auth)},
                "standard": standard,
            },
            "data": {"alerts": alerts, **data},
        },
    )
    assert answer.status == 200, answer.text
    return answer.json


async def star(ctx, client, drain, who, status):
    app = client.signed_in(await a_token(ctx, who))
    await app.post(f"/api/v1/statuses/{status.id}/favourite")
    await drain()


def claims_of(token, point):
    """The claims of a JSON Web Token, after its signature was found good."""
    head, claims, signature = token.split(".")
    raw = decoded(signature)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(point))
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    assert json.loads(decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    return json.loads(decoded(claims))


@pytest.mark.parametrize("standard", [True, False])
async def test_the_app_can_read_what_its_service_carries(ctx, client, drain, service, standard):
    alice = await an_account(ctx)
    bob = await an_account(ctx, display_name="Bob <b>")
    status = await a_status(ctx, by=alice, text="my post &amp; more")
    token = await a_token(ctx, alice)
    made = await subscribe(client.signed_in(token), service, standard=standard)

    await star(ctx, client, drain, bob, status)

    [(headers, body)] = service.received
    assert (headers["TTL"], headers["Urgency"]) == ("172800", "normal")
    if standard:
        assert headers["Content-Encoding"] == "aes128gcm"
        message = service.read_standard(body)
        signed, key = headers["Authorization"].removeprefix("vapid t=").split(", k=")
    else:
        assert headers["Content-Encoding"] == "aesgcm"
        message = service.read_legacy(headers, body)
        signed = headers["Authorization"].removeprefix("WebPush ")
        key = headers["Crypto-Key"].split("p256ecdsa=")[1]
    assert key == made["server_key"]
    claims = claims_of(signed, key)
    assert (claims["aud"], claims["sub"]) == (service.url, "mailto:webmaster@localhost")
    async with ctx.reading() as tx:
        notification_id = await tx.fetch_value(
            "SELECT id FROM notifications WHERE account_id = $1", alice.id
        )
    assert message == {
        "access_token": token,
        "preferred_locale": "en",
        "notification_id": notification_id,
        "notification_type": "favourite",
        "icon": f"{ctx.settings.base_url}/assets/avatar.png",
        "title": "Bob <b> favourited your post",
        "body": "my post & more",
    }


async def test_the_token_does_not_stand_in_the_database(ctx, client, service):
    token = await a_token(ctx, await an_account(ctx))
    made = await subscribe(client.signed_in(token), service)

    async with ctx.reading() as tx:
        kept = await tx.fetch_value(
            "SELECT p::text FROM push_subscriptions p WHERE id = $1", made["id"]
        )
    assert token not in kept


async def test_a_warning_is_told_instead_of_what_it_warns_of(ctx, client, drain, service):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice, text="the end", content_warning="Spoiler")
    await subscribe(client.signed_in(await a_token(ctx, alice)), service)

    await star(ctx, client, drain, bob, status)

    assert service.read_standard(service.received[0][1])["body"] == "Spoiler"


async def test_the_longest_names_and_posts_fit_into_one_record(ctx, client, drain, service):
    alice = await an_account(ctx)
    bob = await an_account(ctx, display_name="𝔅" * 3000)
    status = await a_status(ctx, by=alice, text="😀" * 5000)
    await subscribe(client.signed_in(await a_token(ctx, alice)), service)

    await star(ctx, client, drain, bob, status)

    message = service.read_standard(service.received[0][1])
    assert (len(message["title"]), len(message["body"])) == (160, 140)


@pytest.mark.parametrize(
    ("alerts", "policy", "follows", "expected"),
    [
        ({"favourite": True}, "all", None, 1),
        ({"favourite": False, "mention": True}, "all", None, 0),
        ({}, "all", None, 0),
        ({"favourite": True}, "none", None, 0),
        ({"favourite": True}, "followed", None, 0),
        ({"favourite": True}, "followed", "alice", 1),
        ({"favourite": True}, "follower", "alice", 0),
        ({"favourite": True}, "follower", "bob", 1),
    ],
)
async def test_only_wanted_kinds_from_wanted_people_are_pushed(
    ctx, client, drain, service, alerts, policy, follows, expected
):
    alice, bob = await an_account(ctx), await an_account(ctx)
    if follows:
        await a_follow(ctx, *((alice, bob) if follows == "alice" else (bob, alice)))
    status = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, alice))
    await subscribe(app, service, alerts=alerts, policy=policy)

    await star(ctx, client, drain, bob, status)

    assert len(service.received) == expected


@pytest.mark.parametrize("status", [404, 410])
async def test_a_subscription_that_is_gone_is_forgotten(ctx, client, drain, service, status):
    service.status = status
    alice, bob = await an_account(ctx), await an_account(ctx)
    post = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, alice))
    await subscribe(app, service)

    await star(ctx, client, drain, bob, post)

    assert (await app.get("/api/v1/push/subscription")).status == 404


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_service_in_trouble_is_asked_again(ctx, client, drain, service, status):
    service.status = status
    alice, bob = await an_account(ctx), await an_account(ctx)
    post = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, alice))
    made = await subscribe(app, service, alerts={})  # or the worker would go on trying
    await star(ctx, client, drain, bob, post)
    async with ctx.reading() as tx:
        notification_id = await tx.fetch_value(
            "SELECT id FROM notifications WHERE account_id = $1", alice.id
        )

    with pytest.raises(Unreachable):
        await push_to_app.run(ctx, subscription_id=made["id"], notification_id=notification_id)
    service.status = 201
    await push_to_app.run(ctx, subscription_id=made["id"], notification_id=notification_id)
    assert (await app.get("/api/v1/push/subscription")).status == 200


async def test_a_service_that_refuses_is_left_alone_but_not_forgotten(ctx, client, drain, service):
    service.status = 413
    alice, bob = await an_account(ctx), await an_account(ctx)
    post = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, alice))
    await subscribe(app, service)

    await star(ctx, client, drain, bob, post)

    assert len(service.received) == 1
    assert (await app.get("/api/v1/push/subscription")).status == 200


async def test_after_two_days_nobody_is_disturbed_any_more(ctx, client, drain, service, clock):
    alice, bob = await an_account(ctx), await an_account(ctx)
    post = await a_status(ctx, by=alice)
    made = await subscribe(client.signed_in(await a_token(ctx, alice)), service, alerts={})
    await star(ctx, client, drain, bob, post)
    async with ctx.reading() as tx:
        notification_id = await tx.fetch_value(
            "SELECT id FROM notifications WHERE account_id = $1", alice.id
        )
    clock.ahead = timedelta(hours=49)

    await push_to_app.run(ctx, subscription_id=made["id"], notification_id=notification_id)
    assert service.received == []


async def test_a_revoked_token_is_pushed_to_no_more_and_forgotten(ctx, client, drain, service):
    alice, bob = await an_account(ctx), await an_account(ctx)
    post = await a_status(ctx, by=alice)
    made = await subscribe(client.signed_in(await a_token(ctx, alice)), service)
    async with ctx.transaction() as tx:
        login_id = await tx.fetch_value("SELECT id FROM logins WHERE account_id = $1", alice.id)
        await revoke_tokens(tx, login_id=login_id, at=ctx.now())

    await star(ctx, client, drain, bob, post)

    assert service.received == []
    async with ctx.reading() as tx:
        assert not await tx.fetch_value(
            "SELECT count(*) FROM push_subscriptions WHERE id = $1", made["id"]
        )
