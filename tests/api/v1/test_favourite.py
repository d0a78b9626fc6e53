"""The favourite thread through the door of the apps."""

from tests.world import a_status, a_token, an_account, unique
from watertower.statuses.model import Visibility


async def test_starring_answers_with_the_status_starred(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, bob))

    answer = await app.post(f"/api/v1/statuses/{status.id}/favourite")

    assert answer.status == 200
    assert answer.json["favourited"] is True
    assert answer.json["favourites_count"] == 1
    assert answer.json["account"]["username"] == alice.username


async def test_starring_twice_is_no_error_and_counts_once(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, bob))

    await app.post(f"/api/v1/statuses/{status.id}/favourite")
    answer = await app.post(f"/api/v1/statuses/{status.id}/favourite")

    assert (answer.status, answer.json["favourites_count"]) == (200, 1)


async def test_taking_the_star_back_undoes_everything(ctx, client, drain):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, bob))

    await app.post(f"/api/v1/statuses/{status.id}/favourite")
    await drain()
    answer = await app.post(f"/api/v1/statuses/{status.id}/unfavourite")
    await drain()

    assert (answer.json["favourited"], answer.json["favourites_count"]) == (False, 0)
    assert await kinds_told(ctx, alice) == []


async def test_the_author_is_told_once_however_often_the_job_runs(ctx, client, drain):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, bob))

    await app.post(f"/api/v1/statuses/{status.id}/favourite")
    await drain()
    await drain()

    assert await kinds_told(ctx, alice) == ["favourite"]


async def test_a_private_status_of_somebody_not_followed_is_not_there(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    hidden = await a_status(ctx, by=alice, visibility=Visibility.PRIVATE)
    app = client.signed_in(await a_token(ctx, bob))

    answer = await app.post(f"/api/v1/statuses/{hidden.id}/favourite")
    missing = await app.post("/api/v1/statuses/1/favourite")

    assert (answer.status, answer.body) == (404, missing.body)


async def test_a_frozen_account_cannot_star(ctx, client):
    alice, frozen = await an_account(ctx), await an_account(ctx, is_frozen=True)
    status = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, frozen))

    answer = await app.post(f"/api/v1/statuses/{status.id}/favourite")

    assert answer.status == 403
    assert answer.json["error"].startswith("Your account is frozen.")


async def test_the_scope_is_needed(ctx, client):
    alice = await an_account(ctx, unique("scoped"))
    status = await a_status(ctx, by=alice)
    app = client.signed_in(await a_token(ctx, alice, "read"))

    answer = await app.post(f"/api/v1/statuses/{status.id}/favourite")

    assert (answer.status, answer.json) == (
        403,
        {"error": "This action is outside the authorized scopes"},
    )


async def kinds_told(ctx, account):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT kind FROM notifications WHERE account_id = $1 ORDER BY id", account.id
        )
    return [row["kind"] for row in rows]
