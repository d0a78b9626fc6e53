"""Archives: a member takes along all it posted."""

from datetime import datetime, timedelta

from watertower.accounts.credentials import Archive
from watertower.accounts.errors import ArchiveNotFound
from watertower.accounts.events import ArchiveWanted
from watertower.accounts.jobs.archive_mail import KEPT, send_archive_mail
from watertower.accounts.queries.archives import (
    find_archive,
    insert_archive,
    list_archives,
    lock_account,
    update_made,
)
from watertower.base.context import Context
from watertower.base.errors import TooMany
from watertower.base.events import record

EVERY = timedelta(days=7)
GIVEN_UP = timedelta(days=1)  # one that is not made by then never will be


def next_archive_at(archives: list[Archive], *, now: datetime) -> datetime | None:
    """When a member with these archives (newest first) may ask again; None: now. Pure."""
    for archive in archives:
        wait = EVERY if archive.finished_at is not None else GIVEN_UP
        if archive.created_at + wait > now:
            return archive.created_at + wait
    return None


async def ask_for_archive(ctx: Context, *, account_id: int) -> int:
    """Have an archive made; its id. Raises TooMany within seven days of the last."""
    async with ctx.transaction() as tx:
        await lock_account(tx, account_id=account_id)
        archives = await list_archives(tx, account_id=account_id)
        if next_archive_at(archives, now=ctx.now()) is not None:
            raise TooMany("There can be one archive in seven days")
        archive_id = await insert_archive(tx, account_id=account_id, at=ctx.now())
        await record(tx, ArchiveWanted(archive_id=archive_id))
    return archive_id


async def archives_of(ctx: Context, *, account_id: int) -> list[Archive]:
    """A member's archives that are there or being made, newest first."""
    async with ctx.reading() as tx:
        archives = await list_archives(tx, account_id=account_id)
    return [found for found in archives if found.created_at + KEPT > ctx.now()]


async def wanted_archive(ctx: Context, *, archive_id: int) -> Archive | None:
    """An archive that is still to be made."""
    async with ctx.reading() as tx:
        found = await find_archive(tx, archive_id=archive_id)
    return found if found is not None and found.finished_at is None else None


async def archive_for(ctx: Context, *, account_id: int, archive_id: int) -> Archive:
    """A member's archive whose file can be fetched. Raises ArchiveNotFound for all others."""
    for found in await archives_of(ctx, account_id=account_id):
        if found.id == archive_id and found.file_key is not None:
            return found
    raise ArchiveNotFound


async def keep_archive(ctx: Context, *, archive_id: int, file_key: str, file_bytes: int) -> None:
    """The file is stored: the member is told. If nobody wants it any more, the file goes."""
    async with ctx.transaction() as tx:
        is_new = await update_made(
            tx, archive_id=archive_id, file_key=file_key, file_bytes=file_bytes, at=ctx.now()
        )
        if is_new:
            tx.enqueue(send_archive_mail.queued(archive_id=archive_id))
    if not is_new:
        await ctx.storage.delete([file_key])
