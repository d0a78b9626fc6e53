"""Several lines of the audit log in one statement."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Transaction

INSERT_LINES = """
    INSERT INTO audit_log (at, actor_account_id, capacity, verb, subject_kind, subject_id, case_id)
    SELECT $1, $2,
           coalesce((SELECT r.name FROM logins l JOIN roles r ON r.id = l.role_id
                     WHERE l.account_id = $2), ''),
           $3, $4, subject::text, $6
    FROM unnest($5::bigint[]) AS subject
"""


async def log_each(
    tx: Transaction,
    *,
    at: datetime,
    actor_id: int,
    verb: str,
    kind: str,
    ids: Sequence[int],
    case_id: int,
) -> None:
    """One line for each subject; one statement for any number, also for none."""
    await tx.execute(INSERT_LINES, at, actor_id, verb, kind, list(ids), case_id)
