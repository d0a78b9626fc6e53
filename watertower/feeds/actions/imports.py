"""Import: a member brings what it had elsewhere. The rows are done by a job."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.base.errors import Invalid, TooMany
from watertower.base.events import record
from watertower.feeds.events import ImportBegun
from watertower.feeds.queries.imports import count_unfinished, insert_import
from watertower.feeds.transfer import MOST_ROWS, Kind, TransferRow

MOST_AT_ONCE = 5


async def begin_import(
    ctx: Context,
    *,
    account_id: int,
    kind: Kind,
    overwrites: bool,
    file_name: str,
    rows: Sequence[TransferRow],
) -> int:
    """Keep the rows and have them done; the import's id. Raises Invalid, TooMany."""
    if not rows:
        raise Invalid("There is nothing in this file that could be imported")
    if len(rows) > MOST_ROWS:
        raise Invalid(f"The file has more than {MOST_ROWS:,} rows")
    async with ctx.transaction() as tx:
        if await count_unfinished(tx, account_id=account_id) >= MOST_AT_ONCE:
            raise TooMany("Other imports are still running; please wait for them")
        import_id = await insert_import(
            tx,
            account_id=account_id,
            kind=kind,
            overwrites=overwrites,
            file_name=file_name[:200],
            rows=rows,
            at=ctx.now(),
        )
        await record(tx, ImportBegun(import_id=import_id))
    return import_id
