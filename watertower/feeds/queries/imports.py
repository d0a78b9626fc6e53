"""Files that members brought, row by row."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json, to_json
from watertower.feeds.transfer import FailedRow, Import, Kind, TransferRow, WaitingRow

COLUMNS = """
    id, account_id, kind, overwrites, file_name, total_count, done_count, failed_count, created_at,
    is_cleared, finished_at
"""

INSERT_IMPORT = """
    INSERT INTO imports (account_id, kind, overwrites, file_name, total_count, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    RETURNING id
"""
INSERT_ROWS = """
    INSERT INTO import_rows (import_id, data)
    SELECT $1, data FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS rows(data, place)
    ORDER BY place
"""


async def insert_import(
    tx: Transaction,
    *,
    account_id: int,
    kind: Kind,
    overwrites: bool,
    file_name: str,
    rows: Sequence[TransferRow],
    at: datetime,
) -> int:
    """Keep a file's rows, all to be done; the import's id."""
    new_id: int = await tx.fetch_value(
        INSERT_IMPORT, account_id, kind.value, overwrites, file_name, len(rows), at
    )
    await tx.execute(INSERT_ROWS, new_id, to_json(list(rows)))
    return new_id


FIND_IMPORT = f"SELECT {COLUMNS} FROM imports WHERE id = $1"


async def find_import(tx: Reading, *, import_id: int) -> Import | None:
    """The import of this id."""
    row = await tx.fetch_one(FIND_IMPORT, import_id)
    return row and _import_of(row)


LIST_IMPORTS = f"SELECT {COLUMNS} FROM imports WHERE account_id = $1 ORDER BY id DESC LIMIT 10"


async def list_imports(tx: Reading, *, account_id: int) -> list[Import]:
    """The last ten imports of a member, newest first."""
    return [_import_of(row) for row in await tx.fetch_all(LIST_IMPORTS, account_id)]


COUNT_UNFINISHED = "SELECT count(*) FROM imports WHERE account_id = $1 AND finished_at IS NULL"


async def count_unfinished(tx: Reading, *, account_id: int) -> int:
    """How many imports of a member are not finished."""
    number: int = await tx.fetch_value(COUNT_UNFINISHED, account_id)
    return number


LIST_WAITING = """
    SELECT id, data FROM import_rows
    WHERE import_id = $1 AND problem IS NULL
    ORDER BY id
    LIMIT $2
"""


async def list_waiting(tx: Reading, *, import_id: int, most: int) -> list[WaitingRow]:
    """The next rows to be done."""
    rows = await tx.fetch_all(LIST_WAITING, import_id, most)
    return [WaitingRow(row["id"], from_json(row["data"])) for row in rows]


LIST_ALL_WAITING = "SELECT data FROM import_rows WHERE import_id = $1 ORDER BY id LIMIT 20000"


async def list_all_data(tx: Reading, *, import_id: int) -> list[TransferRow]:
    """Every row of an import that has not begun."""
    return [from_json(row["data"]) for row in await tx.fetch_all(LIST_ALL_WAITING, import_id)]


LIST_FAILED = """
    SELECT r.data, r.problem
    FROM import_rows r
    JOIN imports i ON i.id = r.import_id
    WHERE r.import_id = $1 AND i.account_id = $2 AND r.problem IS NOT NULL
    ORDER BY r.id
    LIMIT 20000
"""


async def list_failed(tx: Reading, *, import_id: int, account_id: int) -> list[FailedRow]:
    """What of a member's import could not be done."""
    rows = await tx.fetch_all(LIST_FAILED, import_id, account_id)
    return [FailedRow(from_json(row["data"]), row["problem"]) for row in rows]


UPDATE_ROW_DONE = """
    WITH gone AS (DELETE FROM import_rows WHERE id = $1 RETURNING import_id)
    UPDATE imports SET done_count = done_count + 1 WHERE id IN (SELECT import_id FROM gone)
"""
UPDATE_ROW_FAILED = """
    WITH failed AS (
        UPDATE import_rows SET problem = $2 WHERE id = $1 AND problem IS NULL RETURNING import_id
    )
    UPDATE imports SET failed_count = failed_count + 1 WHERE id IN (SELECT import_id FROM failed)
"""


async def update_row_done(tx: Transaction, *, row_id: int, problem: str | None) -> None:
    """Note what became of a row: done, or failed with these words. Twice counts once."""
    if problem is None:
        await tx.execute(UPDATE_ROW_DONE, row_id)
    else:
        await tx.execute(UPDATE_ROW_FAILED, row_id, problem)


UPDATE_CLEARED = "UPDATE imports SET is_cleared = true WHERE id = $1"


async def update_cleared(tx: Transaction, *, import_id: int) -> None:
    """What was not in the file is gone."""
    await tx.execute(UPDATE_CLEARED, import_id)


UPDATE_FINISHED = "UPDATE imports SET finished_at = $2 WHERE id = $1 AND finished_at IS NULL"


async def update_finished(tx: Transaction, *, import_id: int, at: datetime) -> None:
    """All rows are done or failed."""
    await tx.execute(UPDATE_FINISHED, import_id, at)


DELETE_OLD_IMPORTS = """
    DELETE FROM imports
    WHERE id IN (SELECT id FROM imports WHERE created_at < $1 ORDER BY created_at LIMIT 100)
"""


async def delete_old_imports(tx: Transaction, *, before: datetime) -> int:
    """Forget imports from before this moment with their rows; at most 100 at once."""
    return await tx.execute(DELETE_OLD_IMPORTS, before)


def _import_of(row: Row) -> Import:
    return Import(**(dict(row) | {"kind": Kind(row["kind"])}))
