"""Remember an account of another server, as its server describes it.

The federation door comes here after it fetched or received the profile and checked that it is
what it claims to be.
"""

from watertower.accounts.errors import AccountNotFound, HandleTaken
from watertower.accounts.events import ProfileChanged, ServerMet
from watertower.accounts.jobs.copy_pictures import copy_pictures
from watertower.accounts.queries.pictures import list_outdated_copies
from watertower.accounts.queries.remembered import (
    find_other_of_name,
    insert_stats,
    release_name,
    replace_keys,
    update_moved,
    upsert_remote_account,
)
from watertower.accounts.queries.servers import apply_to_new_account, update_met
from watertower.accounts.received import ReceivedAccount
from watertower.accounts.steps.refuse import refuse_new_account
from watertower.base.context import Context
from watertower.base.events import record
from watertower.media.jobs.delete_files import delete_files
from watertower.media.steps.emojis import remember_emojis


async def remember_account(ctx: Context, *, received: ReceivedAccount) -> int:
    """The account's id, after writing what is new. The version grows only if something shows.

    A name that another account has is taken over only when its domain confirmed it; else
    HandleTaken. Raises AccountNotFound for an account that was deleted for good.
    """
    async with ctx.transaction() as tx:
        other_id = await find_other_of_name(
            tx, username=received.username, domain=received.domain, uri=received.uri
        )
        if other_id is not None:
            if not received.proves_handle:
                raise HandleTaken
            await release_name(tx, account_id=other_id)
        emojis = await remember_emojis(
            tx, domain=received.domain, emojis=received.emojis, at=ctx.now()
        )
        outdated = await list_outdated_copies(
            tx,
            uri=received.uri,
            avatar_url=received.avatar_remote_url,
            header_url=received.header_remote_url,
        )
        remembered = await upsert_remote_account(tx, received=received, emojis=emojis, at=ctx.now())
        if remembered is None:
            raise AccountNotFound
        await replace_keys(tx, account_id=remembered.id, keys=received.keys)
        if remembered.is_new:
            await insert_stats(tx, account_id=remembered.id)
            await apply_to_new_account(tx, account_id=remembered.id, at=ctx.now())
            await refuse_new_account(
                tx,
                account_id=remembered.id,
                username=received.username,
                domain=received.domain,
                at=ctx.now(),
            )
            if await update_met(tx, domain=received.domain, at=ctx.now()):
                await record(tx, ServerMet(domain=received.domain.lower()))
        elif remembered.version != remembered.old_version:
            await record(tx, ProfileChanged(account_id=remembered.id))
        if outdated:
            tx.enqueue(delete_files.queued(keys=outdated))
        if remembered.is_wanting_pictures:
            tx.enqueue(
                copy_pictures.queued(
                    unique_key=f"pictures {remembered.id}", account_id=remembered.id
                )
            )
    return remembered.id


async def remember_move(ctx: Context, *, account_id: int, target_id: int) -> bool:
    """Note that an account elsewhere has moved; False if that was known."""
    async with ctx.transaction() as tx:
        is_news = await update_moved(tx, account_id=account_id, target_id=target_id)
        if is_news:
            await record(tx, ProfileChanged(account_id=account_id))
    return is_news
