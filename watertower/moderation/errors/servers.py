"""What can be refused when moderators decide about servers."""

from watertower.base.errors import Conflict, Forbidden, Invalid, NotFound


class ServerNotFound(NotFound):
    """Nothing is known of such a server."""


class DecisionNotFound(NotFound):
    """There is no such decision."""


class OwnServer(Invalid):
    """Nobody decides about our own server like this."""

    says = "Validation failed: Domain is this server"


class WrongDomain(Invalid):
    """It is no name of a server."""

    says = "Validation failed: Domain is not a valid domain name"


class CommentTooLong(Invalid):
    """A comment or reason is too long."""

    says = "Validation failed: Comment is too long"


class ReasonMissing(Invalid):
    """A decision without a reason for the team would be one nobody can explain later."""

    says = "Validation failed: Reason can't be blank"


class WrongTime(Invalid):
    """An end or a review that would be in the past."""

    says = "Validation failed: The time must be in the future"


class NeverMet(Conflict):
    """It never exchanged anything with us: it can be watched, or refused in advance on purpose."""

    says = "This server never federated with us. Watch it, or say that it is refused in advance."


class NotTwice(Forbidden):
    """The second look is somebody else's."""

    says = "Somebody else has to look at it"


class NothingToConfirm(Conflict):
    """Others agreed before, or it was overtaken by another decision."""

    says = "This decision needs no second look"
