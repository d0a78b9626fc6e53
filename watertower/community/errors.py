"""What can be refused about votes."""

from watertower.base.errors import Conflict, Forbidden, Invalid, NotFound


class VoteNotFound(NotFound):
    """There is no such vote, or members do not know of it yet."""


class VoteNotThere(Conflict):
    """The vote is not at the step that this belongs to."""

    says = "This vote is at another step by now. Show the page anew."


class VoteChanged(Conflict):
    """Somebody changed the draft meanwhile."""

    says = "The draft was changed meanwhile. Read it again."


class VoteClosed(Conflict):
    """It is over, or has not begun."""

    says = "This vote is not open"


class MayNotVote(Forbidden):
    """The account may not answer."""


class NotSecondReader(Forbidden):
    """Who wrote the options does not judge their wording."""

    says = "Somebody else has to read the wording: you wrote it"


def wrong(name: str, problem: str) -> Invalid:
    """A field that makes no sense."""
    shown = name.replace("_", " ").capitalize()
    return Invalid(
        f"Validation failed: {shown} {problem}", details={name: [("ERR_INVALID", problem)]}
    )
