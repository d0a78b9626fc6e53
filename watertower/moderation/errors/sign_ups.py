"""What can be refused about sign-ups."""

from watertower.base.errors import Conflict, Forbidden, Invalid, NotFound


class BlockNotFound(NotFound):
    """There is no such block."""


class SignUpNotFound(NotFound):
    """There is no such application, or the viewer may not see it."""


class VouchNotFound(NotFound):
    """Nobody asked this member to vouch, or no longer."""


class WrongStep(Forbidden):
    """The application is not at a point where this can be done."""

    says = "This cannot be done with the application as it stands now"


class SomebodyElseDecides(Forbidden):
    """Who refused does not decide the appeal, as long as there is anybody else."""

    says = "Somebody else has to decide the appeal against your own decision"


class GateShut(Conflict):
    """Sign-up is closed already, or is not closed at all."""


def wrong(field: str, says: str, code: str = "ERR_INVALID") -> Invalid:
    """A value that breaks a rule, in the API's shape."""
    shown = field.replace("_", " ").capitalize()
    return Invalid(f"Validation failed: {shown} {says}", details={field: [(code, says)]})
