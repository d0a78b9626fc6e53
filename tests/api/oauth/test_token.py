"""POST /oauth/token and /oauth/revoke, as apps use them and as thieves do."""

import asyncio
import time
from base64 import b64encode
from datetime import timedelta
from urllib.parse import quote

import pytest

from tests.api.oauth.world import a_flow

ME = "/api/v1/timelines/home"


async def test_a_code_with_pkce_becomes_a_token_that_works(ctx, client):
    flow = await a_flow(ctx)
    got = await client.post("/oauth/token", data=flow.form(await flow.code()))

    assert got.status == 200
    assert got.headers["cache-control"] == "no-store"
    token = got.json
    assert set(token) == {"access_token", "token_type", "scope", "created_at"}
    assert (token["token_type"], token["scope"]) == ("Bearer", "read write")
    assert abs(token["created_at"] - time.time()) < 10
    assert (await client.signed_in(token["access_token"]).get(ME)).status == 200


async def test_json_and_basic_authentication_do_as_well(ctx, client):
    flow = await a_flow(ctx)
    got = await client.post("/oauth/token", json=flow.form(await flow.code()))
    assert got.status == 200

    form = flow.form(await flow.code(), client_id=None, client_secret=None)
    pair = f"{quote(flow.app.client_id, safe='')}:{quote(flow.app.client_secret, safe='')}"
    headers = {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
    got = await client.post("/oauth/token", data=form, headers=headers)
    assert got.status == 200


async def test_an_old_token_in_the_header_is_no_hindrance(ctx, client):
    flow = await a_flow(ctx)
    form = flow.form(await flow.code())
    got = await client.signed_in("long gone").post("/oauth/token", data=form)
    assert got.status == 200


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"grant_type": None}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "refresh_token"}, 400, "unsupported_grant_type"),
        ({"client_id": None}, 401, "invalid_client"),
        ({"client_id": "nobody\0"}, 401, "invalid_client"),
        ({"client_secret": None}, 401, "invalid_client"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"code": None}, 400, "invalid_request"),
        ({"code": "wrong"}, 400, "invalid_grant"),
        ({"redirect_uri": None}, 400, "invalid_request"),
        ({"redirect_uri": "https://evil.example/done"}, 400, "invalid_grant"),
        ({"redirect_uri": "https://app.example/done/"}, 400, "invalid_grant"),
        ({"code_verifier": None}, 400, "invalid_grant"),
        ({"code_verifier": "w" * 43}, 400, "invalid_grant"),
        ({"code_verifier": "short"}, 400, "invalid_grant"),
    ],
)
async def test_what_does_not_fit_is_refused_in_the_words_of_rfc_6749(
    ctx, client, changes, status, error
):
    flow = await a_flow(ctx)
    got = await client.post("/oauth/token", data=flow.form(await flow.code(), **changes))
    assert (got.status, got.json["error"]) == (status, error)
    assert set(got.json) == {"error", "error_description"}


async def test_a_verifier_without_a_challenge_is_refused(ctx, client):
    flow = await a_flow(ctx)
    code = await flow.code(pkce=False)
    got = await client.post("/oauth/token", data=flow.form(code))
    assert (got.status, got.json["error"]) == (400, "invalid_grant")
    got = await client.post("/oauth/token", data=flow.form(code, code_verifier=None))
    assert got.status == 200, "without PKCE, as older apps do"


async def test_another_app_cannot_use_the_code(ctx, client):
    flow, thief = await a_flow(ctx), await a_flow(ctx)
    form = flow.form(await flow.code(), **thief.client)
    got = await client.post("/oauth/token", data=form)
    assert (got.status, got.json["error"]) == (400, "invalid_grant")


async def test_a_code_that_comes_twice_revokes_the_token_of_the_first_time(ctx, client):
    flow = await a_flow(ctx)
    form = flow.form(await flow.code())
    token = (await client.post("/oauth/token", data=form)).json["access_token"]
    again = await client.post("/oauth/token", data=form)

    assert (again.status, again.json["error"]) == (400, "invalid_grant")
    after = await client.signed_in(token).get(ME)
    assert (after.status, after.json) == (401, {"error": "The access token was revoked"})


async def test_of_ten_exchanges_at_once_one_gets_a_token_and_loses_it(ctx, client):
    flow = await a_flow(ctx)
    form = flow.form(await flow.code())
    got = await asyncio.gather(*(client.post("/oauth/token", data=form) for _ in range(10)))
    assert sorted(one.status for one in got) == [200] + [400] * 9
    token = next(one.json["access_token"] for one in got if one.status == 200)
    assert (await client.signed_in(token).get(ME)).status == 401


