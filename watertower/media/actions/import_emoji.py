"""Import: the operator adds custom emoji, or replaces them."""

import re
from pathlib import Path

from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.media.queries.emojis import upsert_own_emoji
from watertower.media.steps.store_emoji import store_emoji

SHORTCODE = re.compile(r"[A-Za-z0-9_]{2,100}")


async def import_emoji(
    ctx: Context,
    *,
    shortcode: str,
    image: Path,
    category: str | None = None,
    is_visible: bool = True,
) -> bool:
    """Add one; True if it is new, False if it replaced one of the same code.

    Raises Invalid for an impossible code and for an image that cannot be used. Posts keep the
    image they were written with, so the file of a replaced one stays.
    """
    if not SHORTCODE.fullmatch(shortcode):
        raise Invalid(
            f"Validation failed: Shortcode {shortcode!r} must have 2 to 100 letters, digits or _"
        )
    size = image.stat().st_size  # noqa: ASYNC240  # one stat
    key, static_key = await store_emoji(ctx, image, size=size)
    async with ctx.transaction() as tx:
        return await upsert_own_emoji(
            tx,
            shortcode=shortcode,
            image_key=key,
            static_key=static_key,
            category=category,
            is_visible=is_visible,
            at=ctx.now(),
        )
