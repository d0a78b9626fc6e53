"""What can be refused about rules for servers and clean-ups."""

from watertower.base.errors import Conflict, Invalid, NotFound


class RuleNotFound(NotFound):
    """There is no such rule in force."""


class WrongRule(Invalid):
    """A rule needs a software, a version with numbers, and a reason."""

    says = "Validation failed: A rule needs a software, a version and a reason"


class CleanUpNotFound(NotFound):
    """There is no such clean-up."""


class NothingDead(Conflict):
    """Every server answers, or was decided about."""

    says = "There is no server that has not answered for thirty days"


class NotCleaned(Conflict):
    """It is at another step."""

    says = "This clean-up is at another step by now"
