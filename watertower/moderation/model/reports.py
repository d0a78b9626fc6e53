"""What a report is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

CATEGORIES = ("other", "spam", "legal", "violation")
LONGEST_COMMENT = 1000  # characters, in apps that know no more
LONGEST_EXPLANATION = 10_000  # characters, on our page and in our extension of the API
MOST_ATTACHMENTS = 4
MOST_STATUSES = 100


@dataclass(frozen=True)
class Complaint:
    """What somebody says about an account, before it is a report."""

    target_account_id: int | None  # None: about a whole server
    comment: str = ""
    category: str = "other"
    status_ids: Sequence[int] = ()
    rule_ids: Sequence[int] = ()
    is_forwarded: bool = False  # tell the account's server, without the reporter's name
    target_domain: str | None = None  # of a report about a whole server
    is_about_thread: bool = False  # the conversation of the posts, and not they alone
    language: str | None = None  # of what is reported
    translation: str = ""
    context: str = ""  # what a translator would miss
    is_graphic: bool = False  # posts left out on purpose; the comment describes them
    is_time_critical: bool = False  # only trusted reporters' word makes it so
    forward_domains: Sequence[str] = ()  # other servers involved that may be told too
    forward_reason: str = ""  # why, or why not; for our moderators


@dataclass(frozen=True)
class Report:
    """A complaint that waits for moderators, or was answered by them."""

    id: int
    account_id: int
    target_account_id: int | None  # None: about a whole server
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
    case_id: int | None = None
    target_domain: str | None = None
    conversation_id: int | None = None
    language: str | None = None
    translation: str = ""
    context: str = ""
    is_graphic: bool = False
    is_time_critical: bool = False
    forward_domains: Sequence[str] = ()
    forward_reason: str = ""
    advice: str = ""


@dataclass(frozen=True)
class ReportSearch:
    """Which reports a moderator looks for; None: all."""

    is_resolved: bool | None = None
    account_id: int | None = None
    target_account_id: int | None = None
    target_domain: str | None = None
