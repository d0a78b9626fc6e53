"""Why an activity or a document is not acted on.

The sentences are kept with the activity, so that an operator can look them up.
"""

from watertower.base.errors import Forbidden, Invalid, Refused, Unreachable


class Ignored(Refused):
    """Understood, and none of our business. Nothing is wrong with the sender."""

    says = "This does not concern us"


class DocumentRefused(Invalid):
    """A document that contradicts itself or where it came from. Asking again does not help."""

    says = "The document was refused"


class DocumentGone(Refused):
    """The other server says that it was here and is no more (404 or 410)."""

    says = "The document is gone"

    def __init__(self, says: str | None = None, *, is_for_ever: bool = False) -> None:
        super().__init__(says)
        self.is_for_ever = is_for_ever


class ServerRefused(Forbidden):
    """The community decided to have nothing to do with that server."""

    says = "Your server is not served here"


class KeyUnreachable(Unreachable):
    """The sender's key could not be fetched just now: 503, so that it tries again."""

    says = "The key could not be fetched"
