"""Downloads: the file appears whole or not at all."""

import asyncio
import os

import pytest
from aiohttp import web

from watertower.base.http.errors import AddressRefused, TimedOut, TooLargeAnswer, WrongType

PICTURE = os.urandom(700_000)


async def picture(_):
    return web.Response(body=PICTURE, content_type="image/png")


async def test_the_file_has_the_content(serve, client_with, tmp_path):
    port = await serve(picture=picture)
    to = tmp_path / "a.png"
    answer = await client_with().download(
        f"http://127.0.0.1:{port}/picture",
        limit_bytes=len(PICTURE),
        to=to,
        accept_types=["image/*"],
    )
    assert (answer.status, answer.content_type, answer.body) == (200, "image/png", b"")
    assert to.read_bytes() == PICTURE
    assert [file.name for file in tmp_path.iterdir()] == ["a.png"]


async def test_what_fails_leaves_no_file_and_keeps_an_older_one(serve, client_with, tmp_path):
    async def slow(request):
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"first")
        await asyncio.sleep(9)

    async def missing(_):
        return web.Response(status=404, text="no")

    port = await serve(picture=picture, slow=slow, missing=missing)
    to = tmp_path / "a.png"
    to.write_bytes(b"older")
    client, url = client_with(), f"http://127.0.0.1:{port}"
    with pytest.raises(TooLargeAnswer):
        await client.download(f"{url}/picture", limit_bytes=len(PICTURE) - 1, to=to)
    with pytest.raises(WrongType):
        await client.download(f"{url}/picture", limit_bytes=9, to=to, accept_types=["video/*"])
    with pytest.raises(TimedOut):
        await client.download(f"{url}/slow", limit_bytes=99, to=to, deadline_seconds=0.3)
    with pytest.raises(AddressRefused):
        await client.download("http://10.0.0.1/", limit_bytes=99, to=to)
    assert (await client.download(f"{url}/missing", limit_bytes=99, to=to)).status == 404
    assert [file.name for file in tmp_path.iterdir()] == ["a.png"]
    assert to.read_bytes() == b"older"


async def test_a_full_disk_is_the_disks_error(serve, client_with, tmp_path, monkeypatch):
    port = await serve(picture=picture)

    class Full:
        def write(self, _):
            raise OSError(28, "No space left on device")

        def close(self):
            pass

    monkeypatch.setattr("pathlib.Path.open", lambda *_: Full())
    with pytest.raises(OSError, match="No space left"):
        await client_with().download(
            f"http://127.0.0.1:{port}/picture", limit_bytes=len(PICTURE), to=tmp_path / "a"
        )
