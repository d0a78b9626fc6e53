"""Writes the audit log, in the transaction of what it speaks of."""

from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Transaction
from watertower.moderation.queries.audit_log import insert_line


async def log(
    tx: Transaction,
    *,
    at: datetime,
    actor_id: int | None,
    verb: str,
    subject: tuple[str, int | str],
    case_id: int | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """One line: who did what to which subject, as ("account", id) or ("server", domain).

    `actor_id` None is the server itself, by clock or rule. Every act of staff writes one, and
    every look at evidence, a private post, an address or an IP. Never put the text of a private
    post or an address into `details`.
    """
    kind, subject_id = subject
    await insert_line(
        tx,
        at=at,
        actor_id=actor_id,
        verb=verb,
        subject_kind=kind,
        subject_id=str(subject_id),
        case_id=case_id,
        reason=reason,
        details=details or {},
    )
