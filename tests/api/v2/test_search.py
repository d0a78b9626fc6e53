from datetime import timedelta

import pytest

from tests.feeds.world import a_member, a_tag, sql
from tests.world import a_status, an_account, unique
from watertower.statuses.model import Visibility

SEARCH = "/api/v2/search"


async def found(client, q, **params):
    answer = await client.get(SEARCH, params={"q": q, "type": "statuses", **params})
    assert answer.status == 200, answer.text
    return [int(status["id"]) for status in answer.json["statuses"]]


async def test_statuses_are_found_only_by_those_they_were_meant_for(ctx, client):
    word = unique("zebra").replace("_", "")
    member, as_member = await a_member(ctx, client)
    _, as_stranger = await a_member(ctx, client)
    open_author, shy = await an_account(ctx, is_indexable=True), await an_account(ctx)
    public = await a_status(ctx, open_author, f"a {word} Café")
    shy_public = await a_status(ctx, shy, f"my {word}")
    own = await a_status(ctx, member, f"own {word}", visibility=Visibility.PRIVATE)
    told = await a_status(
        ctx, shy, f"psst {word}", visibility=Visibility.DIRECT, mentions=(member,)
    )
    starred = await a_status(ctx, shy, f"star {word}")
    await sql(
        ctx, "INSERT INTO favourites (account_id, status_id) VALUES ($1, $2)", member.id, starred.id
    )
    far = await an_account(ctx, domain="far.example")
    kept = await a_status(ctx, far, text="", content_html=f"<p>far <b>{word}</b></p>")
    await sql(
        ctx, "INSERT INTO bookmarks (account_id, status_id) VALUES ($1, $2)", member.id, kept.id
    )
    assert shy_public

    assert await found(as_member, word) == [kept.id, starred.id, told.id, own.id, public.id]
    assert await found(as_stranger, word) == [public.id]
    assert await found(as_member, f"{word} cafe") == [public.id]
    assert await found(as_member, f'"{word} cafe"') == [public.id]
    assert await found(as_member, f"{word} -cafe", limit=1) == [kept.id]
    assert await found(as_member, f"{word} -cafe", limit=2, offset=1) == [starred.id, told.id]
    assert await found(as_member, f"{word} from:me") == [own.id]
    assert await found(as_member, f"{word} from:@{open_author.username}") == [public.id]
    assert await found(as_member, f"{word} in:library") == [kept.id, starred.id, told.id, own.id]
    assert await found(as_member, f"{word} in:public") == [public.id]
    assert await found(as_member, f"{word} from:nobody_here") == []
    assert await found(client, word) == []


async def test_operators_narrow_a_search(ctx, client):
    word = unique("yak").replace("_", "")
    author = await an_account(ctx, is_indexable=True)
    _, as_member = await a_member(ctx, client)
    old = await a_status(ctx, author, word, created_at=ctx.now() - timedelta(days=10))
    media = await a_status(ctx, author, word, has_media=True)
    german = await a_status(ctx, author, word, language="de")
    reply = await a_status(ctx, author, word, reply_to=old)
    sensitive = await a_status(ctx, author, word, is_sensitive=True)
    week = (ctx.now() - timedelta(days=7)).date().isoformat()
    then = (ctx.now() - timedelta(days=10)).date().isoformat()

    assert await found(as_member, f"{word} before:{week}") == [old.id]
    assert await found(as_member, f"{word} during:{then}") == [old.id]
    assert old.id not in await found(as_member, f"{word} after:{week}")
    assert await found(as_member, f"{word} has:media") == [media.id]
    assert media.id not in await found(as_member, f"{word} -has:media")
    assert await found(as_member, f"{word} language:de") == [german.id]
    assert await found(as_member, f"{word} is:reply") == [reply.id]
    assert await found(as_member, f"{word} is:sensitive") == [sensitive.id]
    assert await found(as_member, f"from:{author.username} is:reply") == [reply.id]
    assert await found(as_member, f"{word} before:never") == []
    assert await found(as_member, f"{word} has:wings") == []


@pytest.mark.parametrize(
    "q", ["-", '"', "&|!()", "a:*", "'; --", "%", "\\", "🦓", "-word", "from:"]
)
async def test_a_strange_query_finds_nothing_and_breaks_nothing(ctx, client, q):
    _, as_member = await a_member(ctx, client)
    answer = await as_member.get(SEARCH, params={"q": q})
    assert answer.status == 200
    assert set(answer.json) == {"accounts", "statuses", "hashtags", "collections"}


async def test_hashtags_are_found_by_their_beginning_the_very_name_first(ctx, client):
    name = unique("tag")
    await a_tag(ctx, f"{name}longer")
    await a_tag(ctx, name)
    _, as_member = await a_member(ctx, client)
    await as_member.post(f"/api/v1/tags/{name}/follow")
    answer = await as_member.get(SEARCH, params={"q": f"#{name.upper()}"})
    assert [(t["name"], t["following"]) for t in answer.json["hashtags"]] == [
        (name, True), (f"{name}longer", False),
    ]  # fmt: skip
    second = await client.get(SEARCH, params={"q": name, "type": "hashtags", "limit": 1})
    assert [t["name"] for t in second.json["hashtags"]] == [name]
    assert "following" not in second.json["hashtags"][0]


async def test_people_are_found_and_only_members_may_resolve_or_page(ctx, client):
    someone = await an_account(ctx)
    answer = await client.get(SEARCH, params={"q": someone.username, "type": "accounts"})
    assert [a["id"] for a in answer.json["accounts"]] == [str(someone.id)]
    for params in ({"resolve": "true"}, {"offset": "1"}):
        assert (await client.get(SEARCH, params={"q": "x", **params})).status == 401
    assert (await client.get(SEARCH)).status == 400
    assert (await client.get(SEARCH, params={"q": "x", "type": "cats"})).status == 422


async def test_an_address_is_resolved_to_what_it_shows(ctx, client, monkeypatch):
    _, as_member = await a_member(ctx, client)
    status = await a_status(ctx, await an_account(ctx, domain="far.example"))

    async def find(url):
        return ("status", status.id) if url == status.url else None

    monkeypatch.setattr(ctx.remote, "find_by_url", find)
    answer = await as_member.get(SEARCH, params={"q": status.url, "resolve": "true"})
    assert [s["id"] for s in answer.json["statuses"]] == [str(status.id)]
    other = await as_member.get(SEARCH, params={"q": "https://none.example/", "resolve": "true"})
    assert other.json == {"accounts": [], "statuses": [], "hashtags": [], "collections": []}
