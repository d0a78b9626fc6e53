"""What a member does with filters. Every change is seen by the member's very next request."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from watertower.accounts.queries.filters_version import grow_filters_version
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.errors import Invalid
from watertower.base.live import publish
from watertower.feeds.errors import FilterNotFound
from watertower.feeds.model import KeywordChange
from watertower.feeds.queries.filters import (
    delete_filter,
    delete_filter_status,
    delete_keyword,
    insert_filter,
    insert_filter_status,
    insert_keyword,
    update_filter,
    update_keyword,
)
from watertower.statuses.access.statuses import status_for


async def make_filter(
    ctx: Context,
    *,
    account_id: int,
    title: str,
    contexts: Sequence[str],
    action: str,
    expires_at: datetime | None,
    keywords: Sequence[KeywordChange] = (),
) -> int:
    """Make a filter with its keywords; its id."""
    async with _changing(ctx, account_id) as tx:
        filter_id = await insert_filter(
            tx,
            account_id=account_id,
            title=title,
            contexts=contexts,
            action=action,
            expires_at=expires_at,
        )
        if filter_id is None:
            raise Invalid("Validation failed: You have reached the maximum number of filters")
        await _change_keywords(tx, account_id, filter_id, keywords)
    return filter_id


async def change_filter(
    ctx: Context,
    *,
    account_id: int,
    filter_id: int,
    title: str | None = None,
    contexts: Sequence[str] | None = None,
    action: str | None = None,
    changes_expiry: bool = False,
    expires_at: datetime | None = None,
    keywords: Sequence[KeywordChange] = (),
) -> None:
    """Change what is given."""
    async with _changing(ctx, account_id) as tx:
        found = await update_filter(
            tx,
            account_id=account_id,
            filter_id=filter_id,
            title=title,
            contexts=contexts,
            action=action,
            changes_expiry=changes_expiry,
            expires_at=expires_at,
        )
        _require(found)
        await _change_keywords(tx, account_id, filter_id, keywords)


async def remove_filter(ctx: Context, *, account_id: int, filter_id: int) -> None:
    """Remove a filter."""
    async with _changing(ctx, account_id) as tx:
        _require(await delete_filter(tx, account_id=account_id, filter_id=filter_id))


async def add_keyword(
    ctx: Context, *, account_id: int, filter_id: int, keyword: str, is_whole_word: bool
) -> int:
    """Add a keyword to a filter; its id."""
    async with _changing(ctx, account_id) as tx:
        made = await insert_keyword(
            tx,
            account_id=account_id,
            filter_id=filter_id,
            keyword=keyword,
            is_whole_word=is_whole_word,
        )
        return _require(made)


async def change_keyword(
    ctx: Context,
    *,
    account_id: int,
    keyword_id: int,
    keyword: str | None,
    is_whole_word: bool | None,
) -> None:
    """Change a keyword."""
    async with _changing(ctx, account_id) as tx:
        found = await update_keyword(
            tx,
            account_id=account_id,
            keyword_id=keyword_id,
            keyword=keyword,
            is_whole_word=is_whole_word,
        )
        _require(found)


async def remove_keyword(ctx: Context, *, account_id: int, keyword_id: int) -> None:
    """Remove a keyword."""
    async with _changing(ctx, account_id) as tx:
        _require(await delete_keyword(tx, account_id=account_id, keyword_id=keyword_id))


async def add_status(ctx: Context, *, account_id: int, filter_id: int, status_id: int) -> int:
    """Filter one status that the member may see; the id of the row."""
    async with _changing(ctx, account_id) as tx:
        await status_for(tx, viewer_id=account_id, status_id=status_id)
        made = await insert_filter_status(
            tx, account_id=account_id, filter_id=filter_id, status_id=status_id
        )
        return _require(made)


async def remove_status(ctx: Context, *, account_id: int, filter_status_id: int) -> None:
    """Stop filtering one status."""
    async with _changing(ctx, account_id) as tx:
        found = await delete_filter_status(
            tx, account_id=account_id, filter_status_id=filter_status_id
        )
        _require(found)


async def _change_keywords(
    tx: Transaction, account_id: int, filter_id: int, changes: Sequence[KeywordChange]
) -> None:
    for change in changes:
        if change.id is None:
            if change.keyword and not change.is_removed:
                await insert_keyword(
                    tx,
                    account_id=account_id,
                    filter_id=filter_id,
                    keyword=change.keyword,
                    is_whole_word=change.is_whole_word is not False,
                )
        elif change.is_removed:
            _require(await delete_keyword(tx, account_id=account_id, keyword_id=change.id))
        else:
            found = await update_keyword(
                tx,
                account_id=account_id,
                keyword_id=change.id,
                keyword=change.keyword,
                is_whole_word=change.is_whole_word,
            )
            _require(found)


def _require(found: int | None) -> int:
    if not found:
        raise FilterNotFound
    return found


@asynccontextmanager
async def _changing(ctx: Context, account_id: int) -> AsyncIterator[Transaction]:
    async with ctx.transaction() as tx:
        yield tx
        await grow_filters_version(tx, account_id=account_id)
        await publish(tx, "filters_changed", account_id=account_id)
