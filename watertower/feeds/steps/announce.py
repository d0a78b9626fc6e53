"""Tell every member something, and every open app at once."""

from datetime import datetime

from watertower.base.db.transaction import Transaction
from watertower.base.live import publish
from watertower.feeds.queries.announcements import (
    insert_announcement,
    update_announcement_ended,
    update_announcement_text,
)


async def announce(
    tx: Transaction, *, text: str, at: datetime, ends_at: datetime | None = None
) -> int:
    """Publish an announcement; its id."""
    announcement_id = await insert_announcement(tx, text=text, at=at, ends_at=ends_at)
    await publish(tx, "announcement", id=announcement_id)
    return announcement_id


async def reword_announcement(
    tx: Transaction, *, announcement_id: int, text: str, at: datetime
) -> None:
    """Say it in other words; apps show the new ones."""
    if await update_announcement_text(tx, announcement_id=announcement_id, text=text, at=at):
        await publish(tx, "announcement", id=announcement_id)


async def end_announcement(tx: Transaction, *, announcement_id: int, at: datetime) -> None:
    """Say it no longer."""
    if await update_announcement_ended(tx, announcement_id=announcement_id, at=at):
        await publish(tx, "announcement.delete", id=announcement_id)
