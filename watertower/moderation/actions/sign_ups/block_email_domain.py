"""Block: nobody signs up with an address of this domain, or only after a person looked."""

from watertower.accounts.domains import domain_name
from watertower.accounts.queries.email_blocks import (
    delete_email_domain_block,
    insert_email_domain_block,
)
from watertower.base.context import Context
from watertower.moderation.errors.sign_ups import BlockNotFound, wrong
from watertower.moderation.steps.log import log


async def block_email_domain(
    ctx: Context, *, actor_id: int, domain: str, allows_with_approval: bool = False
) -> int:
    """Block a domain and all below it; the block's id. Raises Invalid, also if it is blocked."""
    name = domain_name(domain)
    if name is None or ":" in name:
        raise wrong("domain", "is not a domain name")
    async with ctx.transaction() as tx:
        block_id = await insert_email_domain_block(
            tx, domain=name, allows_with_approval=allows_with_approval, at=ctx.now()
        )
        if block_id is None:
            raise wrong("domain", "has already been taken", "ERR_TAKEN")
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="block_email_domain",
            subject=("email_domain", name),
            details={"allows_with_approval": allows_with_approval},
        )
    return block_id


async def unblock_email_domain(ctx: Context, *, actor_id: int, block_id: int) -> None:
    """Lift a block. Raises BlockNotFound."""
    async with ctx.transaction() as tx:
        domain = await delete_email_domain_block(tx, block_id=block_id)
        if domain is None:
            raise BlockNotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="unblock_email_domain",
            subject=("email_domain", domain),
        )
