"""How somebody stands to others, and the lists of what it decided about them."""

from collections.abc import Sequence
from datetime import datetime

from watertower.accounts.domains import require_domain
from watertower.accounts.errors import AccountNotFound
from watertower.accounts.model import Relationship
from watertower.accounts.queries.blocks import find_block_uri, list_blocks
from watertower.accounts.queries.domain_mutes import list_domain_mutes
from watertower.accounts.queries.follow_requests import (
    FollowRequest,
    find_follow_request,
    list_follow_requests,
)
from watertower.accounts.queries.follows import count_follows_with_domain, find_follow_uri
from watertower.accounts.queries.mutes import list_mutes
from watertower.accounts.queries.pages import Listed
from watertower.accounts.queries.relations import list_relationships
from watertower.base.context import Context
from watertower.base.paging import Page


async def relationships_for(
    ctx: Context, *, account_id: int, target_ids: Sequence[int], with_suspended: bool
) -> list[Relationship]:
    """How the account stands to each target that exists, in their order; one query."""
    async with ctx.reading() as tx:
        return await list_relationships(
            tx,
            account_id=account_id,
            target_ids=target_ids,
            with_suspended=with_suspended,
            now=ctx.now(),
        )


async def relationship_for(ctx: Context, *, account_id: int, target_id: int) -> Relationship:
    """How the account stands to one other; AccountNotFound if there is no such account."""
    found = await relationships_for(
        ctx, account_id=account_id, target_ids=[target_id], with_suspended=True
    )
    if not found:
        raise AccountNotFound
    return found[0]


async def blocks_of(ctx: Context, *, account_id: int, page: Page) -> list[Listed]:
    """Whom the member blocks, latest first."""
    async with ctx.reading() as tx:
        return await list_blocks(tx, account_id=account_id, page=page)


async def mutes_of(
    ctx: Context, *, account_id: int, page: Page
) -> tuple[Sequence[Listed], dict[int, datetime | None]]:
    """Whom the member mutes, latest first, and when each mute ends, by account id."""
    async with ctx.reading() as tx:
        return await list_mutes(tx, account_id=account_id, page=page, now=ctx.now())


async def follow_requests_of(ctx: Context, *, account_id: int, page: Page) -> list[Listed]:
    """Who waits for the member's decision, latest first."""
    async with ctx.reading() as tx:
        return await list_follow_requests(tx, account_id=account_id, page=page)


async def domain_mutes_of(ctx: Context, *, account_id: int, page: Page) -> list[tuple[str, int]]:
    """Servers that the member hides, latest first."""
    async with ctx.reading() as tx:
        return await list_domain_mutes(tx, account_id=account_id, page=page)


async def follows_with_domain(ctx: Context, *, account_id: int, domain: str) -> tuple[int, int]:
    """How many on this server the member follows, and how many there follow it."""
    name = require_domain(domain)
    async with ctx.reading() as tx:
        return await count_follows_with_domain(tx, account_id=account_id, domain=name)


async def follow_request_of(ctx: Context, *, follow_request_id: int) -> FollowRequest | None:
    """The request of this id, for telling another server; None when it was decided."""
    async with ctx.reading() as tx:
        return await find_follow_request(tx, follow_request_id=follow_request_id)


async def follow_uri_of(ctx: Context, *, actor_id: int, target_id: int) -> str | None:
    """The ActivityPub id of a follow; None if there is none."""
    async with ctx.reading() as tx:
        return await find_follow_uri(tx, actor_id=actor_id, target_id=target_id)


async def block_uri_of(ctx: Context, *, actor_id: int, target_id: int) -> str | None:
    """The ActivityPub id of a block; None if there is none."""
    async with ctx.reading() as tx:
        return await find_block_uri(tx, actor_id=actor_id, target_id=target_id)