async def test_a_code_ends_after_ten_minutes(ctx, client, clock):
    flow = await a_flow(ctx)
    form = flow.form(await flow.code())
    clock.ahead = timedelta(minutes=11)
    got = await client.post("/oauth/token", data=form)
    assert (got.status, got.json["error"]) == (400, "invalid_grant")


async def test_an_app_on_loopback_may_use_any_port(ctx, client):
    flow = await a_flow(ctx)
    address = "http://127.0.0.1:53124/cb"
    form = flow.form(await flow.code(redirect=address), redirect_uri=address)
    assert (await client.post("/oauth/token", data=form)).status == 200


async def test_an_app_gets_a_token_of_its_own(ctx, client):
    flow = await a_flow(ctx)
    form = {"grant_type": "client_credentials"} | flow.client
    token = (await client.post("/oauth/token", data=form)).json
    assert token["scope"] == "read"

    as_app = client.signed_in(token["access_token"])
    assert (await as_app.get("/api/v1/apps/verify_credentials")).status == 200
    home = await as_app.get(ME)
    assert (home.status, home.json) == (
        422,
        {"error": "This method requires an authenticated user"},
    )


@pytest.mark.parametrize("scope", ["follow", "admin:read", "read nonsense", "profile:all"])
async def test_an_app_gets_no_scope_that_it_did_not_register(ctx, client, scope):
    flow = await a_flow(ctx)
    form = {"grant_type": "client_credentials", "scope": scope} | flow.client
    got = await client.post("/oauth/token", data=form)
    assert (got.status, got.json["error"]) == (400, "invalid_scope")


async def test_a_part_of_a_registered_scope_may_be_asked_for(ctx, client):
    flow = await a_flow(ctx)
    form = {"grant_type": "client_credentials", "scope": "read:lists write:media"} | flow.client
    got = await client.post("/oauth/token", data=form)
    assert got.json["scope"] == "read:lists write:media"


async def test_a_token_does_only_what_its_scopes_say(ctx, client):
    flow = await a_flow(ctx)
    form = flow.form(await flow.code(scope="read:lists"))
    token = (await client.post("/oauth/token", data=form)).json["access_token"]
    got = await client.signed_in(token).get(ME)
    assert (got.status, got.json) == (
        403,
        {"error": "This action is outside the authorized scopes"},
    )


async def test_a_revoked_token_is_worthless_and_twice_is_no_error(ctx, client):
    flow = await a_flow(ctx)
    token = (await client.post("/oauth/token", data=flow.form(await flow.code()))).json
    form = flow.client | {"token": token["access_token"]}

    for _ in range(2):
        got = await client.post("/oauth/revoke", data=form)
        assert (got.status, got.json) == (200, {})
    assert (await client.signed_in(token["access_token"]).get(ME)).status == 401
    got = await client.post("/oauth/revoke", data=flow.client | {"token": "unknown"})
    assert (got.status, got.json) == (200, {})


async def test_only_the_app_itself_revokes_its_tokens(ctx, client):
    flow, other = await a_flow(ctx), await a_flow(ctx)
    token = (await client.post("/oauth/token", data=flow.form(await flow.code()))).json
    form = {"token": token["access_token"]}

    got = await client.post("/oauth/revoke", data=other.client | form)
    assert (got.status, got.json["error"]) == (403, "unauthorized_client")
    got = await client.post("/oauth/revoke", data=form)
    assert (got.status, got.json["error"]) == (401, "invalid_client")
    assert (await client.signed_in(token["access_token"]).get(ME)).status == 200


async def test_revoking_closes_open_streams(ctx, client):
    flow = await a_flow(ctx)
    token = (await client.post("/oauth/token", data=flow.form(await flow.code()))).json
    heard = asyncio.Queue()
    async with ctx.db.pool.acquire() as connection:

        def hear(*args):
            heard.put_nowait(args[3])

        await connection.add_listener("watertower_live", hear)
        form = flow.client | {"token": token["access_token"]}
        await client.post("/oauth/revoke", data=form)
        async with asyncio.timeout(5):
            while '"kill"' not in (said := await heard.get()):
                pass
        await connection.remove_listener("watertower_live", hear)
    assert '"token_ids":[' in said


async def test_a_login_that_was_suspended_meanwhile_gets_no_token(ctx, client):
    flow = await a_flow(ctx)
    form = flow.form(await flow.code())
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE accounts SET suspended_at = now() WHERE id = $1", flow.login.account_id
        )
    got = await client.post("/oauth/token", data=form)
    assert (got.status, got.json["error"]) == (400, "invalid_grant")


async def test_a_frozen_member_signs_in_with_a_new_app(ctx, client):
    flow = await a_flow(ctx, is_frozen=True)
    got = await client.post("/oauth/token", data=flow.form(await flow.code()))
    home = await client.signed_in(got.json["access_token"]).get("/api/v1/timelines/home")
    assert (got.status, home.status) == (200, 200)
