"""Statuses as pages show them, in a fixed number of queries for any number of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from watertower.accounts.access.accounts import accounts_with_roles
from watertower.base.context import Context
from watertower.base.text.sanitise import plain_text
from watertower.statuses.access.statuses import faces_of
from watertower.statuses.model import StatusFace, StatusLine, Visibility
from watertower.web.views.account import AccountView, shown_account_view
from watertower.web.views.html import safe_content, text_with_emoji
from watertower.web.views.media import MediaView, media_view
from watertower.web.views.poll import PollView, poll_view


@dataclass(frozen=True)
class CardView:
    """What is behind a link."""

    url: str
    title: str
    description: str
    provider: str
    image: str | None


@dataclass(frozen=True)
class StatusView:
    """Everything a template may say about a status."""

    id: int
    sort: int
    author: AccountView
    boosted_by: AccountView | None
    url: str
    uri: str
    content: Markup
    plain_content: str
    warning: Markup
    plain_warning: str
    is_sensitive: bool
    language: str | None
    visibility: str
    media: Sequence[MediaView]
    waits_for_media: bool
    poll: PollView | None
    card: CardView | None
    app: str | None
    created_at: datetime
    edited_at: datetime | None
    in_reply_to_id: int | None
    replies_count: int
    boosts_count: int
    favourites_count: int

    @property
    def path(self) -> str:
        """Where our page of it is; for others' posts the page on their server."""
        return f"{self.author.url}/{self.id}" if self.author.is_local else self.url

    @property
    def summary(self) -> str:
        """One line of plain text; the warning instead of what it covers."""
        return " ".join((self.plain_warning or self.plain_content).split())[:300]


async def status_views(ctx: Context, lines: Sequence[StatusLine]) -> list[StatusView]:
    """Views in the order of the lines. The lines say that the viewer may see them."""
    originals = [line.reblog_of or line for line in lines]
    faces = await faces_of(ctx, lines=originals)
    people = sorted({line.account.id for line in [*lines, *originals]})
    found = await accounts_with_roles(ctx, account_ids=people) if people else []
    authors = {shown.account.id: shown_account_view(ctx, shown) for shown in found}
    return [
        _view(ctx, line, original, faces[original.id], authors)
        for line, original in zip(lines, originals, strict=True)
        if original.id in faces and original.account.id in authors and line.account.id in authors
    ]


def _view(
    ctx: Context,
    line: StatusLine,
    original: StatusLine,
    face: StatusFace,
    authors: Mapping[int, AccountView],
) -> StatusView:
    status = face.status
    url = status.url or status.uri
    media = [view for view in (media_view(ctx, row) for row in face.media) if view is not None]
    return StatusView(
        id=status.id,
        sort=line.sort,
        author=authors[status.account_id],
        boosted_by=authors[line.account.id] if line.reblog_of is not None else None,
        url=url if url.startswith(("https://", "http://")) else status.uri,
        uri=status.uri,
        content=safe_content(ctx, status.content_html, face.emojis),
        plain_content=plain_text(status.content_html).strip(),
        warning=text_with_emoji(ctx, status.content_warning, face.emojis),
        plain_warning=status.content_warning,
        is_sensitive=status.is_sensitive,
        language=status.language,
        visibility=Visibility(status.visibility).name.lower(),
        media=media,
        waits_for_media=len(media) < len(face.media),
        poll=None if face.poll is None else poll_view(ctx, face.poll),
        card=None if face.card is None or face.media else _card(ctx, face.card),
        app=face.application[0] if face.application is not None else None,
        created_at=status.created_at,
        edited_at=status.edited_at,
        in_reply_to_id=status.in_reply_to_id,
        replies_count=original.replies_count,
        boosts_count=original.reblogs_count,
        favourites_count=original.favourites_count,
    )


def _card(ctx: Context, card: Mapping[str, Any]) -> CardView | None:
    if card["state"] != "fetched" or not card["title"]:
        return None
    if not card["url"].startswith(("http://", "https://")):
        return None
    image = ctx.storage.url(card["image_key"]) if card["image_key"] else None
    return CardView(card["url"], card["title"], card["description"], card["provider_name"], image)
