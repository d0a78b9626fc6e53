"""Apps, OAuth, the server's description, and the small documents."""

from tests.conformance.world import World
from tests.world import unique
from watertower.accounts.queries.site import set_site_setting


async def walk(w: World) -> None:
    """An app registers and uses its own token."""
    check = w.walker.check
    await check("GET /.well-known/oauth-authorization-server", "", "_authorization_server", by=None)
    app = await check(
        "POST /api/v1/apps",
        "",
        "credential_application",
        by=None,
        json={
            "client_name": "Conformance",
            "redirect_uris": "urn:ietf:wg:oauth:2.0:oob",
            "scopes": "read write",
            "website": "https://app.example",
        },
    )
    ours = {"client_id": app["client_id"], "client_secret": app["client_secret"]}
    token = await check(
        "POST /oauth/token",
        "",
        "_token",
        by=None,
        data={"grant_type": "client_credentials", "scope": "read", **ours},
    )
    w.walker.tokens["own app"] = token["access_token"]
    await check("GET /api/v1/apps/verify_credentials", "", "application", by="own app")
    await check("GET /oauth/token/info", "", "_token_info", by="own app")
    await check(
        "POST /oauth/introspect",
        "",
        "object",
        by=None,
        data={"token": token["access_token"], **ours},
    )
    await check(
        "POST /oauth/revoke", "", "{}", by=None, data={"token": token["access_token"], **ours}
    )
    await check("GET /oauth/userinfo", "", "_userinfo")
    await check("POST /oauth/userinfo", "", "_userinfo")
    ask = {
        "client_id": app["client_id"],
        "response_type": "code",
        "redirect_uri": "urn:ietf:wg:oauth:2.0:oob",
        "scope": "read",
    }
    await check("GET /oauth/authorize", "", None, by=None, status=302, params=ask)
    await check("GET /oauth/applications", "", None, by=None, status=403)


async def walk_sign_up(w: World) -> None:
    """Somebody new comes in through an app."""
    check = w.walker.check
    name = unique("newbie")
    await w.run(
        "INSERT INTO site_settings (name, value) VALUES ('registrations_mode', '\"open\"') "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    )
    signed_up = await check(
        "POST /api/v1/accounts",
        "",
        "_token",
        by="app",
        json={
            "username": name,
            "email": f"{name}@example.test",
            "password": "a good long one 1",
            "agreement": True,
            "locale": "en",
        },
    )
    if isinstance(signed_up, dict) and "access_token" in signed_up:
        w.walker.tokens["new"] = signed_up["access_token"]
        await w.run(
            "UPDATE logins SET confirmed_at = NULL FROM accounts a "
            "WHERE a.id = account_id AND a.username = $1",
            name,
        )
        await check("GET /api/v1/emails/check_confirmation", "", "bool", by="new")
        await check("POST /api/v1/emails/confirmations", "", "{}", by="new")


async def walk_about(w: World) -> None:
    """What the server says of itself."""
    check = w.walker.check
    async with w.ctx.transaction() as tx:
        for name in ("privacy_policy", "terms", "extended_description"):
            await set_site_setting(tx, name, "We keep *little*.")
        await set_site_setting(tx, "contact_username", "alice")
    await check("GET /api/v2/instance", "", "instance", by=None)
    await w.walker.look("/api/v1/instance", "v1/instance", by=None)
    await check("GET /api/v1/instance/peers", "", "[text]", by=None)
    await check("GET /api/v1/peers/search", "/api/v1/peers/search?q=far", "[text]", by=None)
    await check("GET /api/v1/instance/activity", "", "[_instance_activity]", by=None)
    await check("GET /api/v1/instance/rules", "", "[rule]", by=None)
    await check("GET /api/v1/instance/languages", "", "[language]", by=None)
    await check("GET /api/v1/instance/translation_languages", "", "object", by=None)
    await w.run(
        "INSERT INTO server_policies (domain, severity, public_comment) VALUES ('bad.example', 'suspend', 'Spam')"
    )
    await w.run(
        "INSERT INTO site_settings (name, value) VALUES ('show_domain_blocks', '\"all\"'), "
        "('show_domain_blocks_rationale', '\"all\"') ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    )
    await check("GET /api/v1/instance/domain_blocks", "", "[domain_block]")
    await check("GET /api/v1/instance/extended_description", "", "extended_description", by=None)
    await check("GET /api/v1/instance/privacy_policy", "", "privacy_policy", by=None)
    terms = await check("GET /api/v1/instance/terms_of_service", "", "terms_of_service", by=None)
    await check(
        "GET /api/v1/instance/terms_of_service/:date",
        f"/api/v1/instance/terms_of_service/{terms['effective_date']}",
        "terms_of_service",
        by=None,
    )
    await check("GET /api/v1/custom_emojis", "", "[custom_emoji]", by=None)
    await check("GET /api/v1/donation_campaigns", "", None, status=204)
    await check("GET /api/oembed", f"/api/oembed?url={w.bob.url}/{w.post.id}", "_oembed", by=None)
    await check("GET /health", "", None, by=None)


async def walk_told(w: World) -> None:
    """Announcements and annual reports."""
    check = w.walker.check
    announced = await check("GET /api/v1/announcements", "", "[announcement]")
    number = announced[0]["id"]
    reaction = "/api/v1/announcements/:id/reactions/:name"
    await check(f"PUT {reaction}", f"/api/v1/announcements/{number}/reactions/tower", "{}")
    await check("GET /api/v1/announcements", "", "[announcement]")
    await check(f"DELETE {reaction}", f"/api/v1/announcements/{number}/reactions/tower", "{}")
    await check(
        "POST /api/v1/announcements/:id/dismiss", f"/api/v1/announcements/{number}/dismiss", "{}"
    )
    await check(
        "GET /api/v1_alpha/async_refreshes/:id",
        "/api/v1_alpha/async_refreshes/nothing",
        "_error",
        status=404,
    )
    year = "/api/v1/annual_reports/2025"
    await check("GET /api/v1/annual_reports", "", "annual_reports")
    await check("GET /api/v1/annual_reports/:year/state", f"{year}/state", "object")
    for operation in (
        "GET /api/v1/annual_reports/:year",
        "POST /api/v1/annual_reports/:year/read",
    ):
        end = operation.partition(":year")[2]
        await check(operation, year + end, "_error", status=404)
    await check("POST /api/v1/annual_reports/:year/generate", f"{year}/generate", "{}")
