"""What moderators decide about an account, and what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

# A limit that is not a cool-down is looked at again (W4); so is what one person did in a hurry.
REVIEW_OF_LIMIT = timedelta(days=30)
REVIEW_OF_EMERGENCY = timedelta(hours=24)
# A warning is not shown to moderators as history after this (W2).
WARNINGS_SHOWN = timedelta(days=90)
# How long a suspended member's data stay whole (W5), and removed posts restorable (W7).
KEPT_WHOLE = timedelta(days=30)
KEPT_POSTS = timedelta(days=90)

LONGEST_MESSAGE = 5000  # characters
MOST_STATUSES = 500  # of one decision


class Kind(StrEnum):
    """The actions, from the lightest."""

    NONE = "none"
    WARNING = "warning"
    MARK_STATUSES_SENSITIVE = "mark_statuses_sensitive"
    REMOVE_STATUSES = "remove_statuses"
    SENSITIZE = "sensitize"
    LIMIT = "limit"
    FREEZE = "freeze"
    SUSPEND = "suspend"


# What each is called, and who sees that it happened.
WORDS: Mapping[Kind, str] = {
    Kind.NONE: "No action",
    Kind.WARNING: "Warning",
    Kind.MARK_STATUSES_SENSITIVE: "Posts marked as sensitive",
    Kind.REMOVE_STATUSES: "Posts removed",
    Kind.SENSITIZE: "Media always covered",
    Kind.LIMIT: "Limit",
    Kind.FREEZE: "Freeze",
    Kind.SUSPEND: "Suspension",
}
SEEN_BY: Mapping[Kind, str] = {
    Kind.NONE: "Nobody sees it.",
    Kind.WARNING: "Only the person sees it. It is never counted.",
    Kind.MARK_STATUSES_SENSITIVE: "Everybody sees the media of these posts covered.",
    Kind.REMOVE_STATUSES: "The posts vanish for everybody; they can be restored for 90 days.",
    Kind.SENSITIZE: "Everybody sees all media of the account covered.",
    Kind.LIMIT: "Who follows notices nothing; to others the account is behind a notice.",
    Kind.FREEZE: "Only the person sees it; the profile stays as it is.",
    Kind.SUSPEND: "Everybody sees an empty profile. For 30 days all of it can be restored.",
}

# What changes how the account stands, and what is done to single posts.
OF_STANDING = frozenset({Kind.SENSITIZE, Kind.LIMIT, Kind.FREEZE, Kind.SUSPEND})
OF_STATUSES = frozenset({Kind.MARK_STATUSES_SENSITIVE, Kind.REMOVE_STATUSES})
# These are between us and members; people elsewhere would never learn of them.
OF_MEMBERS = frozenset({Kind.WARNING, Kind.FREEZE})


@dataclass(frozen=True)
class Decision:
    """What is to be done about an account."""

    kind: Kind
    target_account_id: int
    case_id: int | None = None
    reason: str = ""  # for the team
    message: str = ""  # for the person
    rule_ids: Sequence[int] = ()
    status_ids: Sequence[int] = ()
    ends_at: datetime | None = None  # undone by the clock
    review_at: datetime | None = None  # somebody looks again; default see REVIEW_OF_…
    is_emergency: bool = False  # by one person alone; a second one looks at it afterwards
    is_mailed: bool = True  # in the product the member is told in any case


@dataclass(frozen=True)
class Action:
    """What was done about an account. `undoing` is what restoring the state before needs."""

    id: int
    case_id: int | None
    kind: Kind
    target_account_id: int
    actor_account_id: int | None  # None: the server, by clock or rule
    reason: str
    message: str
    rule_ids: Sequence[int]
    status_ids: Sequence[int]
    ends_at: datetime | None
    review_at: datetime | None
    is_emergency: bool
    is_mailed: bool
    confirmed_at: datetime | None  # the second look at an emergency
    confirmed_by_account_id: int | None
    undoing: Mapping[str, Any]
    undone_at: datetime | None
    undone_by_account_id: int | None
    undone_reason: str
    created_at: datetime

    @property
    def is_in_force(self) -> bool:
        """Whether it holds still: it changes something, and nobody took it back."""
        return self.undone_at is None and self.kind in OF_STANDING | OF_STATUSES

    def is_history(self, now: datetime) -> bool:
        """Whether moderators are shown it: a warning is no strike, and is put away."""
        return self.kind is not Kind.WARNING or now < self.created_at + WARNINGS_SHOWN


@dataclass(frozen=True)
class CaseNote:
    """A case in a list of those about one account."""

    id: int
    title: str
    state: str
    outcome: str | None
    created_at: datetime
