"""What can be refused about what is said."""

from watertower.base.errors import Conflict, Invalid, NotFound, TooMany


class ThreadNotFound(NotFound):
    """There is no such thread for this pair of eyes."""


class ThreadClosed(Conflict):
    """The team closed the thread."""

    says = "This conversation was closed by the team"


class NothingSaid(Invalid):
    """An empty message."""

    says = "Write something first"


class TooMuchSaid(TooMany):
    """More messages in a day than anybody would read."""

    says = "That is a lot of messages in one day. The team reads what you wrote; go on tomorrow."
