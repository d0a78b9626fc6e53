"""What can be refused about teams."""

from watertower.base.errors import Conflict, Forbidden, Invalid, NotFound


class TeamNotFound(NotFound):
    """There is no such team."""

    says = "There is no such team"


class MemberNotFound(NotFound):
    """Nobody of that name is there, or not in this team."""

    says = "Nobody of that name is in this team"


class AlreadyInTeam(Invalid):
    """One team at a time."""

    says = "This person is in a team already. They leave it first: one team at a time"


class AdministersInstead(Invalid):
    """Administrators keep the house; they do not moderate beside it."""

    says = "An administrator gives up that role first: one capacity at a time"


class StaysLonger(Invalid):
    """Three months are not over and the leads did not agree."""

    says = (
        "This person joined another team less than three months ago. Both leads have to record "
        "an exception first"
    )


class MayNotJoin(Invalid):
    """No login here, or one that may not be used."""

    says = "This person has no login here that may be used"


class NotTheLead(Forbidden):
    """Only the lead of that team may."""

    says = "Only the lead of the team may do this"


class PowersLocked(Forbidden):
    """Something new has to be accepted first."""

    says = "Your powers are locked until you accept the current covenant and training"


class LeadStands(Forbidden):
    """Nobody removes a lead but themselves."""

    says = "A lead is not removed by others. They hand the lead over, or leave"


class HasCaseOfYours(Forbidden):
    """They handle a case that is about whoever wants to remove them."""

    says = "This is not yours to decide"


class GatesNotPassed(Invalid):
    """Covenant, training and practice are not all complete."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"Not yet: {', '.join(missing)} is missing")


class NotYet(Invalid):
    """The state does not allow it."""

    says = "That is not possible in this state"


class LeadThere(Conflict):
    """The team has a lead."""

    says = "The team has a lead, who hands the lead over"


class WordsMissing(Invalid):
    """A text is needed."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(says, details={field: [("ERR_BLANK", says)]})


class CallClosed(Invalid):
    """Nobody is looked for at the moment."""

    says = "This call is closed"


class AlreadyApplied(Conflict):
    """Once for each call."""

    says = "You applied already"


class NotForYourself(Forbidden):
    """Nobody decides about themselves."""

    says = "Somebody else decides about this"


class SameTeam(Invalid):
    """The powers are one's own."""

    says = "These powers are yours already"


class AnalysisFirst(Forbidden):
    """Own words first, then others' are shown."""

    says = "Write your own analysis first"


class StepsLeft(Invalid):
    """The checklist is not done."""

    says = "Something on the checklist is not done yet"


class OneAtATime(Conflict):
    """Positions are handed over one by one."""

    says = "Another position of this holder is being handed over. One at a time"


class ReporterNotFound(NotFound):
    """Nobody of that kind."""

    says = "There is no such trusted reporter"
