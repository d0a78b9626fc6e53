import asyncio
import io
import struct
import zlib
from datetime import timedelta

import aiohttp
import pytest
from PIL import Image

from tests.media.files import (
    H264,
    TEST_PICTURE,
    TEST_SOUND,
    animation,
    as_upload,
    filmed,
    picture,
)
from tests.world import a_status, a_token, an_account
from watertower.base.errors import Invalid
from watertower.media.access.media import media_for
from watertower.media.actions.upload import upload
from watertower.media.errors import NotFinished
from watertower.media.steps.attach import attach, detach


@pytest.fixture
async def alice(ctx):
    return await an_account(ctx)


@pytest.fixture
async def app(ctx, client, alice):
    return client.signed_in(await a_token(ctx, alice))


def form(data: bytes, name: str = "file.jpg", **fields) -> aiohttp.FormData:
    out = aiohttp.FormData()
    out.add_field("file", data, filename=name, content_type="image/jpeg")
    for field, value in fields.items():
        if isinstance(value, bytes):
            out.add_field(field, value, filename="cover.png", content_type="image/png")
        else:
            out.add_field(field, value)
    return out


async def stored(ctx, alice, answer) -> bytes:
    media = await media_for(ctx, account_id=alice.id, media_id=int(answer.json["id"]))
    return await ctx.storage.get(media.original_key)


async def test_a_picture_is_ready_in_the_answer(ctx, app, alice):
    answer = await app.post(
        "/api/v2/media", data=form(picture(800, 600), description="A wall", focus="0.5,-2")
    )
    assert answer.status == 200
    media = answer.json
    assert media["type"] == "image"
    assert media["meta"] == {
        "focus": {"x": 0.5, "y": -1.0},
        "original": {"width": 800, "height": 600, "size": "800x600", "aspect": 800 / 600},
        "small": {"width": 554, "height": 416, "size": "554x416", "aspect": 554 / 416},
    }
    assert media["description"] == "A wall"
    assert len(media["blurhash"]) == 36
    assert media["url"].startswith(ctx.settings.base_url + "/media/attachments/")
    shown = await app.get(media["url"])
    assert (shown.status, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert Image.open(io.BytesIO(shown.body)).size == (800, 600)
    small = await app.get(media["preview_url"])
    assert Image.open(io.BytesIO(small.body)).size == (554, 416)


async def test_orientation_is_applied_and_everything_else_about_the_taking_is_gone(ctx, app, alice):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    answer = await app.post("/api/v2/media", data=form(picture(300, 100, exif=exif.tobytes())))
    data = await stored(ctx, alice, answer)
    image = Image.open(io.BytesIO(data))
    assert image.size == (100, 300)
    assert dict(image.getexif()) == {}
    assert b"SecretCamera" not in data


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        (("PNG", "RGBA"), "PNG"),
        (("PNG", "P"), "PNG"),
        (("GIF", "P"), "PNG"),
        (("WEBP", "RGB"), "WEBP"),
        (("AVIF", "RGB"), "JPEG"),
        (("JPEG", "CMYK"), "JPEG"),
        (("JPEG", "L"), "JPEG"),
    ],
)
async def test_every_kind_of_picture_becomes_one_that_browsers_show(
    ctx, app, alice, taken, expected
):
    kind, mode = taken
    answer = await app.post("/api/v2/media", data=form(picture(64, 48, kind=kind, mode=mode)))
    assert answer.status == 200, answer.text
    image = Image.open(io.BytesIO(await stored(ctx, alice, answer)))
    assert (image.format, image.size) == (expected, (64, 48))


async def test_a_large_picture_is_scaled_to_the_area_of_4k(app):
    answer = await app.post("/api/v2/media", data=form(picture(4000, 3000)))
    assert answer.json["meta"]["original"]["size"] == "3326x2494"


