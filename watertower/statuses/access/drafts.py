"""What a member began to write."""

from collections.abc import Mapping, Sequence
from typing import Any

from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.statuses.errors import DraftNotFound
from watertower.statuses.model import KeptDraft
from watertower.statuses.queries.drafts import find_draft, list_drafts
from watertower.statuses.queries.scheduled import list_scheduled_media


async def draft_of(ctx: Context, *, account_id: int, draft_id: int) -> KeptDraft:
    """One of this account's drafts; DraftNotFound if it is not."""
    async with ctx.reading() as tx:
        found = await find_draft(tx, account_id=account_id, draft_id=draft_id)
    if found is None:
        raise DraftNotFound
    return found


async def drafts_of(ctx: Context, *, account_id: int, page: Page) -> Sequence[KeptDraft]:
    """A page of them, newest first."""
    async with ctx.reading() as tx:
        return await list_drafts(tx, account_id=account_id, page=page)


async def media_of_drafts(
    ctx: Context, *, draft_ids: Sequence[int]
) -> dict[int, list[Mapping[str, Any]]]:
    """Rows of media_attachments by the draft that holds them."""
    async with ctx.reading() as tx:
        return await list_scheduled_media(tx, scheduled_ids=draft_ids)
