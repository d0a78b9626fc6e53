"""What can be refused about types of accounts and their approval."""

from watertower.base.errors import Forbidden, NotFound


class ApprovalNotFound(NotFound):
    """The account declared nothing, or the viewer may not see it."""


class WrongStep(Forbidden):
    """The approval is not at a point where this can be done."""

    says = "This cannot be done with the account as it stands now"


class SecondPersonNeeded(Forbidden):
    """Two have to agree, and this is the one who agreed first."""

    says = "A second person has to agree"


class SomebodyElseDecides(Forbidden):
    """Who refused or revoked does not decide the appeal, and nobody decides about themselves."""

    says = "Somebody else has to decide this"
