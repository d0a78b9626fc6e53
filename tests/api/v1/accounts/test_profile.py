"""One's own profile through the API: every field, its limits, pictures, preferences."""

import io

import aiohttp
import pytest
from PIL import Image

from tests.api.v1.accounts.people import signed_in
from tests.world import an_account, unique
from watertower.accounts.model import Permission

CREDENTIALS = "/api/v1/accounts/update_credentials"


def picture(color="red", size=(600, 300)):
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "PNG")
    return out.getvalue()


def form(**parts):
    data = aiohttp.FormData()
    for name, value in parts.items():
        if isinstance(value, bytes):
            data.add_field(name, value, filename="picture.png", content_type="image/png")
        else:
            data.add_field(name, value)
    return data


@pytest.fixture
async def me(ctx):
    return await an_account(ctx)


@pytest.fixture
async def app(ctx, client, me):
    return await signed_in(ctx, client, me)


async def version_of(ctx, account):
    async with ctx.reading() as tx:
        return await tx.fetch_value("SELECT version FROM accounts WHERE id = $1", account.id)


async def test_the_own_account_has_its_sources_and_role(app, me):
    own = (await app.get("/api/v1/accounts/verify_credentials")).json
    assert own["username"] == me.username
    assert own["source"] == {
        "privacy": "public",
        "sensitive": False,
        "language": None,
        "quote_policy": "public",
        "note": "",
        "fields": [],
        "follow_requests_count": 0,
        "hide_collections": False,
        "discoverable": True,
        "indexable": False,
        "attribution_domains": [],
    }
    assert own["role"] == {
        "id": "-99",
        "name": "",
        "permissions": "65536",
        "color": "",
        "highlighted": False,
        "collection_limit": 10,
    }


async def test_an_owner_may_everything(ctx, client):
    owner = await signed_in(ctx, client, await an_account(ctx, role_id=3))
    role = (await owner.get("/api/v1/accounts/verify_credentials")).json["role"]
    assert (role["name"], role["permissions"]) == ("Owner", str(int(sum(Permission))))


async def test_everything_can_be_changed_at_once(ctx, client, app, me, drain):
    friend = await an_account(ctx)
    before = await version_of(ctx, me)
    changed = await app.patch(
        CREDENTIALS,
        json={
            "display_name": "  Al\nice  ",
            "note": f"Hi @{friend.username} and @nobody_here\n\n#Cats <b>",
            "locked": True,
            "bot": True,
            "discoverable": False,
            "indexable": True,
            "hide_collections": True,
            "avatar_description": "a cat",
            "header_description": "a sea",
            "attribution_domains": ["https://Blog.example/about", "blog.example"],
            "fields_attributes": [
                {"name": "Web", "value": "https://blog.example/me"},
                {"name": "", "value": ""},
                {"name": "Likes", "value": "tea & <i>"},
            ],
            "source": {
                "privacy": "unlisted",
                "sensitive": "true",
                "language": "de-AT",
                "quote_policy": "nobody",
            },
        },
    )
    seen = (await client.get(f"/api/v1/accounts/{me.id}")).json

    assert changed.status == 200
    assert seen["display_name"] == "Al ice"
    assert seen["note"] == (
        f'<p>Hi <span class="h-card" translate="no"><a href="{friend.url}" '
        f'class="u-url mention">@<span>{friend.username}</span></a></span> and @nobody_here</p>'
        f'<p><a href="{ctx.settings.base_url}/tags/cats" class="mention hashtag" rel="tag">'
        "#<span>Cats</span></a> &lt;b&gt;</p>"
    )
    flags = ("locked", "bot", "discoverable", "indexable", "hide_collections")
    assert [seen[flag] for flag in flags] == [True, True, False, True, True]
    assert (seen["avatar_description"], seen["header_description"]) == ("a cat", "a sea")
    assert [(f["name"], f["verified_at"]) for f in seen["fields"]] == [
        ("Web", None),
        ("Likes", None),
    ]
    assert 'rel="me' in seen["fields"][0]["value"]
    assert seen["fields"][1]["value"] == "tea &amp; &lt;i&gt;"
    source = changed.json["source"]
    assert source["attribution_domains"] == ["blog.example"]
    assert source["fields"][1]["value"] == "tea & <i>"
    assert [source[n] for n in ("privacy", "sensitive", "language", "quote_policy")] == [
        "unlisted",
        True,
        "de",
        "nobody",
    ]
    assert await version_of(ctx, me) == before + 1


