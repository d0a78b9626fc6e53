"""The keys that we sign with: a member's, and the server's own.

Members get theirs when they sign up. The server's account (Mastodon's "instance actor", id -99)
is made the first time it is needed: it asks other servers for documents, so that they can tell
who asks.
"""

import asyncio

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.queries.own_keys import (
    OwnKey,
    find_own_key,
    insert_instance_account,
    insert_own_key,
)
from watertower.base import keys
from watertower.base.context import Context

__all__ = ["INSTANCE_ACCOUNT_ID", "OwnKey", "instance_key", "own_key"]

INSTANCE_ACCOUNT_ID = -99


async def own_key(ctx: Context, *, account_id: int) -> OwnKey:
    """The key of an account of ours, made now if it has none. Raises AccountNotFound."""
    async with ctx.reading() as tx:
        found = await find_own_key(tx, account_id=account_id)
    if found is not None:
        return found
    private_pem, public_pem = await asyncio.to_thread(keys.make_key_pair)
    async with ctx.transaction() as tx:
        if account_id == INSTANCE_ACCOUNT_ID:
            await insert_instance_account(
                tx,
                account_id=account_id,
                name=ctx.settings.server.domain,
                base_url=ctx.settings.base_url,
                at=ctx.now(),
            )
        await insert_own_key(
            tx,
            account_id=account_id,
            public_pem=public_pem,
            private_pem=private_pem,
            at=ctx.now(),
        )
        found = await find_own_key(tx, account_id=account_id)
    if found is None:
        raise AccountNotFound
    return found


async def instance_key(ctx: Context) -> OwnKey:
    """The key of the server itself."""
    return await own_key(ctx, account_id=INSTANCE_ACCOUNT_ID)
