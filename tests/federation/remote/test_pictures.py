"""Nobody here asks another server for a picture: it is ours, a placeholder, or behind our proxy."""

from PIL import Image

from tests.world import a_token, an_account
from watertower.accounts.access.accounts import account_for
from watertower.federation.remote.actor import actor_by_uri


def addresses_in(value):
    """Every address that an app might load: all strings under names that hold pictures."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name in PICTURES and isinstance(one, str):
                yield one
            yield from addresses_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from addresses_in(one)


PICTURES = {"avatar", "avatar_static", "header", "header_static", "static_url"}


def a_picture(tmp_path, colour):
    path = tmp_path / "picture.png"
    Image.new("RGB", (80, 60), colour).save(path)
    return path.read_bytes()


def painted(far, picture=True):
    """Somebody with an avatar, a header and an emoji in the name."""
    icon = {"type": "Image", "mediaType": "image/png", "url": f"{far.base}/pictures/a.png"}
    emoji = {
        "type": "Emoji",
        "id": f"{far.base}/emojis/1",
        "name": ":wave:",
        "icon": {"type": "Image", "mediaType": "image/png", "url": f"{far.base}/pictures/e.png"},
    }
    return far.actor(
        more={
            "name": "Hello :wave:",
            "icon": icon,
            "image": icon | {"url": f"{far.base}/pictures/h.png"},
            "tag": [emoji],
        }
    )


async def shown(ctx, client, account_id):
    member = await an_account(ctx)
    token = await a_token(ctx, member)
    answer = await client.get(
        f"/api/v1/accounts/{account_id}", headers={"Authorization": f"Bearer {token}"}
    )
    return answer.json


async def test_until_a_picture_is_copied_our_placeholder_is_shown(ctx, client, far):
    actor = await actor_by_uri(ctx, painted(far).uri)

    account = await shown(ctx, client, actor.id)

    base = ctx.settings.base_url
    assert account["avatar"] == f"{base}/avatars/original/missing.png"
    assert account["header_static"] == f"{base}/headers/original/missing.png"
    found = list(addresses_in(account))
    assert len(found) == 5
    assert [one for one in found if not one.startswith(f"{base}/")] == []


async def test_pictures_of_others_are_copied_and_shown_from_here(ctx, client, far, drain, tmp_path):
    far.files["/pictures/a.png"] = a_picture(tmp_path, "red")
    far.files["/pictures/h.png"] = a_picture(tmp_path, "blue")
    actor = await actor_by_uri(ctx, painted(far).uri)

    await drain()

    account = await shown(ctx, client, actor.id)
    kept = await account_for(ctx, account_id=actor.id)
    assert account["avatar"] == ctx.storage.url(kept.avatar_key)
    assert account["header"] == ctx.storage.url(kept.header_key)
    assert kept.version > actor.version
    base = ctx.settings.base_url
    assert [one for one in addresses_in(account) if not one.startswith(f"{base}/")] == []
    assert (await client.get(account["avatar"].removeprefix(base))).status == 200


async def test_a_new_picture_takes_the_place_of_the_copy(ctx, far, drain, tmp_path):
    far.files["/pictures/a.png"] = a_picture(tmp_path, "red")
    far.files["/pictures/b.png"] = a_picture(tmp_path, "green")
    person = painted(far)
    actor = await actor_by_uri(ctx, person.uri)
    await drain()
    first = (await account_for(ctx, account_id=actor.id)).avatar_key

    person.more["icon"] = person.more["icon"] | {"url": f"{far.base}/pictures/b.png"}
    await actor_by_uri(ctx, person.uri, fresh_since=ctx.now())
    await drain()

    second = (await account_for(ctx, account_id=actor.id)).avatar_key
    assert None not in {first, second}
    assert second != first
    folder = ctx.settings.server.data_dir / "media"
    assert [(folder / key).exists() for key in (first, second)] == [False, True]


async def test_a_picture_that_is_none_leaves_the_placeholder(ctx, client, far, drain):
    far.files["/pictures/a.png"] = b"<svg onload=alert(1)>"
    actor = await actor_by_uri(ctx, painted(far).uri)

    await drain()

    account = await shown(ctx, client, actor.id)
    assert account["avatar"] == f"{ctx.settings.base_url}/avatars/original/missing.png"
