"""Sign-ups: how an application goes, from the form to the answer. No I/O.

started → (address confirmed) → pending → questioned ↔ answered → approved | refused → pending
again by an appeal. A refusal is final after thirty days; until then the name is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ANSWER_WITHIN = timedelta(hours=72)  # what we tell applicants to expect
REFUSAL_STANDS = timedelta(days=30)
VOUCH_WITHIN = timedelta(days=7)
MOST_VOUCHES = 3  # for each applicant
MOST_OPEN_VOUCHES = 5  # that wait for the same member
MOST_PROOFS = 3
MOST_TRIES = 5  # of a code
LONGEST_TEXT = 4000  # characters of any message


class State(StrEnum):
    """Where an application stands."""

    STARTED = "started"  # the address is not confirmed yet
    PENDING = "pending"
    QUESTIONED = "questioned"
    ANSWERED = "answered"
    APPROVED = "approved"
    REFUSED = "refused"


OPEN = frozenset({State.STARTED, State.PENDING, State.QUESTIONED, State.ANSWERED})

# What can be done from where; everything else is refused.
MOVES: Mapping[str, frozenset[State]] = {
    "question": frozenset({State.PENDING, State.QUESTIONED, State.ANSWERED}),
    "answer": frozenset({State.QUESTIONED}),
    "approve": OPEN | {State.REFUSED},
    "refuse": OPEN,
    "appeal": frozenset({State.REFUSED}),
}


@dataclass(frozen=True)
class SignUp:
    """One application. `ip` and `email` are for staff only."""

    account_id: int
    login_id: int
    username: str
    email: str
    ip: str | None
    locale: str
    text: str  # why they want to join
    state: State
    reason: str  # of the decision
    created_at: datetime
    confirmed_at: datetime | None
    decided_at: datetime | None
    refused_by_account_id: int | None
    appealed_at: datetime | None
    forgotten_at: datetime | None
    invited_by_account_id: int | None
    network: str | None = None  # the neighbourhood the sign-up came from
    alike: int = 1  # applications that wait and came from there

    @property
    def due_at(self) -> datetime | None:
        """When the applicant expects an answer; None while it is not our turn."""
        since = self.appealed_at or self.confirmed_at
        if since is None or self.state not in {State.PENDING, State.ANSWERED, State.QUESTIONED}:
            return None
        return since + ANSWER_WITHIN

    def may(self, move: str) -> bool:
        """Whether this can be done now."""
        return self.state in MOVES[move]


@dataclass(frozen=True)
class Message:
    """Something said about an application; a `note` is for staff only."""

    id: int
    kind: str
    author_account_id: int | None
    author: str  # username of staff or applicant, "" if gone
    text: str
    created_at: datetime


@dataclass(frozen=True)
class Vouch:
    """A member who was, or was to be, asked about an applicant."""

    id: int
    account_id: int
    username: str  # of the applicant
    text: str  # why they want to join
    named: str
    member_account_id: int | None
    answer: str | None
    comment: str
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True)
class Proof:
    """An account elsewhere that an applicant calls their own."""

    id: int
    handle: str
    other_account_id: int | None
    problem: str
    tries: int
    sent_at: datetime | None
    proven_at: datetime | None
    proven_by: str | None


@dataclass(frozen=True)
class Alike:
    """Another sign-up that has something in common with this one."""

    account_id: int
    username: str
    state: State
    created_at: datetime
    likeness: float  # of the texts, 0 to 1


@dataclass(frozen=True)
class Signals:
    """What an application has in common with others. It decides nothing."""

    similar_texts: Sequence[Alike]
    same_network: Sequence[Alike]
    same_minutes: Sequence[Alike]
    same_email_domain: int
    links: Sequence[str]


@dataclass(frozen=True)
class NetworkGroup:
    """Applications that wait and came from one neighbourhood."""

    network: str
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class OwnApplication:
    """What an applicant sees of their application."""

    state: State
    reason: str
    due_at: datetime | None
    forgotten_at: datetime | None
    messages: Sequence[Message]
    vouches: Sequence[Vouch]
    proofs: Sequence[Proof]


def state_of(*, is_approved: bool, is_confirmed: bool, noted: str | None) -> State:
    """The state, from what the login says and what was noted on the way."""
    if is_approved:
        return State.APPROVED
    if noted == State.REFUSED:
        return State.REFUSED
    if not is_confirmed:
        return State.STARTED
    return State(noted) if noted is not None and noted != State.APPROVED else State.PENDING
