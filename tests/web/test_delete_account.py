"""A member leaves for good: everything goes, the name stays."""

import pytest

from tests.web.visit import PASSWORD, Visit, a_member, signed_in
from tests.world import a_follow, a_status, a_token, an_account
from watertower.accounts.actions.create_member import create_member
from watertower.base.errors import Invalid
from watertower.base.json import from_json
from watertower.feeds.actions.lists import make_list
from watertower.statuses.actions.bookmark import bookmark
from watertower.statuses.actions.favourite import favourite

DELETE = "/settings/delete"
LEFT = {
    "logins": "account_id", "follows": "account_id", "favourites": "account_id",
    "bookmarks": "account_id", "lists": "account_id", "blocks": "account_id",
}  # fmt: skip


async def count(ctx, table, column, account_id):
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            f"SELECT count(*) FROM {table} WHERE {column} = $1",
            account_id,
        )


async def test_a_wrong_password_deletes_nothing(ctx, client):
    visit, account = await signed_in(ctx, client)
    page = await visit.get(DELETE)
    assert f"@{account.username}" in page.text

    answer = await visit.submit(DELETE, password="wrong")

    assert answer.status == 422
    assert "The password is not right." in answer.text
    assert (await visit.get("/settings/profile")).status == 200


async def test_everything_of_a_deleted_member_goes_and_the_name_stays(ctx, client, drain):
    visit, account = await signed_in(ctx, client)
    other, elsewhere = await an_account(ctx), await an_account(ctx, domain="far.example")
    token = await a_token(ctx, account)
    own, theirs = await a_status(ctx, by=account), await a_status(ctx, by=other)
    await a_follow(ctx, account, other)
    await a_follow(ctx, elsewhere, account)
    await favourite(ctx, actor_id=account.id, status_id=theirs.id)
    await bookmark(ctx, actor_id=account.id, status_id=theirs.id)
    await make_list(ctx, owner_id=account.id, title="L", replies_policy="list", is_exclusive=False)
    api = client.signed_in(token)
    assert (await api.get("/api/v1/accounts/verify_credentials")).status == 200
    for table in set(LEFT) - {"blocks"}:
        assert await count(ctx, table, LEFT[table], account.id) == 1, table
    await visit.get(DELETE)

    answer = await visit.submit(DELETE, password=PASSWORD)
    await drain()

    assert answer.status == 200
    assert "Good-bye" in answer.text
    assert {t: await count(ctx, t, c, account.id) for t, c in LEFT.items()} == dict.fromkeys(
        LEFT, 0
    )
    assert (await api.get("/api/v1/accounts/verify_credentials")).status == 401
    assert (await visit.get("/settings/profile")).status == 302
    assert (await client.get(f"/@{account.username}")).status in {404, 410}
    assert (await client.get(f"/api/v1/statuses/{own.id}")).status == 404
    seen = (
        await client.signed_in(await a_token(ctx, other)).get(f"/api/v1/statuses/{theirs.id}")
    ).json
    assert seen["favourites_count"] == 0
    shown = (await client.get(f"/api/v1/accounts/{other.id}")).json
    assert shown["followers_count"] == 0
    with pytest.raises(Invalid):
        await create_member(
            ctx, username=account.username, password=PASSWORD, email="new@example.test"
        )


async def test_other_servers_hear_of_it_once(ctx, client, drain):
    visit, account = await signed_in(ctx, client)
    elsewhere = await an_account(ctx, domain="hears.example")
    await a_follow(ctx, elsewhere, account)
    await a_status(ctx, by=account)
    await visit.get(DELETE)

    await visit.submit(DELETE, password=PASSWORD)
    await drain()

    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT convert_from(document, 'utf8')::json AS document "
            "FROM outgoing_activities WHERE account_id = $1",
            account.id,
        )
    told = [from_json(row["document"]) for row in rows]
    assert [(one["type"], one["object"]) for one in told] == [("Delete", account.uri)]


async def test_the_address_may_sign_up_again(ctx, client):
    account = await a_member(ctx)
    visit = Visit(client)
    await visit.sign_in(account.username)
    await visit.get(DELETE)
    await visit.submit(DELETE, password=PASSWORD)

    again = await create_member(
        ctx,
        username=f"{account.username}x",
        password=PASSWORD,
        email=f"{account.username}@example.test",
    )

    assert again.username == f"{account.username}x"


async def test_who_is_suspended_cannot_make_everything_vanish(ctx, client):
    visit, account = await signed_in(ctx, client)
    await visit.get(DELETE)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE accounts SET suspended_at = now() WHERE id = $1", account.id)

    answer = await visit.submit(DELETE, password=PASSWORD)

    assert answer.status == 403
    assert await count(ctx, "logins", "account_id", account.id) == 1
