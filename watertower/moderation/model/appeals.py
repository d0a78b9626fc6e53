"""What an appeal is: a conversation about one decision, and how it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from watertower.moderation.model.freeze import NewTask
from watertower.moderation.model.standing import WORDS, Kind

# Policy. The window is generous on purpose: people come back weeks later.
WINDOW = timedelta(days=90)  # from the decision; from the rejection, for the second time
FIRST_ANSWER = timedelta(hours=72)
DECISION = timedelta(days=14)
CONTACT = timedelta(days=14)  # in which the address has to be verified, or the appeal lapses
CODE_GOOD = timedelta(hours=1)
CODE_TRIES = 5
CONTACT_KEPT = timedelta(days=100)  # after the end, so that a second appeal is possible
LONGEST_TEXT = 5000  # characters
MOST_FILES = 4
MOST_FILE_BYTES = 8 * 1024 * 1024
MOST_MESSAGES = 200  # of one appeal


class State(StrEnum):
    """Where an appeal stands."""

    FILED = "filed"  # the address is not verified yet
    CONTACT_VERIFIED = "contact_verified"
    IDENTITY_PROVED = "identity_proved"  # somebody elsewhere; waits to be assigned
    ASSIGNED = "assigned"
    CONVERSATION = "conversation"
    DECIDED = "decided"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How an appeal ended."""

    ACCEPTED = "accepted"  # everything is as it was before
    CHANGED = "changed"  # another, lighter action instead
    REJECTED = "rejected"
    RETURNED = "returned"  # tasks instead: a freeze
    WITHDRAWN = "withdrawn"  # by the person
    LAPSED = "lapsed"  # the address was never verified


TEAMS = (Outcome.ACCEPTED, Outcome.CHANGED, Outcome.REJECTED, Outcome.RETURNED)
OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.ACCEPTED: "Accepted",
    Outcome.CHANGED: "Accepted in part",
    Outcome.REJECTED: "Rejected",
    Outcome.RETURNED: "Returned with a request",
    Outcome.WITHDRAWN: "Withdrawn",
    Outcome.LAPSED: "Lapsed: the address was never verified",
}
STATE_WORDS: Mapping[State, str] = {
    State.FILED: "Address not verified yet",
    State.CONTACT_VERIFIED: "Waits for a moderator",
    State.IDENTITY_PROVED: "Waits for a moderator",
    State.ASSIGNED: "With a moderator",
    State.CONVERSATION: "In conversation",
    State.DECIDED: "Decided",
    State.CLOSED: "Closed",
}
CLAIM_WORDS: Mapping[str, str] = {
    "error": "This was an error.",
    "agree": "I agree to what was asked of me.",
}

# What can be appealed. A warning is a message and restricts nothing: one asks the team about it.
APPEALABLE = frozenset(
    {
        Kind.FREEZE,
        Kind.LIMIT,
        Kind.SUSPEND,
        Kind.SENSITIZE,
        Kind.REMOVE_STATUSES,
        Kind.MARK_STATUSES_SENSITIVE,
    }
)


def is_lighter(kind: Kind, than: Kind) -> bool:
    """An appeal ends in nothing heavier than what was decided; Kind lists the lightest first."""
    order = list(Kind)
    return order.index(kind) < order.index(than)


@dataclass(frozen=True)
class StoredFile:
    """A file that came with a message."""

    name: str
    key: str
    content_type: str
    bytes: int


@dataclass(frozen=True)
class Filing:
    """What somebody says when they appeal."""

    action_id: int
    claim: str  # error or agree
    text: str
    contact_email: str = ""
    filed_by: str = "member"  # remote, remote_staff
    came_by: str = "page"
    identity_proof: str = ""
    files: Sequence[StoredFile] = ()
    mail_id: str | None = None
    once_key: str | None = None  # of the form: sent twice, filed once
    is_address_proved: bool = False  # it has just answered, or is the confirmed one of the login


@dataclass(frozen=True)
class Appeal:
    """One appeal."""

    id: int
    action_id: int
    kind: Kind
    case_id: int | None
    account_id: int | None
    decider_account_id: int | None
    round: int
    claim: str
    filed_by: str
    state: State
    outcome: Outcome | None
    outcome_message: str
    contact_email: str
    contact_verified_at: datetime | None
    code_until: datetime | None
    identity_proof: str
    assigned_account_id: int | None
    is_same_moderator: bool
    waits_for: str
    verified_at: datetime | None
    answer_due_at: datetime | None
    answered_at: datetime | None
    decision_due_at: datetime | None
    reminded: Sequence[str]
    escalated_at: datetime | None
    proposal: Mapping[str, Any] | None
    proposed_by_account_id: int | None
    proposed_at: datetime | None
    decided_by_account_id: int | None
    seconded_by_account_id: int | None
    decided_at: datetime | None
    new_action_id: int | None
    closed_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @property
    def words(self) -> str:
        """What was decided, for people."""
        return WORDS[self.kind]

    @property
    def is_open(self) -> bool:
        """Whether it can still be spoken and decided about."""
        return self.state not in {State.DECIDED, State.CLOSED}

    @property
    def is_with_team(self) -> bool:
        """Whether the team may decide it."""
        return self.state in {State.ASSIGNED, State.CONVERSATION}

    @property
    def needs_second(self) -> bool:
        """Whether changing what was decided takes two: a suspension does."""
        return self.kind is Kind.SUSPEND


@dataclass(frozen=True)
class Verdict:
    """What a moderator decides about an appeal. Every outcome comes with a message."""

    outcome: Outcome
    message: str
    kind: Kind | None = None  # of CHANGED: what is done instead
    ends_at: datetime | None = None
    tasks: Sequence[NewTask] = ()  # of RETURNED: what is asked for


@dataclass(frozen=True)
class AppealMessage:
    """What one side said."""

    id: int
    appeal_id: int
    from_team: bool
    author_account_id: int | None
    text: str
    files: Sequence[StoredFile]
    came_by: str
    created_at: datetime


@dataclass(frozen=True)
class AppealNote:
    """What the team says among itself."""

    id: int
    author_account_id: int
    text: str
    created_at: datetime


@dataclass(frozen=True)
class HeldEvidence:
    """What is kept about a decision: how many copies of what, and until when at least."""

    counts: Mapping[str, int]  # by kind
    deleted_after: datetime | None  # None: as long as the case is open


@dataclass(frozen=True)
class AppealSearch:
    """Which appeals somebody of the team looks for; None: all."""

    is_open: bool | None = True
    assigned_account_id: int | None = None
    waits_for: str | None = None
    kind: str | None = None
    outcome: str | None = None
    account_id: int | None = None
