"""The audit log: lines are added and read, never changed (a trigger holds that)."""

from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Transaction
from watertower.base.json import to_json

INSERT_LINE = """
    INSERT INTO audit_log (
        at, actor_account_id, capacity, verb, subject_kind, subject_id, case_id, reason, details)
    SELECT $1, $2,
           coalesce((SELECT r.name || CASE WHEN l.lent_until > $1 THEN ' (emergency)' ELSE '' END FROM logins l JOIN roles r ON r.id = l.role_id
                     WHERE l.account_id = $2), ''),
           $3, $4, $5, $6, $7, $8::jsonb
"""


async def insert_line(
    tx: Transaction,
    *,
    at: datetime,
    actor_id: int | None,
    verb: str,
    subject_kind: str,
    subject_id: str,
    case_id: int | None,
    reason: str,
    details: dict[str, Any],
) -> None:
    """One line; the capacity is the role that the actor has at this moment."""
    await tx.execute(
        INSERT_LINE, at, actor_id, verb, subject_kind, subject_id, case_id, reason, to_json(details)
    )
