"""POST /api/v1/apps and GET /api/v1/apps/verify_credentials."""

import pytest

from tests.world import a_token, an_account

OOB = "urn:ietf:wg:oauth:2.0:oob"
GOOD = {
    "client_name": "Test",
    "redirect_uris": OOB,
    "scopes": "read write",
    "website": "https://app.example",
}


async def test_an_app_registers_with_a_form_or_json_and_gets_its_secret_once(ctx, client):
    for options in ({"data": GOOD}, {"json": GOOD}):
        got = await client.post("/api/v1/apps", **options)
        assert got.status == 200
        assert got.json == {
            "id": got.json["id"],
            "name": "Test",
            "website": "https://app.example",
            "scopes": ["read", "write"],
            "redirect_uris": [OOB],
            "redirect_uri": OOB,
            "vapid_key": ctx.secrets.vapid_public,
            "client_id": got.json["client_id"],
            "client_secret": got.json["client_secret"],
            "client_secret_expires_at": 0,
        }
        assert len(got.json["client_id"]) == len(got.json["client_secret"]) == 43


@pytest.mark.parametrize(
    "uris", [["myapp://done", "https://app.example/cb"], "myapp://done\nhttps://app.example/cb"]
)
async def test_several_redirect_addresses_come_as_a_list_or_as_lines(client, uris):
    got = await client.post("/api/v1/apps", json=GOOD | {"redirect_uris": uris})
    assert got.json["redirect_uris"] == ["myapp://done", "https://app.example/cb"]
    assert got.json["redirect_uri"] == "myapp://done\nhttps://app.example/cb"


async def test_without_scopes_an_app_may_read(client):
    got = await client.post("/api/v1/apps", data={"client_name": "T", "redirect_uris": OOB})
    assert (got.json["scopes"], got.json["website"]) == (["read"], None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"client_name": ""}, "Validation failed: Name can't be blank"),
        (
            {"client_name": "x" * 61},
            "Validation failed: Name is too long (maximum is 60 characters)",
        ),
        ({"redirect_uris": ""}, "Validation failed: Redirect URI can't be blank"),
        (
            {"redirect_uris": "no-scheme"},
            "Validation failed: Redirect URI must be an absolute URI.",
        ),
        (
            {"redirect_uris": "javascript:alert(1)"},
            "Validation failed: Redirect URI is forbidden by the server.",
        ),
        (
            {"redirect_uris": "https://a.example/#f"},
            "Validation failed: Redirect URI cannot contain a fragment.",
        ),
        (
            {"redirect_uris": "https://[broken"},
            "Validation failed: Redirect URI must be a valid URI.",
        ),
        (
            {"scopes": "read nonsense"},
            "Validation failed: Scopes doesn't match configured on the server.",
        ),
        ({"website": "app.example"}, "Validation failed: Website must be a valid URL"),
    ],
)
async def test_what_cannot_be_registered_is_told(client, changes, said):
    got = await client.post("/api/v1/apps", data=GOOD | changes)
    assert (got.status, got.json["error"]) == (422, said)


async def test_every_admin_scope_can_be_registered(client):
    scopes = "admin:read admin:write:accounts admin:read:email_domain_blocks push follow profile"
    got = await client.post("/api/v1/apps", data=GOOD | {"scopes": scopes})
    assert got.json["scopes"] == scopes.split()


async def test_any_good_token_of_the_app_sees_the_app_without_its_secret(ctx, client):
    app = (await client.post("/api/v1/apps", data=GOOD)).json
    account = await an_account(ctx)
    tokens = [
        await a_token(ctx, who, "write:media", application_id=int(app["id"]))
        for who in (account, None)
    ]
    for token in tokens:
        got = await client.signed_in(token).get("/api/v1/apps/verify_credentials")
        assert got.status == 200
        shown = ("id", "name", "website", "scopes", "redirect_uris", "redirect_uri", "vapid_key")
        assert got.json == {name: app[name] for name in shown}
    for nobody in (client, client.signed_in("wrong")):
        got = await nobody.get("/api/v1/apps/verify_credentials")
        assert (got.status, got.json) == (401, {"error": "The access token is invalid"})
