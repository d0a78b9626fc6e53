"""Blocked domains, addresses and networks, for moderators. The gate has checked that they may."""

from collections.abc import Sequence

from watertower.accounts.queries.email_blocks import (
    find_address_block,
    find_email_domain_block,
    list_address_blocks,
    list_email_domain_blocks,
)
from watertower.accounts.queries.ip_blocks import find_ip_block, list_ip_blocks
from watertower.accounts.who_may_knock import (
    AddressBlock,
    EmailDomainBlock,
    IpBlock,
    canonical_hash,
)
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.moderation.errors.sign_ups import BlockNotFound


async def email_domain_blocks(ctx: Context, *, page: Page) -> Sequence[EmailDomainBlock]:
    """A page of blocked domains, newest first; two queries."""
    async with ctx.reading() as tx:
        return await list_email_domain_blocks(tx, page=page, today=ctx.now().date())


async def email_domain_block_for(ctx: Context, *, block_id: int) -> EmailDomainBlock:
    """One blocked domain. Raises BlockNotFound."""
    async with ctx.reading() as tx:
        found = await find_email_domain_block(tx, block_id=block_id, today=ctx.now().date())
    if found is None:
        raise BlockNotFound
    return found


async def address_blocks(ctx: Context, *, page: Page) -> Sequence[AddressBlock]:
    """A page of blocked addresses, newest first."""
    async with ctx.reading() as tx:
        return await list_address_blocks(tx, page=page)


async def address_blocks_of(ctx: Context, *, email: str) -> Sequence[AddressBlock]:
    """The blocks that would stop this address, in whatever spelling."""
    async with ctx.reading() as tx:
        return await list_address_blocks(tx, page=Page(40), address_hash=canonical_hash(email))


async def address_block_for(ctx: Context, *, block_id: int) -> AddressBlock:
    """One blocked address. Raises BlockNotFound."""
    async with ctx.reading() as tx:
        found = await find_address_block(tx, block_id=block_id)
    if found is None:
        raise BlockNotFound
    return found


async def ip_blocks(ctx: Context, *, page: Page) -> Sequence[IpBlock]:
    """A page of blocked networks, newest first."""
    async with ctx.reading() as tx:
        return await list_ip_blocks(tx, page=page)


async def ip_block_for(ctx: Context, *, block_id: int) -> IpBlock:
    """One blocked network. Raises BlockNotFound."""
    async with ctx.reading() as tx:
        found = await find_ip_block(tx, block_id=block_id)
    if found is None:
        raise BlockNotFound
    return found
