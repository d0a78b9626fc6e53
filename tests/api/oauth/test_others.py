"""The other OAuth addresses: metadata, userinfo, introspection, token info, the request itself."""

from datetime import UTC, datetime

import pytest

from tests.api.oauth.world import CHALLENGE, REDIRECT, a_flow
from tests.world import a_token, an_account
from watertower.accounts.actions.authorize_app import (
    application_for,
    deny,
    grant,
    refusal_location,
    yes_location,
)
from watertower.accounts.actions.tokens import authorized_apps, revoke_app
from watertower.accounts.errors import MayNotAct
from watertower.accounts.oauth_errors import OAuthRefused
from watertower.accounts.scopes import SCOPES


async def test_the_metadata_names_every_address_and_pkce(ctx, client):
    got = await client.get("/.well-known/oauth-authorization-server")
    base = ctx.settings.base_url
    assert got.status == 200
    assert got.headers["access-control-allow-origin"] == "*"
    assert got.json == {
        "issuer": f"{base}/",
        "service_documentation": "https://docs.joinmastodon.org/",
        "authorization_endpoint": f"{base}/oauth/authorize",
        "token_endpoint": f"{base}/oauth/token",
        "userinfo_endpoint": f"{base}/oauth/userinfo",
        "revocation_endpoint": f"{base}/oauth/revoke",
        "introspection_endpoint": f"{base}/oauth/introspect",
        "app_registration_endpoint": f"{base}/api/v1/apps",
        "scopes_supported": list(SCOPES),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
    }


async def test_userinfo_needs_the_profile_scope_and_says_who_it_is(ctx, client):
    account = await an_account(ctx)
    with_profile = client.signed_in(await a_token(ctx, account, "profile"))
    for method in ("GET", "POST"):
        got = await with_profile.call(method, "/oauth/userinfo")
        assert got.status == 200
        assert got.json == {
            "iss": f"{ctx.settings.base_url}/",
            "sub": account.uri,
            "name": account.display_name,
            "preferred_username": account.username,
            "profile": account.url,
            "picture": got.json["picture"],
        }
        assert got.json["picture"].startswith("http")
    refused = await client.signed_in(await a_token(ctx, account, "read")).get("/oauth/userinfo")
    assert refused.status == 403


async def test_an_app_introspects_its_own_tokens_only(ctx, client):
    flow, other = await a_flow(ctx), await a_flow(ctx)
    token = (await client.post("/oauth/token", data=flow.form(await flow.code()))).json
    asked = {"token": token["access_token"]}

    got = await client.post("/oauth/introspect", data=flow.client | asked)
    assert got.json == {
        "active": True,
        "scope": "read write",
        "client_id": flow.app.client_id,
        "token_type": "Bearer",
        "iat": token["created_at"],
    }
    by_token = client.signed_in(token["access_token"])
    assert (await by_token.post("/oauth/introspect", data=asked)).json == got.json
    elsewhere = await client.post("/oauth/introspect", data=other.client | asked)
    assert elsewhere.json == {"active": False}
    assert (await client.post("/oauth/introspect", data=asked)).status == 401

    await client.post("/oauth/revoke", data=flow.client | asked)
    gone = await client.post("/oauth/introspect", data=flow.client | asked)
    assert gone.json == {"active": False}


async def test_token_info_says_what_a_token_is_good_for(ctx, client):
    flow = await a_flow(ctx)
    token = (await client.post("/oauth/token", data=flow.form(await flow.code()))).json
    got = await client.signed_in(token["access_token"]).get("/oauth/token/info")
    assert got.json == {
        "resource_owner_id": str(flow.login.id),
        "scope": ["read", "write"],
        "expires_in": None,
        "application": {"uid": flow.app.client_id},
        "created_at": token["created_at"],
    }
    assert (await client.get("/oauth/token/info")).status == 401


