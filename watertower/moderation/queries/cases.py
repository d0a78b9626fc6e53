"""Cases: written here, and read one by one. Lists are in case_lists."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.moderation.model.cases import Case, CaseState
from watertower.moderation.queries.case_walls import unhidden

_NAMES = tuple(f.name for f in fields(Case))
CASE_COLUMNS = ", ".join(f"c.{name}" for name in _NAMES)


def case_of(row: Row) -> Case:
    """A row of CASE_COLUMNS as a case."""
    values = {name: row[name] for name in _NAMES}
    values["state"] = CaseState(row["state"])
    return Case(**values)


INSERT_CASE = """
    INSERT INTO cases (
        kind, title, target_account_id, target_domain, language, is_time_critical, is_graphic,
        opened_by_account_id, due_at, urgency, suggested_case_id, suggested_because,
        created_at, updated_at, due_since)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $13)
    RETURNING id
"""


async def insert_case(
    tx: Transaction,
    *,
    kind: str,
    title: str,
    target_account_id: int | None,
    target_domain: str | None,
    language: str | None,
    is_time_critical: bool,
    is_graphic: bool,
    opened_by: int | None,
    due_at: datetime,
    urgency: int,
    suggested_case_id: int | None,
    suggested_because: str,
    at: datetime,
) -> int:
    """A new case; its id."""
    made: int = await tx.fetch_value(
        INSERT_CASE,
        kind,
        title,
        target_account_id,
        target_domain,
        language,
        is_time_critical,
        is_graphic,
        opened_by,
        due_at,
        urgency,
        suggested_case_id,
        suggested_because,
        at,
    )
    return made


FIND_CASE = f"SELECT {CASE_COLUMNS} FROM cases c WHERE c.id = $1"


async def find_case(tx: Reading, *, case_id: int) -> Case | None:
    """The case, for the server itself. Whoever reads for somebody uses find_case_for."""
    row = await tx.fetch_one(FIND_CASE, case_id)
    return row and case_of(row)


LOCK_CASE = f"{FIND_CASE} FOR UPDATE"


async def lock_case(tx: Transaction, *, case_id: int) -> Case | None:
    """The case, held against others until the transaction ends."""
    row = await tx.fetch_one(LOCK_CASE, case_id)
    return row and case_of(row)


FIND_CASE_FOR = f"SELECT {CASE_COLUMNS} FROM cases c WHERE c.id = $2 AND {unhidden()}"


async def find_case_for(tx: Reading, *, viewer_id: int, case_id: int) -> Case | None:
    """The case, unless it is about the viewer, reported by them, or they stepped aside."""
    row = await tx.fetch_one(FIND_CASE_FOR, viewer_id, case_id)
    return row and case_of(row)


LOCK_CASE_FOR = f"{FIND_CASE_FOR} FOR UPDATE OF c"


async def lock_case_for(tx: Transaction, *, viewer_id: int, case_id: int) -> Case | None:
    """The same, held against others until the transaction ends."""
    row = await tx.fetch_one(LOCK_CASE_FOR, viewer_id, case_id)
    return row and case_of(row)


# What may be set, so that no name comes from outside.
_SETTABLE = frozenset(_NAMES) - {"id", "created_at", "updated_at"} | {"urgency"}


async def update_case(tx: Transaction, *, case_id: int, at: datetime, **values: Any) -> int:
    """Set these columns of a case."""
    unknown = set(values) - _SETTABLE
    if unknown:
        raise ValueError(f"no column of cases: {sorted(unknown)}")
    if "due_at" in values:  # another clock begins, unless it is the same one
        begins = f"${list(values).index('due_at') + 3}"
        same = f"due_at IS NOT DISTINCT FROM {begins}"
        clock = (
            f", due_since = CASE WHEN {same} THEN due_since ELSE $2 END"
            f", reminders = CASE WHEN {same} THEN reminders ELSE 0 END"
        )
    else:
        clock = ""
    sets = ", ".join(f"{name} = ${place}" for place, name in enumerate(values, start=3))
    sql = f"UPDATE cases SET updated_at = $2{clock}{', ' + sets if sets else ''} WHERE id = $1"
    return await tx.execute(sql, case_id, at, *values.values())


FIND_OPEN_CASE_ABOUT = """
    SELECT c.id, CASE
        WHEN c.target_account_id = $1 THEN 'about the same account'
        WHEN c.target_domain = $2 THEN 'about the same server'
        ELSE 'about the same thread' END AS because
    FROM cases c
    WHERE c.closed_at IS NULL AND c.merged_into_case_id IS NULL AND c.suggested_case_id IS NULL
      AND c.kind <> 'practice'
      AND (
          c.target_account_id = $1
          OR ($1::bigint IS NULL AND c.target_domain = $2)
          OR c.id IN (
              SELECT r.case_id FROM reports r WHERE r.conversation_id = ANY($3::bigint[])
          )
      )
    ORDER BY c.target_account_id IS NOT DISTINCT FROM $1 DESC, c.id
    LIMIT 1
