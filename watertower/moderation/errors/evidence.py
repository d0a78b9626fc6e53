"""What can be refused about evidence."""

from watertower.base.errors import Conflict, Invalid, NotFound


class EvidenceNotFound(NotFound):
    """There is no such evidence, or not for this pair of eyes."""


class SealBroken(Conflict):
    """What is stored is not what was sealed. Nothing of it is shown as evidence."""

    says = "This evidence does not match its seal. It was changed outside of Watertower."


class HoldNeedsEnd(Invalid):
    """A legal hold has a reason and an end."""

    says = "A legal hold needs a reason and an end in the future"
