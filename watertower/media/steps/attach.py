"""Giving attachments to a status, and taking them away, inside the transaction that writes it."""

from collections.abc import Sequence

from watertower.base.db.transaction import Transaction
from watertower.base.errors import Invalid
from watertower.media.errors import MixedFiles, NotFinished, TooManyFiles
from watertower.media.model import MAX_ATTACHMENTS, MediaState
from watertower.media.queries.attached import (
    list_own,
    update_attached,
    update_detached,
    update_held,
    update_released,
)

SINGLE = frozenset({"video", "audio"})


async def attach(
    tx: Transaction,
    *,
    account_id: int,
    media_ids: Sequence[int],
    status_id: int,
    scheduled_status_id: int | None = None,
) -> list[int]:
    """Give uploads to a status; their ids without doubles, in order, for statuses.media_ids.

    Those that the status already has are fine (an edit). `scheduled_status_id` names the
    scheduled post that kept them. Raises Invalid for more than 4, for those of others or of
    another status, for unfinished ones, and for a video or sound beside anything else.
    """
    ids = _checked(media_ids)
    if not ids:
        return []
    kinds = await update_attached(
        tx,
        account_id=account_id,
        media_ids=ids,
        status_id=status_id,
        scheduled_status_id=scheduled_status_id,
    )
    await _require_all(tx, account_id=account_id, ids=ids, kinds=kinds)
    return ids


async def hold(
    tx: Transaction, *, account_id: int, media_ids: Sequence[int], scheduled_status_id: int
) -> list[int]:
    """Keep uploads for a scheduled status. Refuses what `attach` refuses."""
    ids = _checked(media_ids)
    if not ids:
        return []
    kinds = await update_held(
        tx, account_id=account_id, media_ids=ids, scheduled_status_id=scheduled_status_id
    )
    await _require_all(tx, account_id=account_id, ids=ids, kinds=kinds)
    return ids


async def detach(tx: Transaction, *, status_id: int, kept_ids: Sequence[int] = ()) -> list[int]:
    """Take all but `kept_ids` from a status; they go the way of orphans unless used again."""
    return await update_detached(tx, status_id=status_id, kept_ids=kept_ids)


async def release(tx: Transaction, *, scheduled_status_id: int) -> None:
    """Take all from a scheduled status that will not be published."""
    await update_released(tx, scheduled_status_id=scheduled_status_id)


def _checked(media_ids: Sequence[int]) -> list[int]:
    ids = list(dict.fromkeys(media_ids))
    if len(ids) > MAX_ATTACHMENTS:
        raise TooManyFiles
    return ids


async def _require_all(
    tx: Transaction, *, account_id: int, ids: Sequence[int], kinds: dict[int, str]
) -> None:
    """Raise why not all could be given; the transaction takes back those that were."""
    missing = [media_id for media_id in ids if media_id not in kinds]
    if missing:
        own = await list_own(tx, account_id=account_id, media_ids=missing)
        if any(media.state in {MediaState.QUEUED, MediaState.PROCESSING} for media in own):
            raise NotFinished
        if any(media.state is MediaState.FAILED for media in own):
            raise Invalid("Validation failed: A file could not be processed and cannot be attached")
        listed = ", ".join(str(media_id) for media_id in missing)
        raise Invalid(f"Media {listed} not found or already attached to another post")
    if len(ids) > 1 and SINGLE & set(kinds.values()):
        raise MixedFiles
