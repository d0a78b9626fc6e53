"""Cases whose time is running out."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction

# 1 at half of the time, 2 at nine tenths, 3 when it is over (steps/reminders.py).
_STAGE = """
    CASE WHEN c.due_at <= $1 THEN 3
         WHEN c.due_since + (c.due_at - c.due_since) * 0.9 <= $1 THEN 2
         WHEN c.due_since + (c.due_at - c.due_since) * 0.5 <= $1 THEN 1
         ELSE 0 END
"""
ADVANCE_REMINDERS = f"""
    WITH running AS (
        SELECT c.id, {_STAGE} AS stage
        FROM cases c
        WHERE c.closed_at IS NULL AND c.reminders < 3 AND c.merged_into_case_id IS NULL
          AND c.suggested_case_id IS NULL AND c.kind <> 'practice'
          AND c.due_at < $1 + interval '10 days'
        ORDER BY c.due_at
        LIMIT 5000
        FOR UPDATE OF c SKIP LOCKED
    )
    UPDATE cases c SET reminders = running.stage
    FROM running
    WHERE c.id = running.id AND running.stage > c.reminders
    RETURNING c.id, c.state, c.due_at, c.assigned_account_id, running.stage, c.state_before_pause
"""


async def advance_reminders(tx: Transaction, *, at: datetime) -> list[Row]:
    """Cases that reached the next of their reminders: id, state, due_at, assignee, stage."""
    return await tx.fetch_all(ADVANCE_REMINDERS, at)


LIST_ADDRESSES = """
    SELECT l.account_id, l.email, a.username
    FROM logins l JOIN accounts a ON a.id = l.account_id
    WHERE l.account_id = ANY($1::bigint[])
    ORDER BY l.account_id
"""


async def list_addresses(tx: Reading, *, account_ids: list[int]) -> list[Row]:
    """Where these members read mail: account_id, email, username."""
    return await tx.fetch_all(LIST_ADDRESSES, account_ids)


# Who may be reminded of which case: nobody of a case that is hidden from them.
LIST_WHO_SEES = """
    SELECT c.id AS case_id, w.id AS account_id
    FROM unnest($1::bigint[]) AS c(id)
    JOIN cases x ON x.id = c.id
    CROSS JOIN unnest($2::bigint[]) AS w(id)
    WHERE x.target_account_id IS DISTINCT FROM w.id
      AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.case_id = c.id
                      AND (r.account_id = w.id OR r.target_account_id = w.id))
      AND NOT EXISTS (SELECT 1 FROM case_conflicts f
                      WHERE f.case_id = c.id AND f.account_id = w.id)
"""


async def list_who_sees(
    tx: Reading, *, case_ids: list[int], account_ids: list[int]
) -> set[tuple[int, int]]:
    """Pairs of case and account where the account may see the case."""
    rows = await tx.fetch_all(LIST_WHO_SEES, case_ids, account_ids)
    return {(row["case_id"], row["account_id"]) for row in rows}
