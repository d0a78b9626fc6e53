"""Do one row of an import, with the very actions that apps use."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from watertower.accounts.actions.block import block
from watertower.accounts.actions.follow import follow
from watertower.accounts.actions.mute import mute
from watertower.accounts.actions.mute_domain import mute_domain
from watertower.accounts.errors import AccountNotFound
from watertower.base.context import Context
from watertower.base.errors import NotFound
from watertower.feeds.actions.filters import change_filter, make_filter
from watertower.feeds.actions.lists import add_to_list, make_list
from watertower.feeds.errors import AlreadyInList
from watertower.feeds.model import KeywordChange
from watertower.feeds.queries.filters import list_filters_with_parts
from watertower.feeds.queries.lists import list_lists
from watertower.feeds.transfer import Kind, TransferRow
from watertower.statuses.actions.bookmark import bookmark


async def import_row(ctx: Context, *, account_id: int, kind: Kind, row: TransferRow) -> None:
    """Raises a Refused that says why it cannot be done."""
    await _DO[kind](ctx, account_id, row)


async def account_behind(ctx: Context, row: TransferRow) -> int:
    """The account that a row names, fetched if it is unknown."""
    found = await ctx.remote.find_account(row["handle"])
    if found is None:
        raise AccountNotFound("There is no such account, or its server cannot be reached")
    return found


async def _follow(ctx: Context, account_id: int, row: TransferRow) -> None:
    await follow(
        ctx,
        actor_id=account_id,
        target_id=await account_behind(ctx, row),
        shows_reblogs=row.get("shows_reblogs"),
        notifies=row.get("notifies"),
        languages=row.get("languages"),
    )


async def _block(ctx: Context, account_id: int, row: TransferRow) -> None:
    await block(ctx, actor_id=account_id, target_id=await account_behind(ctx, row))


async def _mute(ctx: Context, account_id: int, row: TransferRow) -> None:
    await mute(
        ctx,
        actor_id=account_id,
        target_id=await account_behind(ctx, row),
        hides_notifications=row.get("hides_notifications") is not False,
    )


async def _mute_domain(ctx: Context, account_id: int, row: TransferRow) -> None:
    await mute_domain(ctx, account_id=account_id, domain=row["domain"])


async def _list(ctx: Context, account_id: int, row: TransferRow) -> None:
    """Into the list of this title, made if there is none; following is what lists need."""
    target_id = await account_behind(ctx, row)
    if target_id != account_id:
        await follow(ctx, actor_id=account_id, target_id=target_id)
    async with ctx.reading() as tx:
        lists = {found.title: found for found in await list_lists(tx, account_id=account_id)}
    found = lists.get(row["title"]) or await make_list(
        ctx,
        owner_id=account_id,
        title=row["title"],
        replies_policy="list",
        is_exclusive=False,
    )
    try:
        await add_to_list(ctx, owner_id=account_id, list_id=found.id, account_ids=[target_id])
    except AlreadyInList:
        return


async def _bookmark(ctx: Context, account_id: int, row: TransferRow) -> None:
    found = await ctx.remote.find_by_url(row["uri"])
    if found is None or found[0] != "status":
        raise NotFound("There is no such post, or its server cannot be reached")
    await bookmark(ctx, actor_id=account_id, status_id=found[1])


async def _filter(ctx: Context, account_id: int, row: TransferRow) -> None:
    """A new filter, or further keywords for the one of the same title."""
    async with ctx.reading() as tx:
        filters = await list_filters_with_parts(tx, account_id=account_id)
    same: dict[str, Any] | None = next((f for f in filters if f["title"] == row["title"]), None)
    held = {part["keyword"] for part in same["keywords"]} if same else set()
    keywords = [
        KeywordChange(id=None, keyword=word, is_whole_word=whole, is_removed=False)
        for word, whole in row["keywords"]
        if word not in held
    ]
    until = row.get("expires_at")
    expires_at = datetime.fromisoformat(until) if until else None
    if same is None:
        await make_filter(
            ctx,
            account_id=account_id,
            title=row["title"],
            contexts=row["contexts"],
            action=row["action"],
            expires_at=expires_at,
            keywords=keywords,
        )
    else:
        await change_filter(
            ctx,
            account_id=account_id,
            filter_id=same["id"],
            contexts=row["contexts"],
            action=row["action"],
            changes_expiry=True,
            expires_at=expires_at,
            keywords=keywords,
        )


_DO: dict[Kind, Callable[[Context, int, TransferRow], Awaitable[None]]] = {
    Kind.FOLLOWS: _follow,
    Kind.BLOCKS: _block,
    Kind.MUTES: _mute,
    Kind.DOMAIN_BLOCKS: _mute_domain,
    Kind.LISTS: _list,
    Kind.BOOKMARKS: _bookmark,
    Kind.FILTERS: _filter,
}
