"""What can be refused when moderators decide about an account."""

from watertower.base.errors import Conflict, Forbidden, Invalid, NotFound


class ActionNotFound(NotFound):
    """There is no such action."""


class NotOnOneself(Forbidden):
    """Nobody decides about themselves."""

    says = "Nobody decides about themselves"


class NotAMember(Invalid):
    """Warnings and freezes are for members: nobody elsewhere would learn of them."""

    says = "Validation failed: This is only possible for members of this server"


class ReasonMissing(Invalid):
    """Doing nothing, and removing posts, need a reason that others can read later."""

    says = "Validation failed: Reason can't be blank"


class MessageMissing(Invalid):
    """A warning is a message."""

    says = "Validation failed: Text can't be blank"


class MessageTooLong(Invalid):
    """Reason or message is longer than LONGEST_MESSAGE."""

    says = "Validation failed: Text is too long"


class StatusesMissing(Invalid):
    """No posts were named, or some that are not the account's."""

    says = "Validation failed: Statuses must be posts of this account"


class EndsInThePast(Invalid):
    """An action cannot end before it begins, and a warning, or nothing, cannot end at all."""

    says = "Validation failed: End must be in the future"


class AccountGone(Conflict):
    """The account was deleted for good; there is nothing left to decide about."""

    says = "This account was deleted for good"


class AlreadyConfirmed(Conflict):
    """Somebody looked at it before, or it was not an emergency."""

    says = "This needs no second look"


class RefusalNotFound(NotFound):
    """Nobody of this name is refused in advance."""


class MayNotBePurged(Forbidden):
    """Only what is suspended is deleted, and nothing while an appeal runs."""

    says = "Only suspended accounts can be deleted, and none while an appeal runs"


class SamePerson(Forbidden):
    """The second look is another person's."""

    says = "Somebody else has to look at this"


class NotAHandle(Invalid):
    """It is not the name of somebody elsewhere."""

    says = "Validation failed: Name must be of the form name@server, on another server"


class NotElsewhere(Invalid):
    """Members are told by us, always."""

    says = "Validation failed: Members are told by us"


class RiskMissing(Invalid):
    """Who could be harmed by a notice has to be thought of, and written down, before it is sent."""

    says = "Validation failed: Say who could be harmed by this notice, or that nobody could"
