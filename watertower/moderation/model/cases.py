"""What a case is: what moderators make of reports, or of their own research. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CaseState(StrEnum):
    """How far a case is. Closed and merged are the ends; both can be taken back."""

    FILED = "filed"
    TRIAGED = "triaged"
    ASSIGNED = "assigned"
    NEEDS_INFO = "needs_info"
    ANALYSIS = "analysis"
    DISCUSSION = "discussion"
    DECIDED = "decided"
    CLOSED = "closed"
    MERGED = "merged"


# Mildest first: the outcome of a case is the strongest of what was decided in it.
OUTCOMES = (
    "empty",
    "none",
    "forward",
    "warning",
    "mark_statuses_sensitive",
    "sensitize",
    "remove_statuses",
    "limit",
    "freeze",
    "server_review",
    "suspend",
)
# For somebody elsewhere who broke nothing but rules that bind our members.
OUTCOMES_OF_LOCAL_RULES = (
    "none",
    "forward",
    "sensitize",
    "limit",
    "suspend",
    "server_review",
)
TAGS_AT_MOST = 20
SCOPES = ("One person", "A few people", "A group or a whole thread", "The whole community")
SEVERITIES = ("Nuisance", "Harmful", "Serious", "Egregious")


@dataclass(frozen=True)
class Case:
    """One case."""

    id: int
    kind: str
    state: CaseState
    title: str
    target_account_id: int | None
    target_domain: str | None
    language: str | None
    tags: Sequence[str]
    scope: int | None
    severity: int | None
    is_escalating: bool
    harm_done: str
    is_time_critical: bool
    is_graphic: bool
    assigned_account_id: int | None
    due_at: datetime | None
    outcome: str | None
    outcome_reason: str
    opened_by_account_id: int | None
    merged_into_case_id: int | None
    suggested_case_id: int | None
    suggested_because: str
    state_before_pause: str | None
    first_looked_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None
    reopened_at: datetime | None
    reopened_because: str
    asks_for_money: bool
    mutual_aid_checked_by: int | None
    mutual_aid_words: str
    retained_until: datetime | None
    held_until: datetime | None
    held_reason: str
    created_at: datetime
    updated_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether anybody still has to do anything."""
        return self.closed_at is None and self.merged_into_case_id is None

    @property
    def is_rated(self) -> bool:
        """Whether somebody weighed it."""
        return self.severity is not None and self.scope is not None


@dataclass(frozen=True)
class Rating:
    """How a case weighs; it orders the queue and may be changed."""

    scope: int
    severity: int
    is_escalating: bool = False
    is_time_critical: bool = False
    harm_done: str = ""


def urgency_of(rating: Rating | None, *, is_time_critical: bool = False) -> int:
    """Higher is looked at earlier. Unrated stands in the middle: nobody knows what it is yet."""
    if rating is None:
        return 100 if is_time_critical else 6
    weight = rating.severity * 3 + rating.scope * 2
    weight += 3 if rating.is_escalating else 0
    weight += 1 if rating.harm_done.strip() else 0
    return weight + (100 if rating.is_time_critical else 0)


def stronger(one: str | None, other: str) -> str:
    """The stronger of two outcomes; an unknown word counts as the strongest."""
    if one is None:
        return other
    order: Mapping[str, int] = {word: place for place, word in enumerate(OUTCOMES)}
    return max(one, other, key=lambda word: order.get(word, len(OUTCOMES)))
