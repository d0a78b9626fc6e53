"""What a report is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.accounts.model import Role
from watertower.feeds.model import TagLine

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


@dataclass(frozen=True)
class Search:
    """Which accounts a moderator looks for; None: all. Names and addresses by how they begin."""

    is_local: bool | None = None
    standing: str | None = None  # active, pending, disabled, silenced, sensitized, suspended
    username: str | None = None
    display_name: str | None = None  # any part of it
    domain: str | None = None
    email: str | None = None
    network: str | None = None  # an address or a range of them
    is_staff: bool = False
    role_ids: Sequence[int] = ()
    invited_by: int | None = None


@dataclass(frozen=True)
class Dossier:
    """What moderators know of an account. Accounts elsewhere have no login and so no address."""

    account_id: int
    username: str
    domain: str | None
    created_at: datetime
    email: str | None
    ip: str | None
    is_confirmed: bool
    is_approved: bool
    is_frozen: bool
    is_suspended: bool
    is_limited: bool
    is_sensitized: bool
    locale: str | None
    sign_up_reason: str
    application_id: int | None
    invited_by_account_id: int | None
    role: Role | None
    ips: Sequence[tuple[str, str]]  # address and when it was last used, newest first


@dataclass(frozen=True)
class TagRules:
    """What moderators decided about a hashtag. In a change, None leaves a thing as it is."""

    shown_name: str | None = None
    is_usable: bool | None = None
    is_listable: bool | None = None
    is_trendable: bool | None = None  # None of a tag: nobody reviewed it yet


@dataclass(frozen=True)
class ReviewedTag:
    """A hashtag with what was decided about it."""

    line: TagLine
    rules: TagRules