async def test_what_is_not_named_stays_and_nothing_changed_is_no_new_version(ctx, app, me):
    await app.patch(CREDENTIALS, data={"note": "one", "display_name": "Two"})
    version = await version_of(ctx, me)
    await app.patch(CREDENTIALS, data={"display_name": "Two"})
    assert await version_of(ctx, me) == version
    await app.patch(CREDENTIALS, data={"source[language]": "fr"})
    assert await version_of(ctx, me) == version
    own = (await app.patch(CREDENTIALS, data={"display_name": ""})).json
    assert (own["display_name"], own["source"]["note"]) == ("", "one")
    assert own["source"]["language"] == "fr"


async def test_fields_come_as_a_hash_as_a_list_and_can_be_cleared(app):
    as_hash = await app.patch(
        CREDENTIALS,
        data={
            "fields_attributes[0][name]": "a",
            "fields_attributes[0][value]": "1",
            "fields_attributes[7][name]": "b",
            "fields_attributes[7][value]": "2",
        },
    )
    as_list = await app.patch(
        CREDENTIALS,
        data=[
            ("fields_attributes[][name]", "c"),
            ("fields_attributes[][value]", "3"),
            ("fields_attributes[][name]", "d"),
            ("fields_attributes[][value]", "4"),
        ],
    )
    cleared = await app.patch(CREDENTIALS, json={"fields_attributes": []})

    def pairs(answer):
        return [(f["name"], f["value"]) for f in answer.json["source"]["fields"]]

    assert pairs(as_hash) == [("a", "1"), ("b", "2")]
    assert pairs(as_list) == [("c", "3"), ("d", "4")]
    assert pairs(cleared) == []


LONG_LINK = "https://example.com/" + "x" * 200


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"display_name": "x" * 40}, 200),
        ({"display_name": "x" * 41}, 422),
        ({"note": "x" * 500}, 200),
        ({"note": "x" * 501}, 422),
        ({"note": f"{LONG_LINK} " * 20}, 200),  # 20 times 23 and a space
        ({"note": f"{LONG_LINK} " * 21}, 422),
        ({"note": "e" + "\u0301" * 20_000}, 422),
        ({"avatar_description": "x" * 1501}, 422),
        ({"fields_attributes": [{"name": "n", "value": "v"}] * 4}, 200),
        ({"fields_attributes": [{"name": "n", "value": "v"}] * 5}, 422),
        ({"fields_attributes": [{"name": "n" * 256, "value": "v"}]}, 422),
        ({"fields_attributes": [{"name": "n", "value": "v" * 255}]}, 200),
        ({"fields_attributes": [{"name": "n", "value": "v" * 256}]}, 422),
        ({"fields_attributes": [{"name": "", "value": "v"}]}, 422),
        ({"fields_attributes": [["n", "v"]]}, 422),
        ({"fields_attributes": [{"name": {"a": 1}, "value": [1]}]}, 422),
        ({"fields_attributes": "text"}, 422),
        ({"attribution_domains": ["a.example"] * 11}, 200),
        ({"attribution_domains": [f"a{n}.example" for n in range(11)]}, 422),
        ({"attribution_domains": ["not a domain"]}, 422),
        ({"source": {"privacy": "direct"}}, 422),
        ({"source": {"language": "klingonese"}}, 422),
        ({"source": "text"}, 422),
        ({"locked": "maybe"}, 422),
        ({"avatar": "text"}, 422),
    ],
)
async def test_limits(app, change, status):
    answer = await app.patch(CREDENTIALS, json=change)
    assert answer.status == status, answer.text
    if status == 422:
        assert answer.json["error"].startswith("Validation failed")


