"""Emoji of other servers, remembered inside the transaction that remembers who used them."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Transaction
from watertower.media.queries.emojis import find_emojis, upsert_remote_emojis

SHORTCODE = re.compile(r"[A-Za-z0-9_]{1,100}")
MOST = 100  # of one post or profile


async def remember_emojis(
    tx: Transaction,
    *,
    domain: str,
    emojis: Sequence[tuple[str, str, str | None]],
    at: datetime,
) -> list[dict[str, Any]]:
    """Remember emoji, each (shortcode, address of the image, uri); as kept with a status.

    What has no possible code or no http address is left out.
    """
    fit = [
        (shortcode, url, uri)
        for shortcode, url, uri in emojis[:MOST]
        if SHORTCODE.fullmatch(shortcode) and url.startswith(("https://", "http://"))
    ]
    if not fit:
        return []
    await upsert_remote_emojis(tx, domain=domain, emojis=fit, at=at)
    return await find_emojis(tx, shortcodes=[code for code, _, _ in fit], domain=domain)
