"""Before an import that overwrites: what the member has and the file has not goes."""

from watertower.accounts.actions.unblock import unblock
from watertower.accounts.actions.unfollow import unfollow
from watertower.accounts.actions.unmute import unmute
from watertower.accounts.actions.unmute_domain import unmute_domain
from watertower.base.context import Context
from watertower.base.errors import Refused
from watertower.feeds.access.filter_rows import filter_rows
from watertower.feeds.actions.filters import remove_filter
from watertower.feeds.actions.lists import remove_list, take_from_list
from watertower.feeds.queries.exports import list_exported
from watertower.feeds.queries.imports import list_all_data
from watertower.feeds.queries.lists import list_lists
from watertower.feeds.transfer import Import, Kind, TransferRow
from watertower.statuses.actions.bookmark import unbookmark


async def clear_for_import(ctx: Context, *, found: Import) -> None:
    """Remove it piece by piece; run again, it goes on. What resists stays."""
    domain = ctx.settings.server.domain
    async with ctx.reading() as tx:
        has = await list_exported(
            tx, account_id=found.account_id, kind=found.kind, own_domain=domain
        )
        wanted = {_key(row) for row in await list_all_data(tx, import_id=found.id)}
    if found.kind == Kind.LISTS:
        await _clear_lists(ctx, found.account_id, {title for title, _ in wanted})
    for row in has:
        if _key(row) not in wanted:
            try:
                await _remove(ctx, found, row)
            except Refused:
                continue


def _key(row: TransferRow) -> tuple[str, str]:
    """What makes two rows the same thing."""
    what = row.get("handle") or row.get("domain") or row.get("uri") or ""
    return row.get("title", ""), what if "uri" in row else what.lower()


async def _remove(ctx: Context, found: Import, row: TransferRow) -> None:
    me = found.account_id
    if found.kind == Kind.DOMAIN_BLOCKS:
        await unmute_domain(ctx, account_id=me, domain=row["domain"])
        return
    if found.kind == Kind.FILTERS:
        for one in await filter_rows(ctx, account_id=me):
            if one["title"] == row["title"]:
                await remove_filter(ctx, account_id=me, filter_id=one["id"])
        return
    if found.kind == Kind.BOOKMARKS:
        status = await ctx.remote.find_by_url(row["uri"])
        if status is not None and status[0] == "status":
            await unbookmark(ctx, actor_id=me, status_id=status[1])
        return
    target_id = await ctx.remote.find_account(row["handle"])
    if target_id is None:
        return
    if found.kind == Kind.FOLLOWS:
        await unfollow(ctx, actor_id=me, target_id=target_id)
    elif found.kind == Kind.BLOCKS:
        await unblock(ctx, actor_id=me, target_id=target_id)
    elif found.kind == Kind.MUTES:
        await unmute(ctx, actor_id=me, target_id=target_id)
    elif found.kind == Kind.LISTS:
        async with ctx.reading() as tx:
            lists = await list_lists(tx, account_id=me)
        for held in lists:
            if held.title == row["title"]:
                await take_from_list(ctx, owner_id=me, list_id=held.id, account_ids=[target_id])


async def _clear_lists(ctx: Context, account_id: int, titles: set[str]) -> None:
    async with ctx.reading() as tx:
        lists = await list_lists(tx, account_id=account_id)
    for one in lists:
        if one.title not in titles:
            await remove_list(ctx, owner_id=account_id, list_id=one.id)
