"""What staff does to single statuses, so that it can be undone exactly.

A withheld status looks deleted to everybody and in every list, because it is marked so; what
restoring needs is kept apart. Its files stay attached: nobody may use them for something else.
"""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.statuses.events import StatusCovered, StatusGivenBack, StatusWithheld
from watertower.statuses.queries.withheld import (
    give_back_row,
    lock_named,
    update_covered,
    withhold_row,
)


async def withhold(
    tx: Transaction, *, status_ids: Sequence[int], at: datetime, kept_until: datetime
) -> list[int]:
    """Take these away; which of them were there. Others are told that they were deleted."""
    taken = []
    for row in await lock_named(tx, status_ids=status_ids):
        if await withhold_row(tx, status_id=row["id"], at=at, kept_until=kept_until):
            taken.append(row["id"])
            await record(
                tx,
                StatusWithheld(status_id=row["id"], account_id=row["account_id"], uri=row["uri"]),
            )
    return taken


async def give_back(tx: Transaction, *, status_ids: Sequence[int]) -> list[int]:
    """Bring withheld statuses back; those that were deleted for good meanwhile are left out."""
    back = []
    for row in await lock_named(tx, status_ids=status_ids):
        if await give_back_row(tx, status_id=row["id"]):
            back.append(row["id"])
            await record(tx, StatusGivenBack(status_id=row["id"]))
    return back


async def cover(tx: Transaction, *, status_ids: Sequence[int]) -> list[int]:
    """Cover the media of these statuses; which of them were not covered."""
    wanted = [
        row["id"]
        for row in await lock_named(tx, status_ids=status_ids)
        if not row["is_gone"] and not row["is_boost"]
    ]
    return await _changed(tx, status_ids=wanted, is_sensitive=True)


async def uncover(tx: Transaction, *, status_ids: Sequence[int], covered_at: datetime) -> list[int]:
    """No longer; which changed. What the author edited since then is as the author wants it."""
    wanted = [
        row["id"]
        for row in await lock_named(tx, status_ids=status_ids)
        if row["edited_at"] is None or row["edited_at"] <= covered_at
    ]
    return await _changed(tx, status_ids=wanted, is_sensitive=False)


async def _changed(tx: Transaction, *, status_ids: Sequence[int], is_sensitive: bool) -> list[int]:
    changed = await update_covered(tx, status_ids=status_ids, is_sensitive=is_sensitive)
    for status_id in changed:
        await record(tx, StatusCovered(status_id=status_id))
    return changed
