"""Search for people, on behalf of somebody."""

import re

from watertower.accounts.access.people import people_for, split_handle
from watertower.accounts.model import Viewer, viewer_id
from watertower.accounts.queries.accounts import find_account_by_handle
from watertower.accounts.queries.relations import has_follow
from watertower.accounts.queries.search import search_accounts
from watertower.base.context import Context

LONGEST_QUERY = 200  # characters
_HANDLE = re.compile(r"@?[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*(?:@[^\s@/]+)?", re.IGNORECASE | re.ASCII)


async def people_found(
    ctx: Context,
    *,
    viewer: Viewer | None,
    query: str,
    limit: int,
    offset: int = 0,
    only_following: bool = False,
    resolve: bool = False,
) -> list[int]:
    """Ids of accounts, the very one that was meant first. `resolve` may ask another server.

    The query is words of names, a handle, its beginning, or (with `resolve`) an address.
    """
    query = query.strip()[:LONGEST_QUERY]
    me = viewer_id(viewer)
    if not query or (only_following and me is None):
        return []
    if query.startswith(("https://", "http://")):
        found = await ctx.remote.find_by_url(query) if resolve and me is not None else None
        ids = [found[1]] if found is not None and found[0] == "account" else []
        return [] if offset else await people_for(ctx, account_ids=ids)
    is_handle = _HANDLE.fullmatch(query) is not None
    exact = None
    if is_handle:
        exact = await _exactly(ctx, query, resolve=resolve and me is not None)
    username, _, domain = query.removeprefix("@").partition("@") if is_handle else (query, "", "")
    async with ctx.reading() as tx:
        if exact is not None and only_following and me is not None:
            exact = exact if await has_follow(tx, actor_id=me, target_id=exact) else None
        rest = await search_accounts(
            tx,
            words=username,
            domain=domain.lower() or None,
            viewer_id=me,
            only_following=only_following,
            limit=limit + offset + 1,
            offset=0,
        )
    ordered = [exact, *rest] if exact is not None else rest
    return list(dict.fromkeys(ordered))[offset : offset + limit]


async def _exactly(ctx: Context, handle: str, *, resolve: bool) -> int | None:
    """The account that a whole handle names, fetched from its server when we may."""
    username, domain = split_handle(ctx, handle)
    async with ctx.reading() as tx:
        account = await find_account_by_handle(tx, username=username, domain=domain)
    if account is None and resolve and domain is not None:
        fetched = await ctx.remote.find_account(f"{username}@{domain}")
        return None if fetched is None else next(iter(await _good(ctx, fetched)), None)
    if account is None or account.is_suspended:
        return None
    return next(iter(await _good(ctx, account.id)), None)


async def _good(ctx: Context, account_id: int) -> list[int]:
    return await people_for(ctx, account_ids=[account_id])
