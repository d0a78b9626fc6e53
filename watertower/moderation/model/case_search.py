"""How moderators look for cases, and the line of a case in a list. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.moderation.model.cases import CaseState


@dataclass(frozen=True)
class CaseSearch:
    """Which cases; None: all. With nothing but defaults it is the queue: open, most urgent first."""

    state: str | None = None  # a CaseState, or open, closed, any
    assigned_to: int | None = None
    is_unassigned: bool = False
    is_overdue: bool = False
    rule_id: int | None = None
    tag: str | None = None
    outcome: str | None = None
    server: str | None = None  # of the account, or the server it is about
    reporter_server: str | None = None
    language: str | None = None
    moderator_id: int | None = None  # who acted on it in any way
    target_account_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_queue(self) -> bool:
        """Whether this is about what is to be done, ordered by urgency, and not about the past."""
        return self.state in {None, "open"}


@dataclass(frozen=True)
class CaseLine:
    """A case in a list."""

    id: int
    kind: str
    state: CaseState
    title: str
    username: str | None
    domain: str | None  # of the account
    target_domain: str | None
    language: str | None
    tags: Sequence[str]
    scope: int | None
    severity: int | None
    is_escalating: bool
    is_time_critical: bool
    is_graphic: bool
    asks_for_money: bool
    assigned_to: str | None
    due_at: datetime | None
    outcome: str | None
    created_at: datetime
    closed_at: datetime | None
    reports: int
    similar: int  # cases that look like it and are shown under this line
    unanswered: bool  # somebody wrote to the team, who did not answer yet
    categories: Sequence[str]
    said: str  # the beginning of the first report; empty for graphic cases