"""


async def find_open_case_about(
    tx: Reading,
    *,
    account_id: int | None,
    domain: str | None,
    conversation_ids: list[int],
) -> tuple[int, str] | None:
    """The oldest open case that this may belong to, and why; (id, words)."""
    row = await tx.fetch_one(FIND_OPEN_CASE_ABOUT, account_id, domain, conversation_ids)
    return row and (row["id"], row["because"])


# Two reports of the same moment about one account: the second waits and sees the first.
LOCK_SUBJECT = "SELECT pg_advisory_xact_lock(hashtextextended('case:' || $1, 0))"


async def lock_subject(tx: Transaction, *, subject: str) -> None:
    """One at a time opens a case about a subject."""
    await tx.fetch_value(LOCK_SUBJECT, subject)


RESOLVE_REPORTS = """
    UPDATE reports SET resolved_at = $2, resolved_by_account_id = $3, updated_at = $2
    WHERE case_id = $1 AND resolved_at IS NULL
"""


async def resolve_reports(tx: Transaction, *, case_id: int, by: int | None, at: datetime) -> int:
    """The reports of a case are closed with it."""
    return await tx.execute(RESOLVE_REPORTS, case_id, at, by)


REOPEN_REPORTS = """
    UPDATE reports SET resolved_at = NULL, resolved_by_account_id = NULL, updated_at = $2
    WHERE case_id = $1 AND resolved_at IS NOT NULL
"""


async def reopen_reports(tx: Transaction, *, case_id: int, at: datetime) -> int:
    """And open again with it."""
    return await tx.execute(REOPEN_REPORTS, case_id, at)


ASSIGN_REPORTS = "UPDATE reports SET assigned_account_id = $2, updated_at = $3 WHERE case_id = $1"


async def assign_reports(
    tx: Transaction, *, case_id: int, account_id: int | None, at: datetime
) -> int:
    """Apps see whose the reports are."""
    return await tx.execute(ASSIGN_REPORTS, case_id, account_id, at)


# What looked like the closed case looks like the oldest of its kind from now on.
FREE_SUGGESTED = """
    WITH eldest AS (SELECT min(id) AS id FROM cases WHERE suggested_case_id = $1)
    UPDATE cases c
    SET suggested_case_id = CASE WHEN c.id = eldest.id THEN NULL ELSE eldest.id END
    FROM eldest
    WHERE c.suggested_case_id = $1
"""


async def free_suggested(tx: Transaction, *, case_id: int) -> int:
    """Cases that were folded under this one stand in the queue by themselves again."""
    return await tx.execute(FREE_SUGGESTED, case_id)


HAS_CLOSED_CASE_BEFORE = """
    SELECT EXISTS (
        SELECT 1 FROM cases
        WHERE target_account_id = $1 AND id <> $2 AND decided_at IS NOT NULL
          AND outcome NOT IN ('none', 'empty', 'warning')
    )
"""


async def has_earlier_case(tx: Reading, *, account_id: int, case_id: int) -> bool:
    """Whether something was decided about the account before."""
    found: bool = await tx.fetch_value(HAS_CLOSED_CASE_BEFORE, account_id, case_id)
    return found
