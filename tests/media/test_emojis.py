import io

import pytest
from PIL import Image

from tests.media.files import animation, picture
from tests.media.test_remote import elsewhere  # noqa: F401  # a fixture
from tests.world import unique
from watertower.api.shapes.emoji import emoji_shape
from watertower.base.errors import Invalid
from watertower.media.actions.import_emoji import import_emoji
from watertower.media.queries.emojis import find_emojis
from watertower.media.steps.emojis import remember_emojis


async def test_emoji_can_be_imported_listed_and_replaced(ctx, client, tmp_path):
    still, moving = unique("still"), unique("moving")
    (tmp_path / "still.png").write_bytes(picture(600, 300, kind="PNG", mode="RGBA"))
    (tmp_path / "moving.gif").write_bytes(animation(size=(64, 64)))
    assert await import_emoji(ctx, shortcode=still, image=tmp_path / "still.png", category="Blobs")
    assert await import_emoji(
        ctx, shortcode=moving, image=tmp_path / "moving.gif", is_visible=False
    )
    listed = {one["shortcode"]: one for one in (await client.get("/api/v1/custom_emojis")).json}
    one = listed[still]
    assert one == {
        "shortcode": still,
        "url": one["url"],
        "static_url": one["url"],
        "visible_in_picker": True,
        "category": "Blobs",
        "featured": False,
    }
    image = Image.open(io.BytesIO((await client.get(one["url"])).body))
    assert (image.format, image.size) == ("PNG", (256, 128))
    other = listed[moving]
    assert (other["url"][-4:], other["static_url"][-4:]) == (".gif", ".png")
    assert other["visible_in_picker"] is False
    assert not await import_emoji(ctx, shortcode=still, image=tmp_path / "moving.gif")
    async with ctx.reading() as tx:
        (after,) = await find_emojis(tx, shortcodes=[still, "nothing"])
    assert (after["category"], after["key"][-4:]) == ("Blobs", ".gif")


async def test_listing_takes_one_query(client, queries):
    queries.clear()
    await client.get("/api/v1/custom_emojis")
    assert len(queries) == 1


@pytest.mark.parametrize("shortcode", ["a", "with space", "ü" * 3, "x" * 101, "a:b"])
async def test_impossible_codes_are_refused(ctx, tmp_path, shortcode):
    (tmp_path / "a.png").write_bytes(picture(kind="PNG"))
    with pytest.raises(Invalid):
        await import_emoji(ctx, shortcode=shortcode, image=tmp_path / "a.png")


async def test_what_is_no_image_is_refused(ctx, tmp_path):
    for data in (b"<svg/>", b"", b"\x89PNG\r\n\x1a\n", picture() + b"\0" * 1_100_000):
        (tmp_path / "a.png").write_bytes(data)
        with pytest.raises(Invalid):
            await import_emoji(ctx, shortcode="fine", image=tmp_path / "a.png")


async def test_remote_emoji_are_fetched_once_through_us(ctx, client, elsewhere):  # noqa: F811
    elsewhere.files["/e.gif"] = animation()
    url = f"{elsewhere.base}/e.gif"
    async with ctx.transaction() as tx:
        (kept,) = await remember_emojis(
            tx,
            domain="elsewhere.example",
            emojis=[("blob", url, None), ("bad code", url, None), ("evil", "javascript:1", None)],
            at=ctx.now(),
        )
    shown = emoji_shape(ctx, kept)
    assert url not in shown["url"]
    for address, kind in ((shown["url"], "image/gif"), (shown["static_url"], "image/png")):
        answer = await client.get(address)
        assert answer.status == 302
        assert (await client.get(answer.headers["Location"])).headers["Content-Type"] == kind
    assert elsewhere.asked == ["/e.gif"]
    assert (await client.get(shown["url"].replace("key=", "key=0"))).status == 404
    async with ctx.transaction() as tx:
        (again,) = await remember_emojis(
            tx, domain="elsewhere.example", emojis=[("blob", url, None)], at=ctx.now()
        )
    assert again["key"] is not None
