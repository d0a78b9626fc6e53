"""Fetch the page that a status points to, once for all statuses that point to it."""

import asyncio
import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from watertower.base.context import Context
from watertower.base.errors import Refused, Unreachable
from watertower.base.queue.job import Lane, job
from watertower.media.steps.cover import store_cover_file
from watertower.statuses.page_head import PageHead, first_link, read_page
from watertower.statuses.queries.cards import (
    Card,
    CardContent,
    claim_card,
    find_linking_html,
    update_card,
    update_card_content,
    upsert_card,
)
from watertower.statuses.queries.faces import find_status

PAGE_BYTES = 2 * 1024 * 1024
IMAGE_BYTES = 8 * 1024 * 1024
SECONDS = 10.0
WAIT_SECONDS = (1.0, 60.0)
LOOK_AGAIN = timedelta(seconds=15)  # while another job fetches the same page


@job(Lane.PULL)
async def want_card(ctx: Context, *, status_id: int) -> None:
    """Fetch the card of our status at once; of another's after a while.

    Everybody who receives a status wants the same page: not all at the same moment.
    """
    async with ctx.transaction() as tx:
        status = await find_status(tx, status_id=status_id)
        if status is None:
            return
        seconds = 0.0 if status.is_local else random.uniform(*WAIT_SECONDS)  # noqa: S311  # jitter
        tx.enqueue(fetch_card.queued(after=timedelta(seconds=seconds), status_id=status_id))


@job(Lane.PULL, attempts=4)
async def fetch_card(ctx: Context, *, status_id: int) -> None:
    """Give the status its card; nothing if it has no link, or the page nothing to show."""
    async with ctx.transaction() as tx:
        html = await find_linking_html(tx, status_id=status_id)
        url = None if html is None else first_link(html)
        if url is None or url.startswith(ctx.settings.base_url + "/"):
            return
        card = await upsert_card(tx, url=url)
        is_ours = await claim_card(tx, card_id=card.id, at=ctx.now())
        if not is_ours:
            if card.state == "fetched":
                await update_card(tx, status_id=status_id, card_id=card.id)
            elif card.state == "wanted":
                tx.enqueue(fetch_card.queued(after=LOOK_AGAIN, status_id=status_id))
            return
    content = await _content(ctx, url, card)
    async with ctx.transaction() as tx:
        await update_card_content(tx, card_id=card.id, content=content, at=ctx.now())
        if content is not None:
            await update_card(tx, status_id=status_id, card_id=card.id)


async def _content(ctx: Context, url: str, card: Card) -> CardContent | None:
    """What the page shows, with our copy of its picture; None if there is nothing to show."""
    try:
        answer = await ctx.http.request(
            "GET",
            url,
            headers={"Accept": "text/html,application/xhtml+xml"},
            limit_bytes=PAGE_BYTES,
            accept_types=["text/html", "application/xhtml+xml"],
            deadline_seconds=SECONDS,
        )
    except Unreachable:
        return None
    if not answer.is_ok:
        return None
    head = await asyncio.to_thread(
        read_page, answer.body, content_type=answer.content_type, url=answer.url
    )
    if head is None:
        return None
    if card.image_key is not None or head.image_url is None:
        return replace(head.content, image_key=card.image_key)
    return await _with_image(ctx, head, head.image_url)


async def _with_image(ctx: Context, head: PageHead, image_url: str) -> CardContent:
    """The content with its picture, or without if that cannot be had."""
    with TemporaryDirectory(prefix="watertower-card-") as folder:
        path = Path(folder) / "image"
        try:
            answer = await ctx.http.download(
                image_url, limit_bytes=IMAGE_BYTES, to=path, deadline_seconds=SECONDS
            )
            if not answer.is_ok:
                return head.content
            cover = await store_cover_file(ctx, path, niceness=10)
        except Refused:
            return head.content
    size = cover.meta.get("small", {})
    return replace(
        head.content,
        image_key=cover.key,
        blurhash=cover.blurhash,
        width=int(size.get("width", 0)),
        height=int(size.get("height", 0)),
    )
