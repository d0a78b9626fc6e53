"""Block: one e-mail address, in all its spellings, signs up no more. Only its hash is kept."""

import re

from watertower.accounts.queries.email_blocks import delete_address_block, insert_address_block
from watertower.accounts.who_may_knock import canonical_hash
from watertower.base.context import Context
from watertower.moderation.errors.sign_ups import BlockNotFound, wrong
from watertower.moderation.steps.log import log

_HASH = re.compile(r"[0-9a-f]{64}")


async def block_address(
    ctx: Context, *, actor_id: int, email: str | None = None, address_hash: str | None = None
) -> int:
    """Block an address, given itself or by its hash; the block's id. Raises Invalid."""
    if email:
        if "@" not in email.strip()[1:-1]:
            raise wrong("email", "is invalid")
        address_hash = canonical_hash(email)
    found = (address_hash or "").strip().lower()
    if not _HASH.fullmatch(found):
        raise wrong("canonical_email_hash", "can't be blank", "ERR_BLANK")
    async with ctx.transaction() as tx:
        block_id = await insert_address_block(tx, address_hash=found, at=ctx.now())
        if block_id is None:
            raise wrong("canonical_email_hash", "has already been taken", "ERR_TAKEN")
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="block_email_address",
            subject=("email_address_block", block_id),
        )
    return block_id


async def unblock_address(ctx: Context, *, actor_id: int, block_id: int) -> None:
    """Lift a block. Raises BlockNotFound."""
    async with ctx.transaction() as tx:
        if not await delete_address_block(tx, block_id=block_id):
            raise BlockNotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="unblock_email_address",
            subject=("email_address_block", block_id),
        )
