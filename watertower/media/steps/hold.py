"""Holds files against removal while something above copies them.

Moderation copies the files of a reported post after the report was filed; the author may delete
the post a second later. Whoever removes files leaves those that are held for later.
"""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Transaction
from watertower.media.queries.held import delete_held, insert_held


async def hold_files(tx: Transaction, *, keys: Sequence[str], holder: str, at: datetime) -> None:
    """From the commit on these files stay. `holder` names who lets go of them again."""
    if keys:
        await insert_held(tx, keys=keys, holder=holder, at=at)


async def release_files(tx: Transaction, *, keys: Sequence[str], holder: str) -> None:
    """Let go. Removals that waited are done within ten minutes."""
    if keys:
        await delete_held(tx, keys=keys, holder=holder)
