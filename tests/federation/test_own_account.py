"""The server's own account asks other servers for documents; people do not meet it."""

from tests.world import a_token, an_account
from watertower.accounts.actions.own_keys import instance_key


async def test_the_servers_own_account_is_in_no_list(ctx, client):
    await instance_key(ctx)
    member = await an_account(ctx, is_discoverable=True)
    signed_in = client.signed_in(await a_token(ctx, member))
    name = ctx.settings.server.domain

    found = (await signed_in.get("/api/v2/search", params={"q": name, "limit": "40"})).json
    accounts = (await signed_in.get("/api/v1/accounts/search", params={"q": name})).json
    directory = (await client.get("/api/v1/directory", params={"limit": "80", "order": "new"})).json
    local = await client.get("/api/v1/directory", params={"limit": "80", "local": "true"})
    suggested = (await signed_in.get("/api/v2/suggestions")).json

    lists = [found["accounts"], accounts, directory, local.json, [s["account"] for s in suggested]]
    assert [one["id"] for listed in lists for one in listed if int(one["id"]) < 0] == []
    assert str(member.id) in [one["id"] for one in directory]
