"""A member's own attachments."""

from watertower.base.context import Context
from watertower.media.errors import MediaNotFound
from watertower.media.model import Media
from watertower.media.queries.media import find_own_media


async def media_for(ctx: Context, *, account_id: int, media_id: int) -> Media:
    """The attachment, if it is this account's own; else MediaNotFound."""
    async with ctx.reading() as tx:
        media = await find_own_media(tx, account_id=account_id, media_id=media_id)
    if media is None:
        raise MediaNotFound
    return media
