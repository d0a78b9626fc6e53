"""Facts about moderation that others react to. Ids only."""

from dataclasses import dataclass

from watertower.base.events import Event


@dataclass(frozen=True)
class ReportFiled(Event):
    """Somebody, here or elsewhere, reported an account."""

    report_id: int


@dataclass(frozen=True)
class CaseOpened(Event):
    """There is a case that nobody has looked at."""

    case_id: int


@dataclass(frozen=True)
class CaseDecided(Event):
    """The team knows what it will do."""

    case_id: int


@dataclass(frozen=True)
class CaseEnded(Event):
    """The case is closed, and its reports with it."""

    case_id: int


@dataclass(frozen=True)
class CaseMessageSaid(Event):
    """Somebody said something in a thread of a case, the team or the other side."""

    message_id: int


@dataclass(frozen=True)
class ActionTaken(Event):
    """Moderators, or a rule of theirs, decided something about an account."""

    action_id: int


@dataclass(frozen=True)
class ActionUndone(Event):
    """An action was taken back, by a person or because its time was over."""

    action_id: int


@dataclass(frozen=True)
class EvidenceFileWanted(Event):
    """A file is held in the store until evidence has its copy."""

    copy_id: int


@dataclass(frozen=True)
class AppealFiled(Event):
    """Somebody appealed a decision; the address may not be verified yet."""

    appeal_id: int


@dataclass(frozen=True)
class AppealMessageSaid(Event):
    """Somebody said something in an appeal, the team or the person."""

    message_id: int


@dataclass(frozen=True)
class AppealProposed(Event):
    """A decision waits for a second moderator."""

    appeal_id: int


@dataclass(frozen=True)
class AppealDecided(Event):
    """An appeal has its answer."""

    appeal_id: int


@dataclass(frozen=True)
class ApplicantTold(Event):
    """Staff asked or refused somebody who wants to join."""

    message_id: int


@dataclass(frozen=True)
class VouchAsked(Event):
    """A member is asked whether they know an applicant."""

    vouch_id: int


@dataclass(frozen=True)
class ReportForwarded(Event):
    """A moderator chose to tell another server about a case."""

    forward_id: int


@dataclass(frozen=True)
class ForwardWithdrawn(Event):
    """And took it back."""

    forward_id: int


@dataclass(frozen=True)
class ProofNamed(Event):
    """An applicant says that an account elsewhere is theirs."""

    proof_id: int


@dataclass(frozen=True)
class ProofLinked(Event):
    """An applicant says that the profile elsewhere links here by now."""

    proof_id: int


@dataclass(frozen=True)
class TeamTold(Event):
    """Somebody of a team, or a trusted reporter, hears of something by mail."""

    account_id: int
    subject: str
    text: str  # never about a person in a case
    path: str


@dataclass(frozen=True)
class MembershipChanged(Event):
    """Somebody joined, was confirmed, paused or left."""

    account_id: int
    team: str
    change: str


@dataclass(frozen=True)
class PowersLent(Event):
    """Emergency powers were asked for, lent, ended or reviewed."""

    loan_id: int


@dataclass(frozen=True)
class ApprovalMoved(Event):
    """Staff, or a clock, moved the approval of a special account on."""

    message_id: int


@dataclass(frozen=True)
class DomainNamed(Event):
    """A special account says that a domain is its own."""

    account_id: int


@dataclass(frozen=True)
class ServerDecided(Event):
    """Something was decided about a server, or lifted."""

    decision_id: int


@dataclass(frozen=True)
class FreezeBegun(Event):
    """A member was frozen."""

    freeze_id: int


@dataclass(frozen=True)
class FreezeSubmitted(Event):
    """A frozen member handed in."""

    freeze_id: int


@dataclass(frozen=True)
class FreezeEnded(Event):
    """A freeze is over, however."""

    freeze_id: int


@dataclass(frozen=True)
class MistakeConfirmed(Event):
    """Moderation was wrong, says moderation."""

    mistake_id: int
