"""What a freeze is: tasks, two clocks, and the steps that lead out of it. No I/O.

awaiting_response → in_progress → submitted → restored. A freeze also ends by being withdrawn, by
a suspension or a limit in its place, or because the person left. A missed deadline changes
nothing for the person: it is put before a lead (`is_escalated`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

RESPOND_WITHIN = timedelta(days=7)
COMPLETE_WITHIN = timedelta(days=7)  # more
REVIEW_WITHIN = timedelta(hours=72)  # of what was handed in
SHORTEST = timedelta(days=1)  # of either clock
LONGEST = timedelta(days=60)  # until everything is to be done
MOST_EXTENSIONS = 2
EXTENSION_DAYS = 7  # unless said otherwise
LONGEST_EXTENSION_DAYS = 30

EGREGIOUS = 3  # of cases.severity: somebody is suspended for that, not frozen

MOST_TASKS = 50
LONGEST_TASK = 2000  # characters
LONGEST_URL = 2000
MINUTES = range(1, 16)  # of reading: 5 to 15, or less


class State(StrEnum):
    """Where a freeze is; the first four are open."""

    AWAITING_RESPONSE = "awaiting_response"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    APPEALED = "appealed"
    RESTORED = "restored"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    LIMITED = "limited"
    LEFT = "left"


OPEN = frozenset({State.AWAITING_RESPONSE, State.IN_PROGRESS, State.SUBMITTED, State.APPEALED})
# The person is expected to act.
THEIRS = frozenset({State.AWAITING_RESPONSE, State.IN_PROGRESS})

WORDS: Mapping[State, str] = {
    State.AWAITING_RESPONSE: "waits for an answer",
    State.IN_PROGRESS: "being worked on",
    State.SUBMITTED: "handed in",
    State.APPEALED: "appealed",
    State.RESTORED: "restored",
    State.WITHDRAWN: "withdrawn",
    State.SUSPENDED: "suspended instead",
    State.LIMITED: "limited instead",
    State.LEFT: "left",
}


class Step(StrEnum):
    """What can be done about an open freeze."""

    ANSWER = "answer"
    WORK = "work on a task"
    SUBMIT = "hand in"
    ACCEPT = "accept"
    ASK_MORE = "ask for more"
    EXTEND = "give more time"
    WITHDRAW = "withdraw"
    DECIDE = "decide what was missed"


STEPS: Mapping[Step, frozenset[State]] = {
    Step.ANSWER: OPEN,
    Step.WORK: THEIRS,
    Step.SUBMIT: THEIRS,
    Step.ACCEPT: frozenset({State.SUBMITTED}),
    Step.ASK_MORE: frozenset({State.SUBMITTED}),
    Step.EXTEND: THEIRS,
    Step.WITHDRAW: OPEN,
    Step.DECIDE: THEIRS,
}


class TaskKind(StrEnum):
    """What can be asked of somebody."""

    DELETE_STATUS = "delete_status"  # the system sees it, whichever app is used
    CHANGE_PROFILE = "change_profile"  # the person says so, the system sees that there is a change
    READ = "read"  # the person says so; never an examination
    LEAVE_CONVERSATION = "leave_conversation"
    AGREE = "agree"  # to a statement


TASK_WORDS: Mapping[TaskKind, str] = {
    TaskKind.DELETE_STATUS: "Delete this post",
    TaskKind.CHANGE_PROFILE: "Change your profile",
    TaskKind.READ: "Read this",
    TaskKind.LEAVE_CONVERSATION: "Leave this conversation",
    TaskKind.AGREE: "Agree to this",
}


class Submission(StrEnum):
    """What the person says when handing in."""

    DONE = "done"
    ERROR = "error"  # "this is a mistake"


class Outcome(StrEnum):
    """What a lead decides when a deadline was missed."""

    REMAIN = "remain"  # frozen, without a clock
    LIMIT = "limit"
    SUSPEND = "suspend"


@dataclass(frozen=True)
class NewTask:
    """A task that is to be set."""

    kind: TaskKind
    text: str = ""
    status_id: int | None = None
    url: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class NewFreeze:
    """A freeze that is to be. None in a clock: the usual time."""

    account_id: int
    message: str
    case_id: int | None = None
    reason: str = ""
    rule_ids: Sequence[int] = ()
    status_ids: Sequence[int] = ()  # what it is about; those to be deleted are tasks as well
    tasks: Sequence[NewTask] = ()
    respond_by: datetime | None = None
    complete_by: datetime | None = None
    is_egregious: bool = False


@dataclass(frozen=True)
class Task:
    """A task that was set. `is_done` of a post to be deleted is what the system sees now."""

    id: int
    freeze_id: int
    kind: TaskKind
    text: str
    status_id: int | None
    url: str
    minutes: int | None
    is_done: bool
    done_at: datetime | None
    done_by: str | None
    statement: str


@dataclass(frozen=True)
class Freeze:
    """A freeze and how far it is."""

    id: int
    action_id: int
    account_id: int
    case_id: int | None
    state: State
    begun_at: datetime
    respond_by: datetime
    complete_by: datetime
    extensions: int
    clock_begun_at: datetime
    clock_due_at: datetime | None
    look_at: datetime | None
    answered_at: datetime | None
    submitted_at: datetime | None
    submitted_as: str | None
    statement: str
    escalated_at: datetime | None
    kept_at: datetime | None
    ended_at: datetime | None
    agreed: str

    @property
    def is_open(self) -> bool:
        """Whether it holds still."""
        return self.ended_at is None

    @property
    def is_escalated(self) -> bool:
        """Whether a deadline was missed and no lead has decided yet."""
        return self.escalated_at is not None and self.kept_at is None and self.is_open

    def allows(self, step: Step) -> bool:
        """Whether this step leads anywhere from here."""
        return self.is_open and self.state in STEPS[step]
