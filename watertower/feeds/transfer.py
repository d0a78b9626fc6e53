"""What members take along and bring: the kinds, and a row of each. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

MOST_ROWS = 20_000  # of a file, as Mastodon has it
MOST_BYTES = 20 * 1024 * 1024


class Kind(StrEnum):
    """What a file holds."""

    FOLLOWS = "follows"
    BLOCKS = "blocks"
    MUTES = "mutes"
    DOMAIN_BLOCKS = "domain_blocks"
    LISTS = "lists"
    BOOKMARKS = "bookmarks"
    FILTERS = "filters"


# One row: `handle` (name@domain) and for follows `shows_reblogs`, `notifies`, `languages`; for
# mutes `hides_notifications`; for lists `title`. Domain blocks have `domain`, bookmarks `uri`,
# filters `title`, `contexts`, `action`, `expires_at` and `keywords` ([word, whole word?]).
TransferRow = Mapping[str, Any]


@dataclass(frozen=True)
class Import:
    """A file that a member brought, and how far it is."""

    id: int
    account_id: int
    kind: Kind
    overwrites: bool
    file_name: str
    total_count: int
    done_count: int
    failed_count: int
    created_at: datetime
    is_cleared: bool
    finished_at: datetime | None


@dataclass(frozen=True)
class WaitingRow:
    """A row that is still to be done."""

    id: int
    data: TransferRow


@dataclass(frozen=True)
class FailedRow:
    """A row that could not be brought, and why."""

    data: TransferRow
    problem: str
