"""What can be refused in a review of a server."""

from watertower.base.errors import Conflict, Invalid, NotFound


class ReviewNotFound(NotFound):
    """There is no such review."""


class WrongState(Conflict):
    """The review is not where this can be done."""

    says = "The review is at another step by now"


class WordsMissing(Invalid):
    """A finding, a reason or a proposal without words, or with too many."""

    says = "Validation failed: Text must have between 1 and 10,000 characters"


class CriteriaMissing(Invalid):
    """A decision cites the criteria it rests on."""

    says = "A proposal to act on a server names the criteria it rests on"


class NoServerFinding(Invalid):
    """What single accounts do is no ground to act on a server."""

    says = "Acting on a whole server needs findings about the server, not only about accounts"


class SmallServer(Invalid):
    """Up to some fifty accounts, accounts are acted on."""

    says = (
        "So few accounts are known there that they are acted on one by one, unless the server is "
        "cohesive or you say why not"
    )


class SellsData(Invalid):
    """While the mark stands, federating is no outcome."""

    says = "It sells or uses people's data without their consent: federating is no outcome"


class AgreedAlready(Conflict):
    """Who proposed or agreed does not agree again."""

    says = "You agreed already: somebody else has to"
