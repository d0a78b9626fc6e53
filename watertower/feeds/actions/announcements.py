"""What a member does with announcements: dismiss, react."""

import unicodedata

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.errors import Invalid
from watertower.base.live import publish
from watertower.feeds.errors import AnnouncementNotFound
from watertower.feeds.queries.announcements import (
    delete_reaction,
    find_announcement,
    has_emoji,
    insert_reaction,
    insert_read,
)

LONGEST_EMOJI = 16  # code points of the longest emoji sequences


async def dismiss_announcement(ctx: Context, *, account_id: int, announcement_id: int) -> None:
    """Note that the member read it; twice is no error."""
    async with ctx.transaction() as tx:
        await _require(ctx, tx, account_id, announcement_id)
        await insert_read(tx, announcement_id=announcement_id, account_id=account_id)


async def react(ctx: Context, *, account_id: int, announcement_id: int, name: str) -> None:
    """React with an emoji, or the name of one of this community's own."""
    async with ctx.transaction() as tx:
        await _require(ctx, tx, account_id, announcement_id)
        if not is_emoji(name) and not await has_emoji(tx, shortcode=name):
            raise Invalid("Validation failed: Name is not a recognized emoji")
        made = await insert_reaction(
            tx, announcement_id=announcement_id, account_id=account_id, name=name
        )
        if made is None:
            raise Invalid("Validation failed: Limit of different reactions reached")
        if made:
            await publish(tx, "announcement.reaction", id=announcement_id, name=name)


async def unreact(ctx: Context, *, account_id: int, announcement_id: int, name: str) -> None:
    """Take a reaction back; one that is not there is no error."""
    async with ctx.transaction() as tx:
        await _require(ctx, tx, account_id, announcement_id)
        if await delete_reaction(
            tx, announcement_id=announcement_id, account_id=account_id, name=name
        ):
            await publish(tx, "announcement.reaction", id=announcement_id, name=name)


def is_emoji(text: str) -> bool:
    """Whether a text looks like one emoji: symbols, joined or modified, and nothing else."""
    if not text or len(text) > LONGEST_EMOJI:
        return False
    kinds = [unicodedata.category(letter) for letter in text]
    keycap = text.endswith("\u20e3") and text[0] in "0123456789#*"
    return keycap or (kinds[0] == "So" and set(kinds) <= {"So", "Sk", "Mn", "Me", "Cf"})


async def _require(ctx: Context, tx: Transaction, account_id: int, announcement_id: int) -> None:
    found = await find_announcement(
        tx, account_id=account_id, announcement_id=announcement_id, now=ctx.now()
    )
    if found is None:
        raise AnnouncementNotFound
