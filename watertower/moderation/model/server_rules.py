"""Rules about software, clean-ups, and who deals with harmful servers. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

UNREACHABLE_FOR = timedelta(days=30)
RESTORABLE_FOR = timedelta(days=365)
FRIENDS_WITHIN = timedelta(days=90)
FRIENDLY = 3  # interactions, and by two accounts at least: one person is no server


@dataclass(frozen=True)
class SoftwareRule:
    """Servers of a software below a version are cut off or limited until they repair it."""

    id: int
    software: str
    below_version: str
    severity: str
    reason: str
    notifies: bool
    created_at: datetime
    ended_at: datetime | None
    held: int = 0  # servers that it holds now


@dataclass(frozen=True)
class CleanUp:
    """Servers that do not answer any more, cleaned up together: convenience, not protection."""

    id: int
    domains: Sequence[str]
    text: str
    state: str
    created_at: datetime
    cleaned_at: datetime | None
    restorable_until: datetime | None


@dataclass(frozen=True)
class Friend:
    """A server whose people deal with harmful servers, and how."""

    domain: str
    boosts: int
    replies: int
    accounts: int
    with_domains: Sequence[str]
    examples: Sequence[str]  # addresses of public posts
    known_accounts: int

    @property
    def interactions(self) -> int:
        """Active ones: passive co-existence does not count."""
        return self.boosts + self.replies

    @property
    def is_active(self) -> bool:
        """Whether it is more than one person now and then."""
        return self.interactions >= FRIENDLY and self.accounts >= 2
