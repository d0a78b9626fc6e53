"""How others find us."""

from tests.world import an_account

SELF = "application/activity+json"


async def test_webfinger_knows_members_in_every_form(ctx, client):
    alice = await an_account(ctx)
    domain = ctx.settings.server.domain
    forms = [
        f"acct:{alice.username}@{domain}",
        f"acct:{alice.username.upper()}@{domain.upper()}",
        f"@{alice.username}@{domain}",
        alice.uri,
        alice.url,
        f"{ctx.settings.base_url}/users/{alice.username}",
    ]
    for form in forms:
        answer = await client.get("/.well-known/webfinger", params={"resource": form})

        assert answer.status == 200, form
        assert answer.headers["Content-Type"] == "application/jrd+json; charset=utf-8"
        assert answer.json["subject"] == f"acct:{alice.username}@{domain}"
        assert [one["href"] for one in answer.json["links"] if one["rel"] == "self"] == [alice.uri]
    assert answer.json["aliases"] == [alice.url, alice.uri]
    assert answer.json["links"][2] == {
        "rel": "http://ostatus.org/schema/1.0/subscribe",
        "template": f"{ctx.settings.base_url}/authorize_interaction?uri={{uri}}",
    }


async def test_webfinger_says_what_is_not_there(ctx, client):
    gone = await an_account(ctx, deleted_at=ctx.now())
    domain = ctx.settings.server.domain
    expected = {
        "": 400,
        f"acct:nobody_at_all@{domain}": 404,
        "acct:alice@elsewhere.example": 404,
        "https://elsewhere.example/users/alice": 404,
        "nonsense": 404,
        f"acct:{gone.username}@{domain}": 410,
    }
    for resource, status in expected.items():
        answer = await client.get("/.well-known/webfinger", params={"resource": resource})
        assert answer.status == status, resource
    assert (await client.get("/.well-known/webfinger")).status == 400


async def test_webfinger_knows_the_server_itself(ctx, client):
    domain = ctx.settings.server.domain

    answer = await client.get(
        "/.well-known/webfinger", params={"resource": f"acct:{domain}@{domain}"}
    )

    assert answer.json["links"][1]["href"] == f"{ctx.settings.base_url}/actor"


async def test_webfinger_is_one_small_query(ctx, client, queries):
    alice = await an_account(ctx)
    queries.clear()

    await client.get("/.well-known/webfinger", params={"resource": alice.uri})

    assert len(queries) == 1


async def test_host_meta_points_to_webfinger(ctx, client):
    template = f"{ctx.settings.base_url}/.well-known/webfinger?resource={{uri}}"

    xml = await client.get("/.well-known/host-meta")
    as_json = await client.get("/.well-known/host-meta.json")

    assert xml.headers["Content-Type"] == "application/xrd+xml; charset=utf-8"
    assert f'template="{template}"' in xml.text
    assert as_json.json == {"links": [{"rel": "lrdd", "template": template}]}


async def test_nodeinfo_says_what_we_are(ctx, client):
    await an_account(ctx)
    links = (await client.get("/.well-known/nodeinfo")).json["links"]
    for link, version in zip(links, ("2.0", "2.1"), strict=True):
        answer = await client.get(link["href"].removeprefix(ctx.settings.base_url))

        assert answer.json["version"] == version
        assert answer.json["software"]["name"] == "watertower"
        assert answer.json["metadata"]["upstream"]["name"] == "mastodon"
        assert answer.json["protocols"] == ["activitypub"]
        assert answer.json["usage"]["users"]["total"] >= 1
        assert ("repository" in answer.json["software"]) == (version == "2.1")
    assert (await client.get("/nodeinfo/1.0")).status == 404
