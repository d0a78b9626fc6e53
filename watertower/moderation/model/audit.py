"""A line of the audit log, and what is looked for in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class AuditLine:
    """Who did what to which subject, when, in which capacity and why."""

    id: int
    at: datetime
    actor_account_id: int | None  # None: the server itself, by clock or rule
    actor: str  # the handle; "" for the server and for accounts that are gone
    capacity: str
    verb: str
    subject_kind: str
    subject_id: str
    subject: str  # of an account, the handle
    case_id: int | None
    reason: str
    details: Mapping[str, Any]


@dataclass(frozen=True)
class AuditSearch:
    """Which lines are wanted; None: any."""

    actor_account_id: int | None = None
    is_by_server: bool = False
    verb: str | None = None
    subject_kind: str | None = None
    subject_id: str | None = None
    case_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
