"""Writes a member's archive: its documents and files in one zip.

`actor.json`, `outbox.json` (every post and boost), `likes.json` and `bookmarks.json` are
ActivityStreams, as other software already reads them; the files are below `media/`, and the
documents point there. Nothing is held in memory whole.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from watertower.accounts.access.accounts import account_for
from watertower.accounts.actions.archives import keep_archive, wanted_archive
from watertower.accounts.errors import AccountNotFound
from watertower.base.context import Context
from watertower.base.json import to_json_bytes
from watertower.base.queue.job import Lane, job
from watertower.federation.documents.activities import announce, create
from watertower.federation.documents.actor import actor_document
from watertower.federation.documents.context import ACTOR_CONTEXT, AS, NOTE_CONTEXT
from watertower.federation.documents.note import render_note, viewer_of
from watertower.federation.model import PUBLIC
from watertower.federation.queries.archive import (
    Archived,
    list_archived,
    list_bookmarked,
    list_files,
    list_liked,
)
from watertower.federation.queries.notes import list_note_parts
from watertower.statuses.access.statuses import faces_of, lines_for

AT_ONCE = 100
Listing = Callable[..., Awaitable[list[tuple[int, str]]]]


@job(Lane.MEDIA, attempts=4)
async def write_archive(ctx: Context, *, archive_id: int) -> None:
    """Make the archive, unless it is made. Begun anew after a crash."""
    wanted = await wanted_archive(ctx, archive_id=archive_id)
    if wanted is None:
        return
    key = f"archives/{secrets.token_hex(24)}.zip"
    with TemporaryDirectory(prefix="watertower-archive-") as name:
        path = Path(name) / "archive.zip"
        try:
            with ZipFile(path, "w", ZIP_DEFLATED) as zipped:
                await _write(ctx, wanted.account_id, zipped, Path(name))
        except AccountNotFound:
            return  # the member left meanwhile
        await ctx.storage.put(key, path, content_type="application/zip")
        file_bytes = path.stat().st_size
    await keep_archive(ctx, archive_id=archive_id, file_key=key, file_bytes=file_bytes)


async def _write(ctx: Context, account_id: int, zipped: ZipFile, folder: Path) -> None:
    account = await account_for(ctx, account_id=account_id)
    actor = await actor_document(ctx, account_id=account_id, is_for_owner=True)
    actor |= {"likes": "likes.json", "bookmarks": "bookmarks.json", "outbox": "outbox.json"}
    document = {"@context": ACTOR_CONTEXT} | _with_own_files(ctx, actor)
    zipped.writestr("actor.json", to_json_bytes(document))
    outbox = _outbox(ctx, account_id, actor["id"], account.followers_url)
    await _collection(zipped, folder, "outbox.json", NOTE_CONTEXT, outbox)
    await _collection(zipped, folder, "likes.json", AS, _pages(ctx, account_id, list_liked))
    await _collection(
        zipped, folder, "bookmarks.json", AS, _pages(ctx, account_id, list_bookmarked)
    )
    for key in filter(None, (account.avatar_key, account.header_key)):
        await _file(ctx, zipped, folder, key)
    async for key in _pages(ctx, account_id, list_files):
        await _file(ctx, zipped, folder, key)


async def _collection(
    zipped: ZipFile, folder: Path, name: str, context: Any, items: AsyncIterator[Any]
) -> None:
    """An OrderedCollection, written to the disk item by item."""
    path, count = folder / name, 0
    head = to_json_bytes({"@context": context, "id": name, "type": "OrderedCollection"})
    with path.open("wb") as out:
        out.write(head[:-1] + b',"orderedItems":[')
        async for item in items:
            out.write((b"," if count else b"") + to_json_bytes(item))
            count += 1
        out.write(b'],"totalItems":%d}' % count)
    await asyncio.to_thread(zipped.write, path, name)
    path.unlink()


async def _outbox(
    ctx: Context, account_id: int, actor_uri: str, followers_url: str
) -> AsyncIterator[dict[str, Any]]:
    after = 0
    while True:
        async with ctx.reading() as tx:
            page = await list_archived(tx, account_id=account_id, after_id=after, limit=AT_ONCE)
        own = [one.id for one in page if one.boosted_uri is None]
        lines = await lines_for(ctx, viewer=viewer_of(account_id), status_ids=own)
        faces = await faces_of(ctx, lines=lines)
        async with ctx.reading() as tx:
            parts = await list_note_parts(tx, status_ids=own)
        for one in page:
            after = one.id
            if one.boosted_uri is not None:
                yield _announce(one, actor_uri, followers_url)
            elif one.id in faces and one.id in parts:
                note = render_note(ctx, faces[one.id], parts[one.id])
                yield _with_own_files(ctx, create(note))
        if len(page) < AT_ONCE:
            return


def _announce(boost: Archived, actor_uri: str, followers_url: str) -> dict[str, Any]:
    return announce(
        uri=boost.uri,
        actor_uri=actor_uri,
        object_uri=boost.boosted_uri or "",
        to=[PUBLIC] if boost.visibility <= 1 else [followers_url],
        cc=[],
        at=boost.created_at,
    )


async def _pages(ctx: Context, account_id: int, listing: Listing) -> AsyncIterator[str]:
    after = 0
    while True:
        async with ctx.reading() as tx:
            page = await listing(tx, account_id=account_id, after_id=after, limit=AT_ONCE)
        for place, value in page:
            after = place
            yield value
        if len(page) < AT_ONCE:
            return


async def _file(ctx: Context, zipped: ZipFile, folder: Path, key: str) -> None:
    """One stored file, as it is; one that is missing from the store is left out."""
    copy = folder / "file"
    try:
        await ctx.storage.download(key, copy)
    except FileNotFoundError:
        return
    await asyncio.to_thread(zipped.write, copy, f"media/{key}", ZIP_STORED)
    copy.unlink()


def _with_own_files(ctx: Context, value: Any) -> Any:
    """The document with addresses of our files replaced by their places in the archive."""
    prefix = ctx.storage.url("")
    if isinstance(value, dict):
        return {name: _with_own_files(ctx, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_own_files(ctx, inner) for inner in value]
    if isinstance(value, str) and value.startswith(prefix):
        return f"media/{value.removeprefix(prefix)}"
    return value