async def test_pictures_are_stored_shown_replaced_and_taken_away(ctx, client, app, me, drain):
    first = await app.patch(CREDENTIALS, data=form(avatar=picture(), header=picture()))
    assert first.status == 200, first.text
    key = first.json["avatar"].removeprefix(ctx.storage.url(""))
    assert first.json["avatar"] == first.json["avatar_static"] == ctx.storage.url(key)
    assert len(await ctx.storage.get(key)) > 0

    second = await app.patch(CREDENTIALS, data=form(avatar=picture("blue")))
    await drain()
    assert second.json["avatar"] != first.json["avatar"]
    assert second.json["header"] == first.json["header"]
    with pytest.raises(FileNotFoundError):
        await ctx.storage.get(key)

    gone = await app.patch(CREDENTIALS, json={"avatar": None})
    assert gone.json["avatar"] == f"{ctx.settings.base_url}/avatars/original/missing.png"
    assert (await app.delete("/api/v1/profile/header")).status == 200
    profile = (await app.get("/api/v1/profile")).json
    assert (profile["avatar"], profile["header"]) == (None, None)


async def test_what_is_no_picture_is_refused_and_changes_nothing(ctx, app, me):
    before = await version_of(ctx, me)
    answer = await app.patch(CREDENTIALS, data=form(avatar=b"#!/bin/sh", note="changed"))
    assert answer.status == 422
    assert await version_of(ctx, me) == before


async def test_custom_emoji_of_a_profile(ctx, client, app, me):
    code = unique("cat")
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO custom_emojis (shortcode, image_key, static_key) VALUES ($1, 'e/1', 'e/2')",
            code,
        )
    await app.patch(CREDENTIALS, json={"display_name": f"Al :{code}:", "note": ":unknown_one:"})
    seen = (await client.get(f"/api/v1/accounts/{me.id}")).json
    assert [(e["shortcode"], e["url"], e["static_url"]) for e in seen["emojis"]] == [
        (code, ctx.storage.url("e/1"), ctx.storage.url("e/2"))
    ]
    await app.patch(CREDENTIALS, json={"display_name": "Al"})
    assert (await client.get(f"/api/v1/accounts/{me.id}")).json["emojis"] == []


async def test_unlocking_lets_everybody_in_who_waits_but_the_limited(ctx, client, drain):
    me = await an_account(ctx, is_locked=True)
    waiting = [await an_account(ctx) for _ in range(3)]
    limited = await an_account(ctx, limited_at=ctx.now())
    for person in (*waiting, limited):
        await (await signed_in(ctx, client, person)).post(f"/api/v1/accounts/{me.id}/follow")
    app = await signed_in(ctx, client, me)

    await app.patch(CREDENTIALS, data={"locked": "false"})
    await drain()

    followers = (await app.get(f"/api/v1/accounts/{me.id}/followers")).json
    assert {a["id"] for a in followers} == {str(person.id) for person in waiting}
    requests = (await app.get("/api/v1/follow_requests")).json
    assert [a["id"] for a in requests] == [str(limited.id)]


async def test_the_profile_as_typed_and_as_shown(app, me):
    answer = await app.patch(
        "/api/v1/profile",
        json={
            "note": "a & b",
            "show_media": False,
            "show_media_replies": False,
            "show_featured": False,
            "fields_attributes": [{"name": "x", "value": "<y>"}],
        },
    )
    assert answer.json == (await app.get("/api/v1/profile")).json
    assert answer.json == {
        "id": str(me.id),
        "display_name": me.display_name,
        "note": "a & b",
        "fields": [{"name": "x", "value": "<y>", "verified_at": None}],
        "formatted_note": "<p>a &amp; b</p>",
        "formatted_fields": [{"name": "x", "value": "&lt;y&gt;", "verified_at": None}],
        "avatar": None,
        "avatar_static": None,
        "avatar_description": "",
        "header": None,
        "header_static": None,
        "header_description": "",
        "locked": False,
        "bot": False,
        "hide_collections": False,
        "discoverable": True,
        "indexable": False,
        "show_media": False,
        "show_media_replies": False,
        "show_featured": False,
        "attribution_domains": [],
        "featured_tags": [],
    }


async def test_preferences_follow_the_defaults_of_posts(ctx, client, app):
    locked = await signed_in(ctx, client, await an_account(ctx, is_locked=True))
    assert (await locked.get("/api/v1/preferences")).json["posting:default:visibility"] == "private"
    await app.patch(CREDENTIALS, data={"source[privacy]": "private", "source[language]": "nl"})
    assert (await app.get("/api/v1/preferences")).json == {
        "posting:default:visibility": "private",
        "posting:default:sensitive": False,
        "posting:default:language": "nl",
        "posting:default:quote_policy": "public",
        "reading:expand:media": "default",
        "reading:expand:spoilers": False,
        "reading:autoplay:gifs": False,
    }
