"""Search and lookup of people through the API."""

import pytest

from tests.api.v1.accounts.people import signed_in
from tests.world import a_follow, an_account, unique
from watertower.accounts.access.search import people_found


def handles(answer):
    return [account["acct"] for account in answer.json]


async def test_the_very_name_comes_first_then_people_one_follows_then_the_known(ctx, client):
    word = unique("zz").replace("_", "")
    me = await an_account(ctx)
    known = await an_account(ctx, f"{word}aa")
    friend = await an_account(ctx, f"{word}bb")
    exact = await an_account(ctx, word)
    by_name = await an_account(ctx, display_name=f"Dr {word.upper()}")
    await a_follow(ctx, me, friend)
    await a_follow(ctx, exact, known)
    app = await signed_in(ctx, client, me)

    found = await app.get("/api/v1/accounts/search", params={"q": f"@{word}"})
    followed = await app.get("/api/v1/accounts/search", params={"q": word, "following": "true"})
    second = await app.get(
        "/api/v1/accounts/search", params={"q": word, "limit": "1", "offset": "1"}
    )

    assert handles(found) == [word, friend.username, known.username, by_name.username]
    assert handles(followed) == [friend.username]
    assert handles(second) == [friend.username]


async def test_accents_case_and_the_order_of_words_do_not_matter(ctx, client):
    word = unique("Łukasz").replace("_", "")
    person = await an_account(ctx, display_name=f"Żółty {word}")
    app = await signed_in(ctx, client, person)
    for query in (word.lower(), f"{word} zolty", f"ZOLTY {word.upper()}"):
        found = await app.get("/api/v1/accounts/search", params={"q": query})
        assert handles(found) == [person.acct], query


async def test_suspended_moved_and_pending_people_are_not_found(ctx, client):
    word = unique("yy").replace("_", "")
    me = await an_account(ctx)
    await an_account(ctx, f"{word}a", suspended_at=ctx.now())
    await an_account(ctx, f"{word}b", moved_to_account_id=me.id)
    await an_account(ctx, f"{word}c", is_approved=False)
    app = await signed_in(ctx, client, me)
    for query in (word, f"{word}a", f"{word}c"):
        found = await app.get("/api/v1/accounts/search", params={"q": query})
        assert handles(found) == [], query


async def test_part_of_a_handle_elsewhere(ctx, client):
    name, domain = unique("far").replace("_", ""), f"{unique('d').replace('_', '-')}.example"
    await an_account(ctx, name, domain=domain)
    app = await signed_in(ctx, client, await an_account(ctx))
    for query in (f"{name}@{domain}", f"@{name[:4]}@{domain[:5]}", f"{name.upper()}@{domain}"):
        found = await app.get("/api/v1/accounts/search", params={"q": query, "limit": "80"})
        assert f"{name}@{domain}" in handles(found), query
    nobody = await app.get("/api/v1/accounts/search", params={"q": f"{name}@other.example"})
    assert handles(nobody) == []


async def test_signs_of_patterns_stand_for_themselves(ctx, client):
    app = await signed_in(ctx, client, await an_account(ctx))
    for query in ("%", "_", "%%%", "\\", "a%b_c\\", "'; DROP TABLE accounts; --", "x" * 900):
        answer = await app.get("/api/v1/accounts/search", params={"q": query})
        assert (answer.status, answer.json) == (200, []), query
    assert (await app.get("/api/v1/accounts/search")).status == 422
    assert (await app.get("/api/v1/accounts/search?q=x&limit=-1&offset=-1")).status == 422


async def test_resolving_asks_the_other_server_only_for_a_whole_unknown_handle(
    ctx, client, monkeypatch
):
    far = await an_account(ctx, domain="resolved.example")
    asked = []

    async def find_account(handle):
        asked.append(handle)
        return far.id

    async def find_by_url(url):
        asked.append(url)
        return ("account", far.id)

    monkeypatch.setattr(ctx.remote, "find_account", find_account)
    monkeypatch.setattr(ctx.remote, "find_by_url", find_by_url)
    app = await signed_in(ctx, client, await an_account(ctx))

    async def search(query, resolve):
        params = {"q": query, "resolve": resolve}
        return handles(await app.get("/api/v1/accounts/search", params=params))

    assert await search("@new@resolved.example", "false") == []
    assert await search(far.acct, "true") == [far.acct]
    assert asked == []
    assert await search("@new@resolved.example", "true") == [far.acct]
    assert await search("https://resolved.example/@new", "true") == [far.acct]
    assert asked == ["new@resolved.example", "https://resolved.example/@new"]
    assert await people_found(ctx, viewer=None, query="a@b.example", limit=5, resolve=True) == []
    assert len(asked) == 2


@pytest.mark.parametrize("shape", ["{name}", "@{name}", "{name}@{ours}", "acct:{name}", " {NAME} "])
async def test_lookup_knows_the_ways_to_write_a_handle(ctx, client, shape):
    alice = await an_account(ctx)
    typed = shape.format(
        name=alice.username, NAME=alice.username.upper(), ours=ctx.settings.server.domain
    )
    answer = await client.get("/api/v1/accounts/lookup", params={"acct": typed})
    assert (answer.status, answer.json["id"]) == (200, str(alice.id))


async def test_lookup_finds_only_who_is_known(ctx, client):
    far = await an_account(ctx, domain="looked.example")
    alice = await an_account(ctx)
    found = await client.get("/api/v1/accounts/lookup", params={"acct": far.acct.upper()})
    assert found.json["acct"] == far.acct
    for typed in ("", "nobody_at_all", f"{alice.username}@other.example", f"{alice.username}@ !"):
        answer = await client.get("/api/v1/accounts/lookup", params={"acct": typed})
        assert answer.status == 404, typed
