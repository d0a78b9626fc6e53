"""What can be refused about freezes."""

from watertower.base.errors import Conflict, Forbidden, Invalid, NotFound
from watertower.moderation.model.freeze import WORDS, State, Step


class FreezeNotFound(NotFound):
    """There is no such freeze, nobody froze this member, or it is not for this pair of eyes."""


class TaskNotFound(NotFound):
    """The freeze has no such task."""


class NotNow(Conflict):
    """From where the freeze is, this step leads nowhere."""

    def __init__(self, step: Step, state: State) -> None:
        super().__init__(f"It is not possible to {step} now: this freeze is {WORDS[state]}")


class EgregiousHarm(Forbidden):
    """Somebody who did egregious harm is not asked to do tasks."""

    says = "A freeze is not for egregious harm. Suspend the account; that is reviewed afterwards."


class AlreadyFrozen(Conflict):
    """One freeze at a time."""

    says = "This account is frozen already. Ask for more, or give more time, there."


class WrongClock(Invalid):
    """A deadline lies in the past, is too near, too far, or before the other one."""


class WrongTask(Invalid):
    """A task lacks what it needs, or asks for something that is not the person's."""


class TaskOpen(Conflict):
    """What was declared done is not."""


class TasksOpen(Conflict):
    """Not all tasks are done."""

    says = "Not all tasks are done yet. Do them, or say that this is a mistake."


class NoMoreTime(Conflict):
    """A freeze is extended twice at most."""

    says = "This freeze was extended twice already"


class NotEscalated(Conflict):
    """No deadline was missed, so there is nothing to decide."""

    says = "No deadline was missed"


class OnlyLeads(Forbidden):
    """What is done after a missed deadline is decided by a lead."""

    says = "A head moderator decides this"


class WordsMissing(Invalid):
    """Something has to be said in words."""

    def __init__(self, field: str) -> None:
        shown = field.replace("_", " ").capitalize()
        super().__init__(
            f"Validation failed: {shown} can't be blank",
            details={field: [("ERR_BLANK", "can't be blank")]},
        )
