"""What a vote is, in which order it goes, and for how long. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from watertower.accounts.model import Permission

OPEN_FOR = timedelta(hours=72)
HERALD_BEFORE = timedelta(hours=24)  # between the post that it is coming and the opening
OPENS_WITHIN = timedelta(days=60)
DECIDE_WITHIN = timedelta(days=14)
LEAST_AGE = timedelta(days=30)  # of an account that may answer, when it opens
ACTIVE_WITHIN = timedelta(days=30)  # who was here counts as able to answer

NO_OPINION = "No opinion"
LEAST_OPTIONS, MOST_OPTIONS = 2, 20
LONGEST_LINE, LONGEST_TEXT = 200, 5000  # characters

KEEPS_VOTES = Permission.MANAGE_ANNOUNCEMENTS | Permission.LEAD_MODERATION
LEADS = Permission.LEAD_MODERATION


class VoteState(StrEnum):
    """How far it is. Between the end and the collecting it is still kept as open."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
    DRAFTED = "drafted"
    HERALDED = "heralded"
    OPEN = "open"
    COLLECTED = "collected"
    DECIDED = "decided"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


CLOSED = "closed"  # what an open vote is after its last instant, until it is collected
CANCELLABLE = (VoteState.NEEDED, VoteState.DRAFTED, VoteState.HERALDED, VoteState.OPEN)


@dataclass(frozen=True)
class VoteDraft:
    """What is to be asked. `options` are without "No opinion", which is always added."""

    question: str
    explanation: str
    options: Sequence[str]
    is_multiple: bool = False
    is_binding: bool = False
    quorum_percent: int = 0  # of those who could answer; for binding ones


@dataclass(frozen=True)
class Vote:
    """One vote, as kept. Results are None until it is collected."""

    id: int
    state: VoteState
    subject: str
    why: str
    about_domain: str | None
    raised_by_account_id: int | None
    raised_at: datetime
    question: str
    explanation: str
    options: Sequence[str]
    is_multiple: bool
    is_binding: bool
    quorum_percent: int
    drafted_by_account_id: int | None
    drafted_at: datetime | None
    read_by_account_id: int | None
    read_at: datetime | None
    opens_at: datetime | None
    heralded_at: datetime | None
    herald_status_id: int | None
    posted_at: datetime | None
    opened_at: datetime | None
    closes_at: datetime | None
    announcement_id: int | None
    collected_at: datetime | None
    eligible_count: int | None
    voters_count: int | None
    counts: Sequence[int] | None
    reminded: int
    decided_at: datetime | None
    decision: str
    reasons: str
    departs: bool
    published_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str

    @property
    def choices(self) -> tuple[str, ...]:
        """Everything that can be answered; the last is "No opinion"."""
        return (*self.options, NO_OPINION)

    @property
    def decide_by(self) -> datetime | None:
        """Until when members are promised a decision; None before it opened."""
        return self.closes_at + DECIDE_WITHIN if self.closes_at else None

    @property
    def may_open_at(self) -> datetime | None:
        """The first instant at which it may open; None while nobody told that it is coming."""
        if self.posted_at is None or self.opens_at is None:
            return None
        return max(self.opens_at, self.posted_at + HERALD_BEFORE)

    @property
    def turnout_percent(self) -> int | None:
        """How many of those who could answered, rounded down; None until it is collected."""
        if self.voters_count is None or self.eligible_count is None:
            return None
        return 100 * self.voters_count // self.eligible_count if self.eligible_count else 0

    @property
    def has_quorum(self) -> bool:
        """Whether enough answered. Exact: no rounding."""
        if self.voters_count is None or self.eligible_count is None:
            return False
        return 100 * self.voters_count >= self.quorum_percent * self.eligible_count

    @property
    def was_announced(self) -> bool:
        """Whether members know of it."""
        return self.heralded_at is not None

    def phase(self, now: datetime) -> str:
        """The state as it is at this instant: open ends with the clock and with nothing else."""
        if self.state is VoteState.OPEN and self.closes_at is not None and now >= self.closes_at:
            return CLOSED
        return str(self.state)

    def is_open(self, now: datetime) -> bool:
        """Whether an answer counts at this instant."""
        return self.phase(now) == VoteState.OPEN


@dataclass(frozen=True)
class Voter:
    """What decides whether a member may answer."""

    account_id: int
    is_member: bool  # lives here, with a login that is confirmed and approved
    is_suspended: bool
    has_moved: bool
    is_bot: bool
    created_at: datetime