@pytest.mark.parametrize(
    ("changes", "code", "may_redirect"),
    [
        ({"client_id": None}, "invalid_request", False),
        ({"client_id": "nobody"}, "invalid_client", False),
        ({"client_id": "nul\0"}, "invalid_client", False),
        ({"redirect_uri": None}, "invalid_request", False),
        ({"redirect_uri": "https://evil.example/"}, "invalid_redirect_uri", False),
        ({"redirect_uri": REDIRECT + "?more"}, "invalid_redirect_uri", False),
        ({"redirect_uri": "http://127.0.0.1:99999/cb"}, "invalid_redirect_uri", False),
        ({"redirect_uri": "http://127.0.0.1@evil.example/cb"}, "invalid_redirect_uri", False),
        ({"response_type": "token"}, "unsupported_response_type", True),
        ({"response_type": None}, "unsupported_response_type", True),
        ({"scope": "admin:read"}, "invalid_scope", True),
        ({"scope": "nonsense"}, "invalid_scope", True),
        ({"code_challenge": CHALLENGE, "code_challenge_method": "plain"}, "invalid_request", True),
        ({"code_challenge": CHALLENGE}, "invalid_request", True),
        ({"code_challenge": "x", "code_challenge_method": "S256"}, "invalid_request", True),
    ],
)
async def test_a_request_that_is_not_right_is_refused_before_anything_is_shown(
    ctx, changes, code, may_redirect
):
    flow = await a_flow(ctx)
    with pytest.raises(OAuthRefused) as refused:
        await application_for(
            ctx,
            **{"client_id": flow.app.client_id, "redirect_uri": REDIRECT, "scope": "read"}
            | changes,
        )
    assert (refused.value.code, refused.value.may_redirect) == (code, may_redirect)


async def test_without_a_scope_an_app_asks_to_read(ctx):
    flow = await a_flow(ctx)
    asked = await application_for(ctx, client_id=flow.app.client_id, redirect_uri=REDIRECT)
    assert asked.scopes == ("read",)


async def test_the_browser_is_sent_back_with_code_or_error_and_state(ctx):
    flow = await a_flow(ctx)
    asked = await application_for(
        ctx, client_id=flow.app.client_id, redirect_uri=REDIRECT, state="a b&c"
    )
    assert yes_location(asked, "xyz") == f"{REDIRECT}?code=xyz&state=a+b%26c"
    no = refusal_location(asked.redirect_uri, deny(asked), state=asked.state)
    assert no.startswith(f"{REDIRECT}?error=access_denied&error_description=")


@pytest.mark.parametrize(
    "state",
    [{"suspended_at": datetime.now(UTC)}, {"is_confirmed": False}, {"is_approved": False}],
    ids=["suspended", "unconfirmed", "pending"],
)
async def test_who_may_not_use_their_login_grants_nothing(ctx, state):
    flow = await a_flow(ctx, **state)
    asked = await application_for(ctx, client_id=flow.app.client_id, redirect_uri=REDIRECT)
    with pytest.raises(MayNotAct):
        await grant(ctx, login_id=flow.login.id, asked=asked)


async def test_a_member_sees_the_apps_and_ends_what_one_may_do(ctx, client):
    flow = await a_flow(ctx)
    token = (await client.post("/oauth/token", data=flow.form(await flow.code()))).json
    waiting = flow.form(await flow.code())
    (held,) = await authorized_apps(ctx, login_id=flow.login.id)
    assert (held.application.id, sorted(held.scopes)) == (flow.app.id, ["read", "write"])

    assert await revoke_app(ctx, login_id=flow.login.id, application_id=flow.app.id) == 1
    assert await authorized_apps(ctx, login_id=flow.login.id) == []
    got = await client.signed_in(token["access_token"]).get("/api/v1/timelines/home")
    assert got.status == 401
    late = await client.post("/oauth/token", data=waiting)
    assert (late.status, late.json["error"]) == (400, "invalid_grant")
