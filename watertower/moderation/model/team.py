"""Teams, who is in them and how far, and when which power follows. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from watertower.accounts.capacities import INFRASTRUCTURE, MODERATION
from watertower.accounts.model import Permission

STAYS = timedelta(days=90)  # before somebody may change to another team
PAPER_NOTICE = timedelta(days=14)  # to accept a new version; powers lock after it
PRACTICE_TICKETS = 10
MEMBERS_LEAST, MEMBERS_MOST = 4, 10  # active, beside the lead
REVIEW_APPLICATION_WITHIN = timedelta(days=30)
LOAN_LASTS = timedelta(hours=4)
LOAN_REVIEW_WITHIN = timedelta(hours=72)
HOLDER_SILENT_AFTER = timedelta(days=14)


class State(StrEnum):
    """How far a member of a team is."""

    ONBOARDING = "onboarding"
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"


@dataclass(frozen=True)
class Team:
    """A team, and the roles that its people are given."""

    name: str
    title: str
    purpose: str
    lead_role_id: int
    member_role_id: int
    onboarding_role_id: int = -99  # everybody's: nothing before the gates are passed
    practises: bool = False
    powers: int = 0  # what break-glass lends
    leads_by: Permission = Permission.VIEW_DASHBOARD


SHIPPED: Mapping[str, Team] = {
    team.name: team
    for team in (
        Team(
            "moderation",
            "Moderation",
            "Reads reports, talks with people, decides and answers appeals.",
            lead_role_id=5,
            member_role_id=1,
            onboarding_role_id=4,
            practises=True,
            powers=int(MODERATION & ~Permission.LEAD_MODERATION),
            leads_by=Permission.LEAD_MODERATION,
        ),
        Team(
            "infrastructure",
            "Infrastructure",
            "Keeps the machines, the backups and the mail running.",
            lead_role_id=7,
            member_role_id=6,
            powers=int(INFRASTRUCTURE & ~Permission.LEAD_INFRASTRUCTURE),
            leads_by=Permission.LEAD_INFRASTRUCTURE,
        ),
    )
}


@dataclass(frozen=True)
class Membership:
    """Somebody in a team, now or once."""

    id: int
    team: str
    account_id: int
    username: str
    state: State
    is_lead: bool
    role_id: int
    mentor_account_id: int | None
    mentor: str | None
    joined_at: datetime
    confirmed_at: datetime | None
    paused_at: datetime | None
    left_at: datetime | None
    left_because: str
    is_announced: bool
    powers_locked_from: datetime | None

    def is_locked(self, at: datetime) -> bool:
        """Whether a new covenant or training has to be accepted before anything else."""
        return self.powers_locked_from is not None and self.powers_locked_from <= at


@dataclass(frozen=True)
class Paper:
    """A version of the covenant or of a module of the training."""

    team: str
    name: str
    version: int
    title: str
    text: str
    binding_from: datetime | None  # None: from the beginning


@dataclass(frozen=True)
class Gates:
    """What lies between a trainee and the powers of the team."""

    covenant: bool
    training: bool
    practice: bool
    practised: int
    needed: int

    @property
    def are_passed(self) -> bool:
        """All of them."""
        return self.covenant and self.training and self.practice


@dataclass(frozen=True)
class Availability:
    """What somebody can take on. `hours` of the week in UTC, 0 is Monday from midnight to one."""

    cases_a_day: int = 10
    hours: Sequence[int] = ()
    languages: Sequence[str] = ()
    refuses: Sequence[str] = ()
    away_from: datetime | None = None
    away_until: datetime | None = None


def hour_of_week(at: datetime) -> int:
    """0 to 167, in UTC; Monday 00:00 is 0."""
    return at.weekday() * 24 + at.hour
