"""What can be refused about cases."""

from watertower.base.errors import Conflict, Forbidden, Invalid, NotFound


class CaseNotFound(NotFound):
    """There is no such case, or it is not for this pair of eyes."""


class AlreadyDecided(Conflict):
    """Somebody else decided first; nothing was done twice."""

    says = "Somebody decided this case a moment ago. Look at it again before you do anything."


class CaseClosed(Conflict):
    """What is closed is opened again first."""

    says = "This case is closed. Open it again first."


class WrongState(Conflict):
    """The case is not where this step leads on from."""

    says = "The case has moved on in the meantime"


class MayOnlyAnalyse(Forbidden):
    """Trainees write analyses; somebody else decides."""

    says = "You can analyse this case. Somebody else decides it."


class WordsMissing(Invalid):
    """Something has to be said in words. `field` names it."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(says, details={field: [("ERR_BLANK", "can't be blank")]})
        self.field = field


class NeedsMutualAidCheck(Invalid):
    """Somebody asked for money: it is checked first whether that is mutual aid."""

    says = (
        "Asking for help is not spam. Do the mutual-aid check first, and have a second moderator "
        "agree"
    )


class OwnProposal(Forbidden):
    """Who proposed counts already; a second pair of eyes is another person's."""

    says = "You proposed this. Somebody else has to agree."


class NotSameCase(Invalid):
    """A case cannot be joined with, or linked to, itself."""

    says = "These cases cannot be put together"


class ProposalNotFound(NotFound):
    """There is no such proposal, or its case is hidden."""


class AnotherProposal(Conflict):
    """One proposal at a time: agree with it, or have it withdrawn first."""

    says = "Somebody proposed something a moment ago. Answer that proposal first."


class EvidenceIsGone(Conflict):
    """Past its retention a case stays closed: there is nothing left to judge by."""

    says = "The evidence of this case was destroyed when its time was over. Open a new case."


class NotForYou(Invalid):
    """The case cannot be given to this person."""

    says = "This moderator cannot be given this case"
