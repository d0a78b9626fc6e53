"""Parameters change what they are meant to change, and a token is a token wherever it stands."""

from tests.feeds.world import a_member
from tests.world import a_status, a_token, an_account
from watertower.statuses.model import Visibility

PROTECTED = {
    "id": 1,
    "username": "root",
    "domain": "evil.example",
    "uri": "https://evil.example/",
    "url": "https://evil.example/",
    "suspended_at": None,
    "limited_at": "2020-01-01",
    "is_memorial": True,
    "followers_count": 1_000_000,
    "note_html": "<script>",
    "avatar_key": "x",
    "moved_to_account_id": 1,
    "also_known_as": ["https://evil.example/"],
    "role_id": 3,
    "role": {"id": 3, "permissions": 1},
    "admin": True,
    "permissions": 1,
    "email": "root@evil.example",
    "confirmed_at": "2020-01-01",
    "version": 99,
}


async def rows(ctx, account):
    async with ctx.reading() as tx:
        return (
            dict(await tx.fetch_one("SELECT * FROM accounts WHERE id = $1", account.id)),
            dict(await tx.fetch_one("SELECT * FROM logins WHERE account_id = $1", account.id)),
        )


async def test_a_profile_is_not_changed_by_names_that_are_not_its_own(ctx, client):
    member, app = await a_member(ctx, client)
    before = await rows(ctx, member)
    wraps = [PROTECTED, {"account": PROTECTED}, {"source": PROTECTED}, {"user": PROTECTED}]

    for body in wraps:
        for path in ("/api/v1/accounts/update_credentials", "/api/v1/profile"):
            answer = await app.patch(path, json=body)
            assert answer.status == 200, answer.text

    after = await rows(ctx, member)
    may_differ = {"version", "updated_at", "last_active_at", "current_ip"}
    for was, now in zip(before, after, strict=True):
        changed = {name for name in was if was[name] != now[name]} - may_differ
        assert changed == set()


async def test_a_post_belongs_to_who_sends_it_whatever_it_says(ctx, client):
    other = await an_account(ctx)
    member, app = await a_member(ctx, client)
    answer = await app.post(
        "/api/v1/statuses",
        json={
            "status": "mine",
            "account_id": str(other.id),
            "id": "1",
            "uri": "https://evil.example/1",
            "created_at": "1999-01-01",
            "favourites_count": 5,
            "is_local": False,
            "application_id": 1,
        },
    )

    made = answer.json
    assert (made["account"]["id"], made["favourites_count"]) == (str(member.id), 0)
    assert made["id"] != "1"
    assert made["uri"].startswith(ctx.settings.base_url)


async def test_a_token_in_the_query_or_the_body_has_its_scopes_and_no_more(ctx, client):
    member = await an_account(ctx)
    status = await a_status(ctx, by=member, visibility=Visibility.DIRECT)
    wrong = await a_token(ctx, member, "read:accounts")
    right = await a_token(ctx, member, "read:statuses")
    path = f"/api/v1/statuses/{status.id}"

    answers = [
        await client.get(path, params={"access_token": token}) for token in (wrong, right, "x")
    ]
    assert [answer.status for answer in answers] == [403, 200, 401]
    answers = [
        await client.post(f"{path}/favourite", data={"access_token": token})
        for token in (wrong, right)
    ]
    assert [answer.status for answer in answers] == [403, 403]
    # The header counts before the query, so that a link cannot lend somebody another identity.
    other = client.signed_in(await a_token(ctx, await an_account(ctx)))
    assert (await other.get(path, params={"access_token": right})).status == 404
    listed = await client.get("/api/v1/timelines/home", params={"access_token": right, "limit": 1})
    assert right not in str(listed.headers)


async def test_lists_of_tokens_and_nested_ones_are_no_tokens(client):
    for query in ("access_token[]=x", "access_token[a]=x", "access_token="):
        answer = await client.get(f"/api/v1/timelines/home?{query}")
        assert answer.status == 401


async def test_no_payload_of_others_holds_an_address_of_the_mail_or_the_net(ctx, client):
    member, _ = await a_member(ctx, client)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE logins SET email = 'secret-mail@example.test', sign_up_ip = '203.0.113.99', "
            "current_ip = '203.0.113.99' WHERE account_id = $1",
            member.id,
        )
    _, other = await a_member(ctx, client)
    for path in (
        f"/api/v1/accounts/{member.id}",
        f"/api/v1/accounts/lookup?acct={member.username}",
        f"/api/v1/accounts/search?q={member.username}",
        "/api/v1/accounts/search?q=secret-mail@example.test",
        "/api/v2/search?q=secret-mail",
    ):
        answer = await other.get(path)
        assert "secret-mail@" not in answer.text
        assert "203.0.113.99" not in answer.text