def png_of(width: int, height: int) -> bytes:
    """A PNG whose header promises more pixels than its bytes hold."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9_000_000))
        + chunk(b"IEND", b"")
    )


TYPE_ERROR = "Validation failed: File content type is invalid, File is invalid"
DAMAGED = "Error processing thumbnail for uploaded media"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", TYPE_ERROR),
        (b"only text", TYPE_ERROR),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", TYPE_ERROR),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", TYPE_ERROR),
        (b"%!PS-Adobe-3.0\n", TYPE_ERROR),
        (b"\xff\xd8\xff\xe0", DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, DAMAGED),
        (b"GIF89a" + b"\xff" * 30, DAMAGED),
        (b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 8, DAMAGED),
        (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + b"\0" * 64, DAMAGED),
        (picture()[:700], DAMAGED),
        (png_of(40_000, 40_000), "Validation failed: File must have less than 33 megapixels"),
        (png_of(7000, 4000), DAMAGED),
    ],
)
async def test_what_is_no_picture_is_refused_in_the_apis_words(app, data, says):
    answer = await app.post("/api/v2/media", data=form(data, name="cat.png"))
    assert (answer.status, answer.json["error"]) == (422, says)


async def test_of_a_file_that_is_two_things_only_the_picture_is_kept(ctx, app, alice):
    payload = b"<script>alert(1)</script>PK\x03\x04"
    both = picture(100, 100) + payload
    commented = picture(100, 100, kind="PNG")
    for data in (both, commented + payload):
        answer = await app.post("/api/v2/media", data=form(data))
        assert answer.status == 200
        assert payload not in await stored(ctx, alice, answer)


async def test_a_name_and_a_content_type_decide_nothing(app):
    answer = await app.post("/api/v2/media", data=form(picture(kind="PNG"), name="../../x.exe"))
    assert answer.json["url"].endswith("/original.png")


async def test_a_picture_too_heavy_is_refused_before_it_is_looked_at(app):
    heavy = picture() + b"\0" * (16 * 1024 * 1024)
    answer = await app.post("/api/v2/media", data=form(heavy))
    assert answer.status == 422
    assert answer.json["error"] == "Validation failed: File file size must be less than 16 MB"


async def test_no_file_and_a_bad_focus_and_a_long_text_are_refused(app):
    assert (await app.post("/api/v2/media", data={})).status == 422
    assert (await app.post("/api/v2/media", data={"file": "text"})).status == 422
    assert (await app.post("/api/v2/media", data=form(picture(), focus="nan,1"))).status == 422
    assert (await app.post("/api/v2/media", data=form(picture(), focus="1"))).status == 422
    long = form(picture(), description="x" * 10_001)
    assert (await app.post("/api/v2/media", data=long)).status == 422


async def processed(app, drain, data: bytes, **fields) -> dict:
    answer = await app.post("/api/v2/media", data=form(data, **fields))
    assert (answer.status, answer.json["url"]) == (202, None)
    waiting = await app.get(f"/api/v1/media/{answer.json['id']}")
    assert (waiting.status, waiting.json["url"]) == (206, None)
    await drain()
    done = await app.get(f"/api/v1/media/{answer.json['id']}")
    assert done.status == 200, done.text
    return done.json


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
async def test_an_animation_becomes_a_silent_video(app, drain, kind):
    media = await processed(app, drain, animation(kind))
    assert media["type"] == "gifv"
    assert media["url"].endswith(".mp4")
    assert media["preview_url"].endswith(".jpg")
    assert media["meta"]["original"]["size"] == "120x80"
    assert media["meta"]["original"]["duration"] == pytest.approx(0.4, abs=0.11)
    assert media["meta"]["small"]["size"] == "120x80"


async def test_a_video_that_is_fine_is_repacked_without_its_place(ctx, app, drain, alice, tmp_path):
    data = filmed(
        tmp_path,
        "v.mp4",
        *TEST_PICTURE,
        *TEST_SOUND,
        *H264,
        "-c:a",
        "aac",
        "-metadata",
        "location=+48.1375+011.5755/",
        "-metadata",
        "title=MyHome",
    )
    assert b"MyHome" in data
    media = await processed(app, drain, data)
    assert media["type"] == "video"
    assert media["meta"]["original"] == {
        "width": 320,
        "height": 180,
        "size": "320x180",
        "aspect": 320 / 180,
        "frame_rate": "25/1",
        "duration": 2.0,
        "bitrate": media["meta"]["original"]["bitrate"],
    }
    row = await media_for(ctx, account_id=alice.id, media_id=int(media["id"]))
    kept = await ctx.storage.get(row.original_key)
    assert b"MyHome" not in kept
    assert b"48.1375" not in kept
    assert row.source_key is None


async def test_another_video_is_converted(app, drain, tmp_path):
    data = filmed(
        tmp_path, "v.webm", *TEST_PICTURE, *TEST_SOUND, "-c:v", "libvpx", "-c:a", "libvorbis"
    )
    media = await processed(app, drain, data)
    assert (media["type"], media["url"][-4:]) == ("video", ".mp4")


async def test_a_video_filmed_upright_is_told_upright(app, drain, tmp_path):
    flat = tmp_path / "flat.mp4"
    filmed(tmp_path, "flat.mp4", *TEST_PICTURE, *TEST_SOUND, *H264, "-c:a", "aac")
    data = filmed(tmp_path, "up.mp4", "-display_rotation", "90", "-i", str(flat), "-c", "copy")
    media = await processed(app, drain, data)
    assert media["meta"]["original"]["size"] == "180x320"
    assert media["meta"]["small"]["size"] == "180x320"


@pytest.mark.parametrize(
    ("made", "ending"),
    [
        (("s.mp3", "libmp3lame"), ".mp3"),
        (("s.ogg", "libvorbis"), ".ogg"),
        (("s.wav", "pcm_s16le"), ".mp3"),
        (("s.flac", "flac"), ".mp3"),
        (("s.m4a", "aac"), ".mp3"),
        (("s.aac", "aac"), ".mp3"),
    ],
)
async def test_sound_is_kept_or_becomes_an_mp3(app, drain, tmp_path, made, ending):
    name, codec = made
    media = await processed(app, drain, filmed(tmp_path, name, *TEST_SOUND, "-c:a", codec))
    assert (media["type"], media["url"][-4:], media["preview_url"]) == ("audio", ending, None)
    assert media["meta"]["original"]["duration"] == pytest.approx(2.0, abs=0.2)


async def test_a_cover_comes_with_a_sound_and_can_be_changed(app, drain, tmp_path):
    sound = filmed(tmp_path, "s.mp3", *TEST_SOUND)
    media = await processed(app, drain, sound, thumbnail=picture(500, 500, kind="PNG"))
    assert media["preview_url"].endswith(".png")
    assert media["meta"]["small"]["size"] == "480x480"
    assert set(media["meta"]["colors"]) == {"background", "foreground", "accent"}
    changed = aiohttp.FormData()
    changed.add_field("thumbnail", picture(100, 50), filename="c.jpg")
    after = await app.put(f"/api/v1/media/{media['id']}", data=changed)
    assert after.json["meta"]["small"]["size"] == "100x50"
    assert after.json["preview_url"] != media["preview_url"]


@pytest.mark.parametrize(
    "data",
    [
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 400,
        b"OggS" + b"\0" * 200,
        b"\x1aE\xdf\xa3" + b"\xff" * 200,
        b"ID3\x04" + b"\0" * 200,
    ],
)
async def test_what_cannot_be_played_fails_with_a_clear_word(app, drain, data):
    answer = await app.post("/api/v2/media", data=form(data))
    assert answer.status == 202
    await drain()
    after = await app.get(f"/api/v1/media/{answer.json['id']}")
    assert (after.status, after.json) == (422, {"error": DAMAGED})


async def test_the_old_endpoint_waits(app, drain):
    async def work():
        await asyncio.sleep(0.3)
        await drain()

    answer, _ = await asyncio.gather(app.post("/api/v1/media", data=form(animation())), work())
    assert (answer.status, answer.json["type"]) == (200, "gifv")
    assert answer.json["url"] is not None


async def test_text_and_focus_can_be_changed_and_taken_away(app):
    media = (await app.post("/api/v2/media", data=form(picture(), description="Old"))).json
    path = f"/api/v1/media/{media['id']}"
    after = await app.put(path, json={"focus": "-0.25,0.5"})
    assert (after.json["description"], after.json["meta"]["focus"]) == (
        "Old",
        {"x": -0.25, "y": 0.5},
    )
    after = await app.put(path, json={"description": ""})
    assert (after.json["description"], after.json["meta"]["focus"]) == (
        None,
        {"x": -0.25, "y": 0.5},
    )


async def test_nobody_elses_upload_can_be_read_changed_deleted_or_attached(ctx, client, app):
    media = (await app.post("/api/v2/media", data=form(picture()))).json
    mallory = await an_account(ctx)
    other = client.signed_in(await a_token(ctx, mallory))
    path = f"/api/v1/media/{media['id']}"
    assert (await other.get(path)).status == 404
    assert (await other.put(path, json={"description": "x"})).status == 404
    assert (await other.delete(path)).status == 404
    status = await a_status(ctx, mallory)
    with pytest.raises(Invalid, match="not found or already attached"):
        async with ctx.transaction() as tx:
            await attach(
                tx, account_id=mallory.id, media_ids=[int(media["id"])], status_id=status.id
            )
    assert (await app.get(path)).status == 200


async def test_deleting_removes_the_files_but_not_of_a_post(ctx, app, alice, drain):
    media = (await app.post("/api/v2/media", data=form(picture()))).json
    used = (await app.post("/api/v2/media", data=form(picture()))).json
    status = await a_status(ctx, alice)
    async with ctx.transaction() as tx:
        await attach(tx, account_id=alice.id, media_ids=[int(used["id"])], status_id=status.id)
    answer = await app.delete(f"/api/v1/media/{used['id']}")
    assert (answer.status, answer.json["error"]) == (
        422,
        "Media attachment is currently used by a status",
    )
    answer = await app.delete(f"/api/v1/media/{media['id']}")
    assert (answer.status, answer.json) == (200, {})
    await drain()
    assert (await app.get(media["url"])).status == 404
    assert (await app.get(media["preview_url"])).status == 404
    assert (await app.get(used["url"])).status == 200


async def test_attaching_refuses_what_is_not_finished_twice_used_too_much_or_mixed(
    ctx, alice, tmp_path, drain
):
    async def up(data):
        return await upload(ctx, account_id=alice.id, file=as_upload(tmp_path, data))

    one, two = await a_status(ctx, alice), await a_status(ctx, alice)
    pictures = [await up(picture(20, 20)) for _ in range(5)]
    sound = await up(filmed(tmp_path, "s.mp3", *TEST_SOUND))

    async def give(ids, status):
        async with ctx.transaction() as tx:
            return await attach(tx, account_id=alice.id, media_ids=ids, status_id=status.id)

    with pytest.raises(NotFinished, match="have not finished processing"):
        await give([sound], one)
    await drain()
    with pytest.raises(Invalid, match="more than 4"):
        await give(pictures, one)
    with pytest.raises(Invalid, match="video to a post that already contains images"):
        await give([pictures[0], sound], one)
    assert await give([*pictures[:4], pictures[0]], one) == pictures[:4]
    assert await give(pictures[:4], one) == pictures[:4]
    with pytest.raises(Invalid, match="already attached"):
        await give([pictures[4], pictures[3]], two)
    assert await give([pictures[4]], two) == [pictures[4]]
    async with ctx.transaction() as tx:
        assert await detach(tx, status_id=one.id, kept_ids=pictures[:3]) == [pictures[3]]
    assert await give([pictures[3]], two) == [pictures[3]]


async def test_two_posts_at_once_cannot_both_have_a_file(ctx, alice, tmp_path):
    media_id = await upload(ctx, account_id=alice.id, file=as_upload(tmp_path, picture(9, 9)))
    statuses = [await a_status(ctx, alice) for _ in range(6)]

    async def give(status):
        async with ctx.transaction() as tx:
            await attach(tx, account_id=alice.id, media_ids=[media_id], status_id=status.id)

    outcomes = await asyncio.gather(*(give(s) for s in statuses), return_exceptions=True)
    assert sorted(type(o).__name__ for o in outcomes) == ["Invalid"] * 5 + ["NoneType"]


async def test_what_nobody_used_for_a_day_is_swept(ctx, app, clock, drain, alice):
    from watertower.media.jobs.sweep_orphans import sweep_orphans

    lost = (await app.post("/api/v2/media", data=form(picture()))).json
    used = (await app.post("/api/v2/media", data=form(picture()))).json
    status = await a_status(ctx, alice)
    async with ctx.transaction() as tx:
        await attach(tx, account_id=alice.id, media_ids=[int(used["id"])], status_id=status.id)
    clock.ahead = timedelta(hours=23)
    await sweep_orphans.run(ctx)
    assert (await app.get(f"/api/v1/media/{lost['id']}")).status == 200
    clock.ahead = timedelta(hours=25)
    await sweep_orphans.run(ctx)
    clock.ahead = timedelta(0)
    await drain()
    assert (await app.get(f"/api/v1/media/{lost['id']}")).status == 404
    assert (await app.get(lost["url"])).status == 404
    assert (await app.get(used["url"])).status == 200


async def test_processing_twice_is_the_same_as_once(ctx, alice, tmp_path, monkeypatch):
    from watertower.media.jobs import process_upload as job

    media_id = await upload(ctx, account_id=alice.id, file=as_upload(tmp_path, animation()))

    async def killed(*_, **__):
        raise RuntimeError("killed before the row was written")

    real = job.update_processed
    monkeypatch.setattr(job, "update_processed", killed)
    with pytest.raises(RuntimeError):
        await job.process_upload.run(ctx, media_id=media_id)
    monkeypatch.setattr(job, "update_processed", real)
    await job.process_upload.run(ctx, media_id=media_id)
    first = await media_for(ctx, account_id=alice.id, media_id=media_id)
    await job.process_upload.run(ctx, media_id=media_id)
    assert await media_for(ctx, account_id=alice.id, media_id=media_id) == first
    folder = ctx.settings.server.data_dir / "media" / first.original_key
    assert sorted(p.name for p in folder.parent.iterdir()) == ["original.mp4", "small.jpg"]


async def test_the_scope_is_asked_for(ctx, client, alice):
    reader = client.signed_in(await a_token(ctx, alice, "read"))
    assert (await reader.post("/api/v2/media", data=form(picture()))).status == 403
    assert (await client.post("/api/v2/media", data=form(picture()))).status == 401
