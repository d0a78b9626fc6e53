"""What can be refused about rules for what arrives."""

from watertower.base.errors import Conflict, Invalid, NotFound


class InboundRuleNotFound(NotFound):
    """There is no such rule."""

    says = "There is no such rule"


class HeldNotFound(NotFound):
    """Nothing of this kind is held."""

    says = "Nothing like that is held"


class RuleInvalid(Invalid):
    """The rule cannot be as it was written."""


class RuleNotSimulated(Conflict):
    """Nobody has seen yet what this version would catch."""

    says = "Simulate this version first"


class PostHeld(Invalid):
    """A member's post waits for a moderator; it is kept."""

    says = "Your post is held until a moderator has looked at it. You need not send it again"
