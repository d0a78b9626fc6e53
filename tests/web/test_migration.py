"""Moving between accounts: aliases, the move itself, its rest, and staying after all."""

from datetime import timedelta

from tests.web.visit import PASSWORD, signed_in, where
from tests.world import a_follow, an_account
from watertower.accounts.access.accounts import account_for
from watertower.base.json import from_json

PAGE = "/settings/migration"
ALIASES = "/settings/aliases"


async def told(ctx, account):
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT convert_from(document, 'utf8') AS document FROM outgoing_activities "
            "WHERE account_id = $1 ORDER BY id",
            account.id,
        )
    return [from_json(row["document"]) for row in rows]


async def move(visit, handle, password=PASSWORD, how="move"):
    await visit.get(PAGE)
    return await visit.submit(PAGE, handle=handle, password=password, how=how)


async def test_an_alias_is_named_and_removed(ctx, client):
    visit, me = await signed_in(ctx, client)
    old = await an_account(ctx)
    handle = f"@{old.username}@{ctx.settings.server.domain}"
    await visit.get(PAGE)

    answer = await visit.submit(ALIASES, alias=handle)

    assert where(answer) == f"{PAGE}?note=alias"
    assert list((await account_for(ctx, account_id=me.id)).also_known_as) == [old.uri]
    assert handle in (await visit.get(PAGE)).text
    await visit.submit("/settings/aliases/remove")
    assert list((await account_for(ctx, account_id=me.id)).also_known_as) == []


async def test_oneself_and_nobody_are_no_aliases(ctx, client):
    visit, me = await signed_in(ctx, client)
    await visit.get(PAGE)

    for alias in (me.username, "nobody_at_all", ""):
        assert (await visit.submit(ALIASES, alias=alias)).status == 422

    assert list((await account_for(ctx, account_id=me.id)).also_known_as) == []


async def test_a_move_takes_followers_along_and_is_told(ctx, client, drain):
    visit, me = await signed_in(ctx, client)
    new = await an_account(ctx, also_known_as=[me.uri])
    here, far = await an_account(ctx), await an_account(ctx, domain="far.example")
    await a_follow(ctx, here, me)
    await a_follow(ctx, far, me)

    answer = await move(visit, new.username)
    await drain()

    assert where(answer) == f"{PAGE}?note=moved"
    assert (await account_for(ctx, account_id=me.id)).moved_to_account_id == new.id
    async with ctx.reading() as tx:
        rows = await tx.fetch_all(
            "SELECT account_id, target_account_id FROM follows WHERE account_id = ANY($1::bigint[])",
            [here.id, far.id],
        )
    assert {tuple(row.values()) for row in rows} == {(here.id, new.id), (far.id, me.id)}
    (sent,) = [one for one in await told(ctx, me) if one["type"] == "Move"]
    assert (sent["object"], sent["target"]) == (me.uri, new.uri)
    assert f"@{new.username}@" in (await visit.get(PAGE)).text


async def test_who_does_not_name_us_cannot_be_moved_to(ctx, client):
    visit, me = await signed_in(ctx, client)
    stranger = await an_account(ctx)

    answer = await move(visit, stranger.username)

    assert answer.status == 422
    assert "does not name this one as an alias yet" in answer.text
    assert (await account_for(ctx, account_id=me.id)).moved_to_account_id is None


async def test_a_wrong_password_moves_nothing(ctx, client):
    visit, me = await signed_in(ctx, client)
    new = await an_account(ctx, also_known_as=[me.uri])

    answer = await move(visit, new.username, password="wrong")

    assert answer.status == 422
    assert (await account_for(ctx, account_id=me.id)).moved_to_account_id is None


async def test_after_a_move_there_is_a_rest_of_thirty_days(ctx, client, clock):
    visit, me = await signed_in(ctx, client)
    first = await an_account(ctx, also_known_as=[me.uri])
    second = await an_account(ctx, also_known_as=[me.uri])
    await move(visit, first.username)
    await visit.get(PAGE)
    assert where(await visit.submit(f"{PAGE}/stay")) == f"{PAGE}?note=stays"
    assert (await account_for(ctx, account_id=me.id)).moved_to_account_id is None

    again = await move(visit, second.username)
    assert again.status == 422
    assert "less than 30 days ago" in again.text

    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE account_moves SET created_at = $2 WHERE account_id = $1",
            me.id,
            ctx.now() - timedelta(days=31),
        )
    assert where(await move(visit, second.username)) == f"{PAGE}?note=moved"


async def test_only_pointing_needs_no_alias_and_leaves_followers(ctx, client, drain):
    visit, me = await signed_in(ctx, client)
    new, fan = await an_account(ctx), await an_account(ctx)
    await a_follow(ctx, fan, me)

    answer = await move(visit, new.username, how="redirect")
    await drain()

    assert where(answer) == f"{PAGE}?note=redirected"
    assert (await account_for(ctx, account_id=me.id)).moved_to_account_id == new.id
    async with ctx.reading() as tx:
        target = await tx.fetch_value(
            "SELECT target_account_id FROM follows WHERE account_id = $1", fan.id
        )
    assert target == me.id
    assert [one for one in await told(ctx, me) if one["type"] == "Move"] == []
