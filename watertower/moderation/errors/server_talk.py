"""What can be refused when people talk about servers."""

from watertower.base.errors import Conflict, Invalid, NotFound


class RequestNotFound(NotFound):
    """There is no such request."""


class TextMissing(Invalid):
    """A request, an answer or a notice without words, or with too many."""

    says = "Validation failed: Text must have between 1 and 5,000 characters"


class WrongAddress(Invalid):
    """It is no mail address."""

    says = "Validation failed: Address is not a mail address"


class UnknownContact(Invalid):
    """Notices go to addresses that the other side published, and to no others."""

    says = "Validation failed: Address must be one of the server's published contacts"


class AlreadyAnswered(Conflict):
    """Somebody answered before."""

    says = "This was answered already"


class OwnRequest(Invalid):
    """Nobody answers what they asked themselves."""

    says = "Somebody else has to answer what you asked"
