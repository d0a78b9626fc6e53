import asyncio
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.media.files import as_upload, picture
from tests.world import an_account
from watertower.base.settings import MediaSettings, ServerSettings, Settings
from watertower.media.access.media import media_for
from watertower.media.actions.upload import upload
from watertower.media.errors import StoreFailed
from watertower.media.storage import Storage


@pytest.fixture(scope="module")
def bucket(tmp_path_factory):
    """A real S3 service with an empty bucket; its address."""
    rclone = shutil.which("rclone") or str(Path(sys.executable).with_name("rclone"))
    folder = tmp_path_factory.mktemp("s3")
    (folder / "files").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            rclone,
            "serve",
            "s3",
            str(folder),
            "--addr",
            f"127.0.0.1:{port}",
            "--auth-key",
            "key,secret",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(10)


def in_bucket(endpoint: str, secret: str = "secret") -> Settings:
    return Settings(
        media=MediaSettings(
            store="s3://files/some/prefix",
            s3_endpoint=endpoint,
            s3_access_key="key",
            s3_secret_key=secret,
            public_url=f"{endpoint}/files/some/prefix/",
        )
    )


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path, bucket) -> Storage:
    if request.param == "folder":
        return Storage(Settings(server=ServerSettings(data_dir=tmp_path / "data")))
    return Storage(in_bucket(bucket))


async def test_what_is_put_can_be_read_whole_in_part_and_onto_the_disk(store, tmp_path):
    data = bytes(range(256)) * 2000
    source = tmp_path / "source"
    source.write_bytes(data)
    await store.put("attachments/aa/bb/original.jpg", source, content_type="image/jpeg")
    assert await store.get("attachments/aa/bb/original.jpg") == data
    assert await store.size("attachments/aa/bb/original.jpg") == len(data)
    part = [p async for p in store.read("attachments/aa/bb/original.jpg", start=1000, end=200_000)]
    assert b"".join(part) == data[1000:200_000]
    await store.download("attachments/aa/bb/original.jpg", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == data


async def test_putting_again_replaces_and_deleting_twice_is_no_error(store):
    key = "attachments/aa/cc/original.png"
    await store.put(key, b"one", content_type="image/png")
    await store.put(key, b"two", content_type="image/png")
    assert await store.get(key) == b"two"
    await store.delete([key, "attachments/never/there.png"])
    await store.delete([key])
    assert await store.size(key) is None
    with pytest.raises(FileNotFoundError):
        await store.get(key)


async def test_a_store_that_works_passes_its_check(store):
    await store.check()


async def test_a_bucket_that_refuses_us_fails_the_check(bucket):
    with pytest.raises(StoreFailed):
        await Storage(in_bucket(bucket, secret="wrong")).check()


async def test_files_in_a_bucket_keep_their_type(bucket):
    store = Storage(in_bucket(bucket))
    await store.put("attachments/aa/dd/original.png", picture(kind="PNG"), content_type="image/png")
    assert store.url("a/b.png") == f"{bucket}/files/some/prefix/a/b.png"


async def test_uploads_work_with_a_bucket(ctx, bucket, tmp_path):
    remote = replace(ctx, storage=Storage(in_bucket(bucket)))
    alice = await an_account(ctx)
    media_id = await upload(remote, account_id=alice.id, file=as_upload(tmp_path, picture(60, 40)))
    media = await media_for(ctx, account_id=alice.id, media_id=media_id)
    assert media.meta["original"]["size"] == "60x40"
    assert (await remote.storage.get(media.original_key))[:3] == b"\xff\xd8\xff"


async def test_a_crash_while_putting_leaves_no_half_file(tmp_path):
    settings = Settings(server=ServerSettings(data_dir=tmp_path))
    store = Storage(settings)
    big = tmp_path / "big"
    big.write_bytes(b"x" * 20_000_000)
    task = asyncio.create_task(store.put("attachments/aa/ee/v.mp4", big, content_type="video/mp4"))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await store.size("attachments/aa/ee/v.mp4") in {None, 20_000_000}
