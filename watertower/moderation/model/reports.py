"""What a report is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

CATEGORIES = ("other", "spam", "legal", "violation")
LONGEST_COMMENT = 1000  # characters, of members here
MOST_STATUSES = 100


@dataclass(frozen=True)
class Complaint:
    """What somebody says about an account, before it is a report."""

    target_account_id: int
    comment: str = ""
    category: str = "other"
    status_ids: Sequence[int] = ()
    rule_ids: Sequence[int] = ()
    is_forwarded: bool = False  # tell the servers concerned, without the reporter's name


@dataclass(frozen=True)
class Report:
    """A complaint that waits for moderators, or was answered by them."""

    id: int
    account_id: int
    target_account_id: int
    category: str
    comment: str
    status_ids: Sequence[int]
    rule_ids: Sequence[int]
    is_forwarded: bool
    uri: str | None  # of the Flag, for reports from elsewhere
    assigned_account_id: int | None
    resolved_at: datetime | None
    resolved_by_account_id: int | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class ReportSearch:
    """Which reports a moderator looks for; None: all."""

    is_resolved: bool | None = None
    account_id: int | None = None
    target_account_id: int | None = None
    target_domain: str | None = None
