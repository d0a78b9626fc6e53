import asyncio

import pytest
from aiohttp import web

from tests.media.files import H264, TEST_PICTURE, TEST_SOUND, animation, filmed, picture
from tests.world import a_status, an_account
from watertower.media.access.addresses import addresses_of
from watertower.media.actions import fetch_remote as fetching
from watertower.media.queries.attached import list_of_status
from watertower.media.steps.remote import RemoteFile, attach_remote


@pytest.fixture
async def elsewhere():
    """A server with files; `asked` lists what was fetched."""
    files: dict[str, bytes] = {}
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        await asyncio.sleep(0.05)
        if request.path not in files:
            return web.Response(status=500)
        return web.Response(body=files[request.path], content_type="text/html")

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]

    class Elsewhere:
        base = f"http://127.0.0.1:{port}"

    Elsewhere.files, Elsewhere.asked = files, asked
    yield Elsewhere
    await runner.cleanup()


async def remembered(ctx, *files: RemoteFile):
    bob = await an_account(ctx, domain="elsewhere.example")
    status = await a_status(ctx, bob)
    async with ctx.transaction() as tx:
        await attach_remote(tx, account_id=bob.id, status_id=status.id, files=files, at=ctx.now())
    return await rows(ctx, status.id)


async def rows(ctx, status_id):
    from dataclasses import asdict

    async with ctx.reading() as tx:
        return [asdict(media) for media in await list_of_status(tx, status_id=status_id)]


async def test_a_remote_picture_is_fetched_once_however_many_look(ctx, client, elsewhere):
    elsewhere.files["/a.jpg"] = picture(800, 600)
    (row,) = await remembered(ctx, RemoteFile(f"{elsewhere.base}/a.jpg", "image/jpeg"))
    url, preview = addresses_of(ctx, row)
    assert f"/media_proxy/{row['id']}/original?key=" in url
    answers = await asyncio.gather(*(client.get(url) for _ in range(5)))
    assert {a.status for a in answers} == {302}
    assert elsewhere.asked == ["/a.jpg"]
    shown = await client.get(answers[0].headers["Location"])
    assert (shown.status, shown.headers["Content-Type"]) == (200, "image/jpeg")
    small = await client.get((await client.get(preview)).headers["Location"])
    assert small.status == 200
    assert elsewhere.asked == ["/a.jpg"]
    (after,) = await rows(ctx, row["status_id"])
    assert after["meta"]["original"]["size"] == "800x600"
    assert addresses_of(ctx, after)[0] == answers[0].headers["Location"]


async def test_without_the_key_the_proxy_shows_and_fetches_nothing(ctx, client, elsewhere):
    elsewhere.files["/a.jpg"] = picture()
    (row,) = await remembered(ctx, RemoteFile(f"{elsewhere.base}/a.jpg", "image/jpeg"))
    for query in ("", "?key=", "?key=" + "0" * 24, "?key=%C3%A9"):
        answer = await client.get(f"/media_proxy/{row['id']}/original{query}")
        assert answer.status == 404
    assert (await client.get("/media_proxy/x/original")).status == 404
    assert elsewhere.asked == []


async def test_what_failed_is_not_asked_for_again_at_once(ctx, client, elsewhere):
    elsewhere.files["/b.jpg"] = b"<html>not a picture</html>"
    missing, fake = await remembered(
        ctx,
        RemoteFile(f"{elsewhere.base}/missing.jpg", "image/jpeg"),
        RemoteFile(f"{elsewhere.base}/b.jpg", "image/jpeg"),
    )
    for row in (missing, fake):
        url, _ = addresses_of(ctx, row)
        assert [(await client.get(url)).status for _ in range(3)] == [503] * 3
    assert elsewhere.asked == ["/missing.jpg", "/b.jpg"]


async def test_our_own_addresses_are_not_fetched(ctx, client):
    url = f"{ctx.settings.base_url}/media_proxy/1/original"
    (row,) = await remembered(ctx, RemoteFile(url, "image/jpeg"))
    assert (await client.get(addresses_of(ctx, row)[0])).status == 404


async def test_remote_film_sound_and_animation_are_kept(ctx, client, elsewhere, tmp_path):
    elsewhere.files["/v.mp4"] = filmed(
        tmp_path, "v.mp4", *TEST_PICTURE, *TEST_SOUND, *H264, "-c:a", "aac"
    )
    elsewhere.files["/s.mp3"] = filmed(tmp_path, "s.mp3", *TEST_SOUND)
    elsewhere.files["/a.gif"] = animation()
    elsewhere.files["/cover.png"] = picture(50, 50, kind="PNG")
    found = await remembered(
        ctx,
        RemoteFile(f"{elsewhere.base}/v.mp4", "video/mp4"),
        RemoteFile(f"{elsewhere.base}/s.mp3", "audio/mpeg", f"{elsewhere.base}/cover.png"),
        RemoteFile(f"{elsewhere.base}/a.gif", "image/gif"),
    )
    seen = []
    for row in found:
        url, preview = addresses_of(ctx, row)
        for address in (preview, url):
            answer = await client.get(address)
            assert answer.status == 302, answer.text
            seen.append((await client.get(answer.headers["Location"])).headers["Content-Type"])
    assert seen == ["image/jpeg", "video/mp4", "image/png", "audio/mpeg", "image/jpeg", "video/mp4"]
    after = await rows(ctx, found[0]["status_id"])
    assert [row["kind"] for row in after] == ["video", "audio", "gifv"]
    assert [row["meta"]["small"]["size"] for row in after] == ["320x180", "50x50", "120x80"]


async def test_an_edit_keeps_the_copy_of_what_stays(ctx, elsewhere):
    elsewhere.files["/a.jpg"] = picture()
    bob = await an_account(ctx, domain="elsewhere.example")
    status = await a_status(ctx, bob)

    async def sent(*files):
        async with ctx.transaction() as tx:
            return await attach_remote(
                tx, account_id=bob.id, status_id=status.id, files=files, at=ctx.now()
            )

    url = f"{elsewhere.base}/a.jpg"
    (first,) = await sent(RemoteFile(url, "image/jpeg", description="old", focus=(0.1, 0.2)))
    await fetching.fetch_remote(ctx, media_id=first, part="original")
    ids = await sent(
        RemoteFile(f"{elsewhere.base}/b.jpg", "image/jpeg"),
        RemoteFile(url, "image/jpeg", description="new\x00"),
        RemoteFile("javascript:alert(1)", "image/jpeg"),
    )
    assert ids[1] == first
    assert len(ids) == 2
    after = {row["id"]: row for row in await rows(ctx, status.id)}
    assert after[first]["original_key"] is not None
    assert after[first]["description"] == "new"
    assert "focus" not in after[first]["meta"]
