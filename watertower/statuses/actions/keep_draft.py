"""Drafts: begin a post, change it, throw it away, or publish it. Nobody else knows of them."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.media.steps.attach import hold, release
from watertower.statuses.draft import Draft, pack_draft, unpack_draft
from watertower.statuses.errors import DraftNotFound, TooManyDrafts
from watertower.statuses.limits import MAX_DRAFTS
from watertower.statuses.model import KeptDraft
from watertower.statuses.queries.drafts import (
    count_drafts,
    delete_draft,
    insert_draft,
    lock_draft,
    update_draft,
)
from watertower.statuses.rules import check_length


async def keep_draft(ctx: Context, *, account_id: int, draft: Draft) -> int:
    """Keep a post as it is, finished or not, with its media; answers its id.

    Raises Invalid for what is too long or media that cannot be kept, TooManyDrafts.
    """
    check_length(draft.text, draft.content_warning)
    async with ctx.transaction() as tx:
        if await count_drafts(tx, account_id=account_id) >= MAX_DRAFTS:
            raise TooManyDrafts(MAX_DRAFTS)
        draft_id = await insert_draft(
            tx, account_id=account_id, draft=pack_draft(draft), at=ctx.now()
        )
        await _hold(tx, account_id=account_id, draft_id=draft_id, draft=draft)
    return draft_id


async def change_draft(ctx: Context, *, account_id: int, draft_id: int, draft: Draft) -> None:
    """Keep this instead. Raises DraftNotFound, and Invalid as keep_draft."""
    check_length(draft.text, draft.content_warning)
    async with ctx.transaction() as tx:
        await _own(tx, account_id=account_id, draft_id=draft_id)
        await release(tx, scheduled_status_id=draft_id)
        await _hold(tx, account_id=account_id, draft_id=draft_id, draft=draft)
        await update_draft(tx, draft_id=draft_id, draft=pack_draft(draft), at=ctx.now())


async def drop_draft(ctx: Context, *, account_id: int, draft_id: int) -> None:
    """Throw it away; its media is free again. Raises DraftNotFound."""
    async with ctx.transaction() as tx:
        await _own(tx, account_id=account_id, draft_id=draft_id)
        await release(tx, scheduled_status_id=draft_id)
        await delete_draft(tx, draft_id=draft_id)


async def take_draft(ctx: Context, *, account_id: int, draft_id: int) -> Draft:
    """The draft with its media set free, to be published now. Raises DraftNotFound.

    The draft stays until drop_draft: whoever is interrupted between takes it again.
    """
    async with ctx.transaction() as tx:
        kept = await _own(tx, account_id=account_id, draft_id=draft_id)
        await release(tx, scheduled_status_id=draft_id)
    return unpack_draft(kept.draft)


async def give_back_draft(ctx: Context, *, account_id: int, draft_id: int, draft: Draft) -> None:
    """It could not be published: hold its media again."""
    async with ctx.transaction() as tx:
        await _own(tx, account_id=account_id, draft_id=draft_id)
        await _hold(tx, account_id=account_id, draft_id=draft_id, draft=draft)


async def _own(tx: Transaction, *, account_id: int, draft_id: int) -> KeptDraft:
    found = await lock_draft(tx, account_id=account_id, draft_id=draft_id)
    if found is None:
        raise DraftNotFound
    return found


async def _hold(tx: Transaction, *, account_id: int, draft_id: int, draft: Draft) -> None:
    await hold(
        tx, account_id=account_id, media_ids=list(draft.media_ids), scheduled_status_id=draft_id
    )
