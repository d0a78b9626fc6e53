"""Waves: many accounts say nearly the same within a day, or many people report the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

# What is looked at together, and how much makes a wave.
WINDOW = timedelta(hours=24)
FEWEST_POSTS = 6
FEWEST_ACCOUNTS = 3
# What comes after a decision belongs to the same wave for so long.
JOINED_WITHIN = timedelta(days=7)
SHAPES_KEPT = timedelta(days=7)
WAVES_KEPT = timedelta(days=90)
# A temporary limit of a server is suggested from so many accounts that take part.
SUGGESTED_FROM = 3
SERVER_HOURS = (6, 24, 72, 168)
MOST_SERVERS = 100


class WaveDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One decision for all of a wave."""

    posts: str = "none"  # cover, remove
    accounts: str = "none"  # limit, suspend
    closes_reports: bool = True
    includes_members: bool = False  # or only people elsewhere
    servers: tuple[str, ...] = ()  # limited for `server_hours`
    server_hours: int = 24
    reason: str = ""


@dataclass(frozen=True)
class Wave:
    """What is known of a wave."""

    id: int
    kind: str  # posts, reports
    state: str  # open, deciding, decided, harmless
    sample: str
    hosts: Sequence[str]
    posts_count: int
    accounts_count: int
    servers_count: int
    first_at: datetime
    last_at: datetime
    reports_count: int  # that are open


@dataclass(frozen=True)
class WaveServer:
    """A server in a wave."""

    domain: str
    posts: int
    accounts: int
    known_accounts: int
    follows_here: int  # of members, to accounts there
    severity: str | None  # what holds for it already

    @property
    def is_suggested(self) -> bool:
        """Whether limiting it for a while would help: most of what we know of it takes part."""
        return (
            self.accounts >= SUGGESTED_FROM
            and self.accounts * 2 >= self.known_accounts
            and self.severity in {None, "noop"}
        )


@dataclass(frozen=True)
class WaveAccount:
    """An account in a wave."""

    account_id: int
    acct: str
    is_local: bool
    posts: int
    followers_here: int
    is_limited: bool
    is_suspended: bool
    created_at: datetime


@dataclass(frozen=True)
class Decided:
    """A decision about a wave, and how far it is carried out."""

    id: int
    wave_id: int
    actor_account_id: int
    decision: WaveDecision
    total_accounts: int
    done_accounts: int
    closed_reports: int
    refused: Sequence[dict[str, Any]]
    after_account_id: int
    state: str  # working, done, undoing, undone
    created_at: datetime
    finished_at: datetime | None
