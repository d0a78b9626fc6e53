"""What a member wrote about itself, as HTML, with the emoji it uses."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from watertower.accounts.queries.accounts import list_accounts, list_handles
from watertower.accounts.queries.emojis import list_emojis_of_profile
from watertower.base.db.transaction import Reading
from watertower.base.settings import Settings
from watertower.base.text.find import Mention, find_mentions, find_shortcodes
from watertower.base.text.html_of import MentionLink, html_of
from watertower.base.text.tags import tag_name

MOST_MENTIONS = 20


async def note_html(tx: Reading, settings: Settings, note: str) -> str:
    """The note as HTML; mentions of accounts we know are links, others stay text."""
    wanted: dict[str, tuple[str, str | None]] = {}
    for mention in find_mentions(note)[:MOST_MENTIONS]:
        wanted[mention.handle.lower()] = (mention.username, _domain(mention, settings))
    links: dict[str, MentionLink] = {}
    if wanted:
        ids = await list_handles(tx, handles=list(wanted.values()))
        accounts = await list_accounts(tx, account_ids=list(ids.values()))
        for typed, (username, domain) in wanted.items():
            handle = username if domain is None else f"{username}@{domain}"
            account = accounts.get(ids.get(handle.lower(), 0))
            if account is not None:
                links[typed] = MentionLink(account.url, account.username)
    return html_of(
        note,
        mentions=links,
        tag_url=lambda tag: f"{settings.base_url}/tags/{quote(tag_name(tag), safe='')}",
    )


def _domain(mention: Mention, settings: Settings) -> str | None:
    ours = {settings.server.domain.lower(), settings.server.web_domain.lower()}
    domain = (mention.domain or "").lower()
    return None if not domain or domain in ours else domain


async def emojis_in(tx: Reading, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Our emoji whose codes stand in these texts."""
    codes = {code: None for text in texts for code in find_shortcodes(text)}
    return await list_emojis_of_profile(tx, shortcodes=list(codes))
