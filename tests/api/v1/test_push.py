"""The push subscription of an app, through the door of the apps."""

import base64
import os

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.world import a_token, an_account

PATH = "/api/v1/push/subscription"


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def a_subscription(**changes):
    point = (
        ec.generate_private_key(ec.SECP256R1())
        .public_key()
        .public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    )
    return {
        "subscription[endpoint]": "https://push.example/1",
        "subscription[keys][p256dh]": encoded(point),
        "subscription[keys][auth]": encoded(os.urandom(16)),
        **changes,
    }


async def test_a_subscription_lives_from_post_to_delete(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx), "push"))
    assert (await app.get(PATH)).status == 404
    assert (await app.put(PATH, data={"data[policy]": "none"})).status == 404

    made = await app.post(
        PATH, data=a_subscription(**{"data[alerts][mention]": "true", "data[alerts][poll]": "0"})
    )
    assert (made.status, isinstance(made.json["id"], int)) == (200, True)
    expected = {
        "id": made.json["id"],
        "endpoint": "https://push.example/1",
        "standard": False,
        "alerts": {"mention": True, "poll": False},
        "server_key": ctx.secrets.vapid_public,
        "policy": "all",
    }
    assert made.json == expected
    assert (await app.get(PATH)).json == expected

    changed = await app.put(
        PATH,
        json={"data": {"alerts": {"admin.sign_up": True, "nonsense": True}, "policy": "followed"}},
    )
    assert changed.json == {**expected, "alerts": {"admin.sign_up": True}, "policy": "followed"}
    only_policy = await app.patch(PATH, json={"data": {"policy": "follower"}})
    assert only_policy.json == {**changed.json, "policy": "follower"}

    assert ((await app.delete(PATH)).json, (await app.delete(PATH)).status) == ({}, 200)
    assert (await app.get(PATH)).status == 404


async def test_subscribing_again_replaces_and_another_app_has_its_own(ctx, client):
    alice = await an_account(ctx)
    app, other = [client.signed_in(await a_token(ctx, alice)) for _ in range(2)]
    first = await app.post(PATH, data=a_subscription())
    second = await app.post(
        PATH, data=a_subscription(**{"subscription[endpoint]": "https://push.example/2"})
    )

    assert first.json["id"] != second.json["id"]
    assert (await app.get(PATH)).json["endpoint"] == "https://push.example/2"
    assert (await other.get(PATH)).status == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"subscription[endpoint]": ""},
        {"subscription[endpoint]": "ftp://push.example/1"},
        {"subscription[endpoint]": "https://10.1.2.3/1"},
        {"subscription[endpoint]": "https://user:pass@push.example/1"},
        {"subscription[keys][p256dh]": "AAAA"},
        {"subscription[keys][auth]": "AAAA"},
        {"subscription[keys]": "x"},
        {"data[policy]": "sometimes"},
        {"data[alerts]": "x"},
        {"data[alerts][mention]": "perhaps"},
    ],
)
async def test_what_makes_no_subscription_is_refused(ctx, client, changes):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))

    answer = await app.post(PATH, data=a_subscription(**changes))

    assert answer.status == 422, answer.text
    assert (await app.get(PATH)).status == 404


async def test_the_scope_push_is_needed(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx), "read write"))
    assert (await app.get(PATH)).status == 403
