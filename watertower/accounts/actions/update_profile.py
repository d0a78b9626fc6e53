"""Update a profile: a member says who it is, and how it wants to be treated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.events import ProfileChanged
from watertower.accounts.jobs.accept_waiting import accept_waiting
from watertower.accounts.jobs.verify_links import verify_links
from watertower.accounts.model import Account
from watertower.accounts.profile import ProfileChange, fields_of, require_good_profile
from watertower.accounts.queries.preferences import update_preferences
from watertower.accounts.queries.profile import (
    CHANGEABLE,
    find_account_to_change,
    update_profile_columns,
)
from watertower.accounts.steps.profile_text import emojis_in, note_html
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.base.params import Upload
from watertower.base.settings import Settings
from watertower.media.jobs.delete_files import delete_files
from watertower.media.steps.picture import store_picture

Kind = Literal["avatar", "header"]


@dataclass(frozen=True)
class Pictures:
    """Pictures to put in place, and kinds to take away."""

    avatar: Upload | None = None
    header: Upload | None = None
    removed: frozenset[Kind] = frozenset()


async def update_profile(
    ctx: Context, *, account_id: int, change: ProfileChange, pictures: Pictures | None = None
) -> None:
    """Change what is given, leave the rest. Raises Invalid, AccountNotFound.

    Pictures are stored before the transaction, because that is slow, and thrown away again if
    it fails.
    """
    require_good_profile(change)
    stored = await _store_pictures(ctx, pictures or Pictures())
    try:
        async with ctx.transaction() as tx:
            account = await find_account_to_change(tx, account_id=account_id)
            if account is None:
                raise AccountNotFound  # noqa: TRY301  # the pictures go as well
            if change.preferences:
                await update_preferences(tx, account_id=account_id, chosen=change.preferences)
            before = {name: getattr(account, name) for name in CHANGEABLE}
            columns = await _columns(tx, ctx.settings, account, change, stored)
            if columns != before:
                await update_profile_columns(
                    tx, account_id=account_id, columns=columns, at=ctx.now()
                )
                await record(tx, ProfileChanged(account_id=account_id))
                _ask_for_what_follows(tx, account, columns)
    except BaseException:
        await ctx.storage.delete([key for keys in stored.values() for key in keys if key])
        raise


async def _store_pictures(
    ctx: Context, pictures: Pictures
) -> dict[str, tuple[str | None, str | None]]:
    stored: dict[str, tuple[str | None, str | None]] = dict.fromkeys(pictures.removed, (None, None))
    try:
        if pictures.avatar is not None:
            stored["avatar"] = await store_picture(ctx, pictures.avatar, kind="avatar")
        if pictures.header is not None:
            stored["header"] = await store_picture(ctx, pictures.header, kind="header")
    except BaseException:
        await ctx.storage.delete([key for keys in stored.values() for key in keys if key])
        raise
    return stored


async def _columns(
    tx: Transaction,
    settings: Settings,
    account: Account,
    change: ProfileChange,
    stored: Mapping[str, tuple[str | None, str | None]],
) -> dict[str, Any]:
    """A value for each changeable column: the new one, or the one that is there."""
    columns = {name: getattr(account, name) for name in CHANGEABLE}
    for name in CHANGEABLE:
        if name != "fields" and getattr(change, name, None) is not None:
            columns[name] = getattr(change, name)
    for kind, (key, static_key) in stored.items():
        columns[f"{kind}_key"], columns[f"{kind}_static_key"] = key, static_key
        if key is None and getattr(change, f"{kind}_description") is None:
            columns[f"{kind}_description"] = ""
    if change.is_bot is not None:
        columns["actor_type"] = "Service" if change.is_bot else "Person"
    if change.attribution_domains is not None:
        columns["attribution_domains"] = list(change.attribution_domains)
    if change.fields is not None:
        columns["fields"] = fields_of(change.fields, before=account.fields)
    if change.note is not None:
        columns["note_html"] = await note_html(tx, settings, change.note)
    if any(text is not None for text in (change.note, change.display_name, change.fields)):
        columns["emojis"] = await emojis_in(tx, _texts(columns))
    return columns


def _texts(columns: Mapping[str, Any]) -> Sequence[str]:
    fields = [text for field in columns["fields"] for text in (field["name"], field["value"])]
    return [columns["display_name"], columns["note"], *fields]


def _ask_for_what_follows(tx: Transaction, before: Account, after: Mapping[str, Any]) -> None:
    if after["fields"] != before.fields:
        key = f"verify-links-{before.id}"
        tx.enqueue(verify_links.queued(unique_key=key, account_id=before.id))
    if before.is_locked and not after["is_locked"]:
        tx.enqueue(accept_waiting.queued(account_id=before.id))
    shown = {
        after[f"{kind}{part}"] for kind in ("avatar", "header") for part in ("_key", "_static_key")
    }
    held = {
        before.avatar_key,
        before.avatar_static_key,
        before.header_key,
        before.header_static_key,
    }
    unused = sorted(key for key in held - shown if key)
    if unused:
        tx.enqueue(delete_files.queued(keys=unused))
