"""What a member typed, understood: whom it names, its tags, links and emoji, and its HTML.

Names of accounts that we have never seen are looked up on their servers, so this happens
before the transaction. A server that does not answer costs a few seconds at most; its mention
then stays plain text.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from watertower.base.context import Context
from watertower.base.errors import Refused
from watertower.base.text.find import (
    find_mentions,
    find_shortcodes,
    find_tags,
    find_urls,
)
from watertower.base.text.html_of import MentionLink, html_of
from watertower.base.text.markdown import MARKDOWN, markdown_html, markdown_words
from watertower.base.text.tags import tag_name
from watertower.statuses.queries.emojis import list_own_emojis
from watertower.statuses.queries.mentions import (
    Mentioned,
    list_mentioned_by_handle,
    list_mentioned_by_id,
)

log = structlog.get_logger()

MOST_LOOKED_UP = 10  # unknown accounts asked for in one text
LOOK_UP_SECONDS = 3.0  # for all of them together

Handle = tuple[str, str | None]


@dataclass(frozen=True)
class ReadText:
    """A text and everything found in it."""

    html: str
    mentioned_ids: Sequence[int]
    tags: Sequence[str]  # as typed
    first_url: str | None
    emojis: Sequence[dict[str, Any]]


async def read_text(
    ctx: Context, text: str, *, also: Sequence[str] = (), content_type: str | None = None
) -> ReadText:
    """Understand a text. `also` are texts beside it, where only emoji are looked for.

    No query for a text without mentions and emoji.
    """
    words, as_html = text, html_of
    if content_type == MARKDOWN:
        words, as_html = markdown_words(text), markdown_html
    typed = {m.handle.lower(): _handle(ctx, m.username, m.domain) for m in find_mentions(words)}
    shortcodes = find_shortcodes("\n".join((text, *also)))
    found: dict[Handle, Mentioned] = {}
    emojis: list[dict[str, Any]] = []
    if typed or shortcodes:
        async with ctx.reading() as tx:
            if typed:
                wanted = list(dict.fromkeys(typed.values()))
                found = {_key(m): m for m in await list_mentioned_by_handle(tx, handles=wanted)}
            if shortcodes:
                emojis = await list_own_emojis(tx, shortcodes=shortcodes)
    unknown = [h for h in dict.fromkeys(typed.values()) if h not in found and h[1] is not None]
    if unknown:
        found |= await _look_up(ctx, unknown[:MOST_LOOKED_UP])
    links = {
        shown: MentionLink(found[handle].url, found[handle].username)
        for shown, handle in typed.items()
        if handle in found
    }
    base = ctx.settings.base_url
    urls = find_urls(words)
    return ReadText(
        html=as_html(text, mentions=links, tag_url=lambda tag: f"{base}/tags/{tag_name(tag)}"),
        mentioned_ids=list(dict.fromkeys(found[h].id for h in typed.values() if h in found)),
        tags=find_tags(words),
        first_url=urls[0] if urls else None,
        emojis=emojis,
    )


def _handle(ctx: Context, username: str, domain: str | None) -> Handle:
    """A handle as accounts are kept: lower case, no domain for ours, ASCII for others."""
    server = ctx.settings.server
    if domain is None or domain.lower() in {server.domain.lower(), server.web_domain.lower()}:
        return username.lower(), None
    try:
        domain = domain.lower().encode("idna").decode()
    except UnicodeError:
        domain = domain.lower()
    return username.lower(), domain


def _key(mentioned: Mentioned) -> Handle:
    domain = mentioned.domain
    return mentioned.username.lower(), None if domain is None else domain.lower()


async def _look_up(ctx: Context, handles: Sequence[Handle]) -> dict[Handle, Mentioned]:
    """Ask other servers for accounts; what has not answered in time is left out."""
    tasks = {
        handle: asyncio.create_task(_find(ctx, f"{handle[0]}@{handle[1]}")) for handle in handles
    }
    done, late = await asyncio.wait(tasks.values(), timeout=LOOK_UP_SECONDS)
    for task in late:
        task.cancel()
    ids = {h: found for h, task in tasks.items() if task in done and (found := task.result())}
    if not ids:
        return {}
    async with ctx.reading() as tx:
        by_id = {m.id: m for m in await list_mentioned_by_id(tx, account_ids=list(ids.values()))}
    return {handle: by_id[found] for handle, found in ids.items() if found in by_id}


async def _find(ctx: Context, handle: str) -> int | None:
    try:
        return await ctx.remote.find_account(handle)
    except Refused as refused:
        log.info("mention not found", handle=handle, says=refused.says)
        return None
