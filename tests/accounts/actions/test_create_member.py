"""Creating a member: rows, refusals in Mastodon's codes, mode, age, invitations."""

import asyncio
from datetime import date

import pytest

from watertower.accounts.actions.create_member import create_member
from watertower.accounts.queries.site import set_site_setting
from watertower.base.errors import Forbidden, Invalid


async def join(ctx, name, **more):
    options = {"username": name, "email": f"{name}@example.com", "password": "correct horse"} | more
    return await create_member(ctx, **options)


async def codes_of(ctx, **more):
    with pytest.raises(Invalid) as refused:
        await join(ctx, "somebody", **more)
    return {field: [code for code, _ in found] for field, found in refused.value.details.items()}




@pytest.fixture(autouse=True)
async def _forget_decisions(ctx):
    yield
    async with ctx.transaction() as tx:
        await tx.execute("DELETE FROM site_settings")


async def test_a_member_has_an_account_with_stored_addresses_a_key_and_counts(ctx):
    account = await join(ctx, "Wren")

    base = ctx.settings.base_url
    uri = f"{base}/ap/users/{account.id}"
    assert (account.username, account.domain) == ("Wren", None)
    assert (account.uri, account.url) == (uri, f"{base}/@Wren")
    assert (account.inbox_url, account.shared_inbox_url) == (f"{uri}/inbox", f"{base}/inbox")
    assert account.followers_url == f"{uri}/followers"
    async with ctx.reading() as tx:
        key = await tx.fetch_one("SELECT * FROM account_keys WHERE account_id = $1", account.id)
        stats = await tx.fetch_one("SELECT * FROM account_stats WHERE account_id = $1", account.id)
        login = await tx.fetch_one("SELECT * FROM logins WHERE account_id = $1", account.id)
    assert key["key_id"] == f"{uri}#main-key"
    assert key["private_pem"].startswith("-----BEGIN PRIVATE KEY-----")
    assert stats["statuses_count"] == 0
    assert login["password_hash"].startswith("$argon2id$")
    assert login["confirmed_at"] is not None, "development confirms at once"
    assert login["approved_at"] is not None
