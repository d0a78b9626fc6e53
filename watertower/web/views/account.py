"""An account as pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from watertower.accounts.model import Account, ShownAccount
from watertower.base.context import Context
from watertower.base.text.sanitise import plain_text
from watertower.web.assets import asset_path
from watertower.web.views.html import safe_content, text_with_emoji


@dataclass(frozen=True)
class FieldView:
    """A row of the table on a profile."""

    name: Markup
    value: Markup
    is_verified: bool


@dataclass(frozen=True)
class AccountView:
    """Everything a template may say about an account."""

    id: int
    username: str
    name: Markup
    plain_name: str
    handle: str  # @name@domain, also for ours
    url: str
    is_local: bool
    avatar: str
    avatar_description: str
    header: str
    note: Markup
    plain_note: str
    fields: Sequence[FieldView]
    roles: Sequence[str]
    is_locked: bool
    is_bot: bool
    is_group: bool
    is_memorial: bool
    may_be_indexed: bool
    hides_collections: bool
    shows_media: bool
    created_at: datetime
    uri: str
    moved_to: "AccountView | None" = None
    statuses_count: int = 0
    following_count: int = 0
    followers_count: int = 0


def shown_account_view(ctx: Context, shown: ShownAccount) -> AccountView:
    """The account with its counts, its role, and where it moved to."""
    view = account_view(ctx, shown.account)
    role = shown.role
    return replace(
        view,
        roles=[role.name] if role is not None and role.is_highlighted and role.name else [],
        may_be_indexed=view.may_be_indexed and not shown.is_noindex,
        moved_to=None if shown.moved_to is None else account_view(ctx, shown.moved_to.account),
        statuses_count=shown.line.statuses_count,
        following_count=shown.line.following_count,
        followers_count=shown.line.followers_count,
    )


def account_view(ctx: Context, account: Account) -> AccountView:
    """The account as shown. A suspended one shows its handle and nothing else.

    Pictures of other servers are shown when we hold a copy, so that reading a page here tells
    no other server who reads.
    """
    hidden = account.is_suspended
    domain = account.domain or ctx.settings.server.domain
    name = "" if hidden else account.display_name.strip()
    name = name or account.username
    note = "" if hidden else account.note_html
    return AccountView(
        id=account.id,
        username=account.username,
        name=text_with_emoji(ctx, name, account.emojis),
        plain_name=name,
        handle=f"@{account.username}@{domain}",
        url=f"/@{account.username}" if account.is_local else _web_address(account),
        is_local=account.is_local,
        avatar=_picture(ctx, account.avatar_static_key or account.avatar_key, "avatar.png", hidden),
        avatar_description="" if hidden else account.avatar_description,
        header=_picture(ctx, account.header_static_key or account.header_key, "header.png", hidden),
        note=safe_content(ctx, note, account.emojis),
        plain_note=plain_text(note).strip(),
        fields=[] if hidden else [_field(ctx, account, field) for field in account.fields],
        roles=[],
        is_locked=account.is_locked,
        is_bot=account.is_bot,
        is_group=account.actor_type == "Group",
        is_memorial=account.is_memorial,
        may_be_indexed=account.limited_at is None and not hidden,
        hides_collections=account.hides_collections,
        shows_media=account.shows_media,
        created_at=account.created_at,
        uri=account.uri,
    )


def _web_address(account: Account) -> str:
    """Where the account's page is. What another server calls its page may be anything."""
    return account.url if account.url.startswith(("https://", "http://")) else account.uri


def _picture(ctx: Context, key: str | None, otherwise: str, hidden: bool) -> str:
    return ctx.storage.url(key) if key and not hidden else asset_path(otherwise)


def _field(ctx: Context, account: Account, field: Mapping[str, Any]) -> FieldView:
    return FieldView(
        name=text_with_emoji(ctx, field.get("name", ""), account.emojis),
        value=safe_content(ctx, field.get("html", ""), account.emojis),
        is_verified=bool(field.get("verified_at")),
    )
