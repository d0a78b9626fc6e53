import pytest

from tests.media.files import as_upload, picture
from tests.world import an_account
from watertower.media.access.media import media_for
from watertower.media.actions.upload import upload
from watertower.media.steps.picture import store_picture


@pytest.fixture
async def file(ctx, tmp_path):
    """A stored picture: its path on the server and its bytes."""
    alice = await an_account(ctx)
    media_id = await upload(ctx, account_id=alice.id, file=as_upload(tmp_path, picture()))
    media = await media_for(ctx, account_id=alice.id, media_id=media_id)
    return f"/media/{media.original_key}", await ctx.storage.get(media.original_key)


async def test_a_file_is_served_so_that_no_browser_takes_it_for_a_page(client, file):
    path, data = file
    answer = await client.get(path)
    assert (answer.status, answer.body) == (200, data)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert headers["content-type"] == "image/jpeg"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["accept-ranges"] == "bytes"
    assert int(headers["content-length"]) == len(data)
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("bytes=0-99", slice(0, 100)),
        ("bytes=100-", slice(100, None)),
        ("bytes=-50", slice(-50, None)),
        ("bytes=0-0", slice(0, 1)),
        ("bytes=10-99999999999", slice(10, None)),
        ("bytes=-99999999999", slice(0, None)),
    ],
)
async def test_a_range_is_answered_with_that_part(client, file, asked, expected):
    path, data = file
    answer = await client.get(path, headers={"Range": asked})
    assert (answer.status, answer.body) == (206, data[expected])
    start = range(len(data))[expected][0]
    assert (
        answer.headers["Content-Range"]
        == f"bytes {start}-{start + len(answer.body) - 1}/{len(data)}"
    )


@pytest.mark.parametrize(
    "asked", ["bytes=9-3", "bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=x-"]
)
async def test_what_is_no_single_range_gets_the_whole_file(client, file, asked):
    path, data = file
    answer = await client.get(path, headers={"Range": asked})
    assert (answer.status, answer.body) == (200, data)


async def test_a_range_beyond_the_end_is_416(client, file):
    path, data = file
    for asked in (f"bytes={len(data)}-", "bytes=-0"):
        answer = await client.get(path, headers={"Range": asked})
        assert (answer.status, answer.headers["Content-Range"]) == (416, f"bytes */{len(data)}")


async def test_what_a_browser_has_is_not_sent_again(client, file):
    path, data = file
    etag = (await client.get(path)).headers["ETag"]
    again = await client.get(path, headers={"If-None-Match": etag})
    assert (again.status, again.body) == (304, b"")
    other = await client.get(path, headers={"Range": "bytes=0-1", "If-Range": '"old"'})
    assert (other.status, other.body) == (200, data)


async def test_head_tells_the_length_only(client, file):
    path, data = file
    answer = await client.call("HEAD", path)
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(data))


@pytest.mark.parametrize(
    "path",
    [
        "/media/attachments/00/11/original.jpg",
        "/media/",
        "/media/attachments",
        "/media/attachments/../../secrets.json",
        "/media/attachments/%2e%2e/%2e%2e/secrets.json",
        "/media/..%2fsecrets.json",
        "/media/attachments/a%00.jpg",
        "/media/" + "a/" * 500 + "x.jpg",
    ],
)
async def test_nothing_else_can_be_reached(client, path):
    assert (await client.get(path)).status == 404


async def test_an_upload_as_it_came_is_never_served(ctx, client, tmp_path):
    await ctx.storage.put("sources/0123456789abcdef.jpg", b"with GPS", content_type="image/jpeg")
    assert (await client.get("/media/sources/0123456789abcdef.jpg")).status == 404


async def test_profile_pictures_are_cut_to_shape_and_animations_keep_moving(ctx, tmp_path):
    import io

    from PIL import Image

    from tests.media.files import animation

    async def opened(key):
        return Image.open(io.BytesIO(await ctx.storage.get(key)))

    key, static_key = await store_picture(
        ctx, as_upload(tmp_path, picture(1000, 600)), kind="avatar"
    )
    assert key == static_key
    assert (await opened(key)).size == (400, 400)
    key, _ = await store_picture(ctx, as_upload(tmp_path, picture(4000, 3000)), kind="header")
    assert (await opened(key)).size == (1500, 500)
    key, _ = await store_picture(ctx, as_upload(tmp_path, picture(90, 60)), kind="avatar")
    assert (await opened(key)).size == (60, 60)
    key, static_key = await store_picture(
        ctx, as_upload(tmp_path, animation(size=(500, 500))), kind="avatar"
    )
    moving, still = await opened(key), await opened(static_key)
    assert (moving.format, moving.size, moving.n_frames) == ("GIF", (400, 400), 4)
    assert (still.format, still.size) == ("PNG", (400, 400))
