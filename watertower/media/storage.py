"""Where files are kept: a folder, or an S3-compatible bucket; the same calls for both."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import obstore
from obstore.exceptions import BaseError, GenericError
from obstore.store import LocalStore, ObjectStore, S3Store

from watertower.base.settings import Settings
from watertower.media.errors import StoreFailed

DELETED_AT_ONCE = 8


class Storage:
    """Files by key. Implements the storage port of the context."""

    def __init__(self, settings: Settings) -> None:
        self._base = settings.media_url
        self._store = open_store(settings)

    async def put(self, key: str, source: Path | bytes, *, content_type: str) -> None:
        """Store a file; replacing one of the same key is allowed."""
        attributes = {
            "Content-Type": content_type,
            "Cache-Control": "public, max-age=31536000, immutable",
        }
        with _store_errors():
            if isinstance(self._store, LocalStore):
                # A folder keeps no attributes; the type is told from the key when it is served.
                await obstore.put_async(self._store, key, source)
            else:
                await obstore.put_async(self._store, key, source, attributes=attributes)

    async def get(self, key: str) -> bytes:
        """The whole file; FileNotFoundError if there is none."""
        with _store_errors():
            found = await obstore.get_async(self._store, key)
            return bytes(await found.bytes_async())

    async def download(self, key: str, to: Path) -> None:
        """The whole file onto the disk, a piece at a time; FileNotFoundError if there is none."""
        with _store_errors():
            found = await obstore.get_async(self._store, key)
        with await asyncio.to_thread(to.open, "wb") as file, _store_errors():
            async for piece in found.stream():
                await asyncio.to_thread(file.write, piece)

    async def size(self, key: str) -> int | None:
        """The length of a file in bytes, None if there is none."""
        try:
            with _store_errors():
                found = await obstore.head_async(self._store, key)
        except FileNotFoundError:
            return None
        return int(found["size"])

    async def read(self, key: str, *, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes from `start` up to, not including, `end`, a piece at a time."""
        skipped = 0
        try:
            found = await obstore.get_async(self._store, key, options={"range": (start, end)})
        except GenericError:
            # Some stores answer a range with everything, which the library takes for an error.
            found = await obstore.get_async(self._store, key)
            skipped = start
        wanted = end - start
        async for piece in found.stream(min_chunk_size=65_536):
            part = bytes(piece)[skipped : skipped + wanted]
            skipped = max(0, skipped - len(piece))
            wanted -= len(part)
            if part:
                yield part
            if wanted <= 0:
                return

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove files; those that are not there are no error."""
        room = asyncio.Semaphore(DELETED_AT_ONCE)

        async def remove(key: str) -> None:
            async with room:
                try:
                    with _store_errors():
                        await obstore.delete_async(self._store, key)
                except FileNotFoundError:
                    return

        await asyncio.gather(*(remove(key) for key in keys))

    def url(self, key: str) -> str:
        """The public address of a file."""
        return f"{self._base}/{key}"

    async def check(self) -> None:
        """Write, read and delete a small file; raises OSError or TimeoutError."""
        key = f"check/{secrets.token_hex(8)}"
        async with asyncio.timeout(5):
            await self.put(key, b"ok", content_type="text/plain")
            if await self.get(key) != b"ok":
                raise OSError("the store gave back other bytes than it was given")
            await self.delete([key])


@contextmanager
def _store_errors() -> Iterator[None]:
    """Let a missing file be that, and everything else that goes wrong be StoreFailed."""
    try:
        yield
    except FileNotFoundError:
        raise
    except BaseError as error:
        raise StoreFailed from error


def open_store(settings: Settings) -> ObjectStore:
    """The store that the settings name."""
    media = settings.media
    if not media.store:
        folder = settings.server.data_dir / "media"
        folder.mkdir(parents=True, exist_ok=True)
        return LocalStore(prefix=folder.resolve())
    bucket, _, prefix = media.store.removeprefix("s3://").partition("/")
    return S3Store(
        bucket,
        prefix=prefix or None,
        region=media.s3_region,
        access_key_id=media.s3_access_key,
        secret_access_key=media.s3_secret_key,
        endpoint=media.s3_endpoint or None,
        virtual_hosted_style_request=False,
        client_options={"allow_http": media.s3_endpoint.startswith("http://"), "timeout": "30s"},
    )
