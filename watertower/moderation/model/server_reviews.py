"""A review of a server: its states, its clocks, its rules (W15). No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

ACT_WITHIN = timedelta(days=14)  # from opening to a decision and its announcement
BLOG_WITHIN = timedelta(days=30)  # from the decision to the article, where the impact is high
NEXT_REVIEW = timedelta(days=180)
SMALL = 50  # accounts known: up to here, accounts are acted on and not the server
MANY_ACTIONS, MANY_WITHIN = 10, timedelta(days=30)
AGREE = 2  # how many have to agree, who proposes counted

PROPOSALS = {
    "federate": "Federate: nothing special",
    "monitor": "Federate, and watch it",
    "limit": "Limit",
    "reject_media": "Reject its media",
    "suspend": "Suspend",
    "accounts_only": "Act on accounts, not on the server",
}
SERVER_WIDE = frozenset({"limit", "reject_media", "suspend"})
CAUSES = {
    "first_contact": "It contacted us for the first time",
    "research": "Our own research",
    "report_volume": "Many reports",
    "actions": "Many actions against accounts there",
    "member_request": "Members asked",
    "other_staff": "Another moderation team asked",
    "traffic": "Spam or traffic",
    "policy_change": "Its own rules changed",
    "next_review": "The date to look again has come",
    "sells_data": "It sells or uses people's data without their consent",
}


@dataclass(frozen=True)
class Review:
    """One review. The moments are None until they are reached."""

    id: int
    domain: str
    state: str
    cause: str
    reason: str
    is_high_impact: bool
    is_promised: bool
    is_cohesive: bool
    override_reason: str
    opened_by_account_id: int | None
    proposed_by_account_id: int | None
    proposal: str | None
    proposal_text: str
    criteria: Sequence[str]
    agreed_account_ids: Sequence[int]
    is_emergency: bool
    publicity: str
    publicity_reason: str
    decision_id: int | None
    warning_signs: str
    next_review_at: datetime | None
    act_by: datetime | None
    blog_by: datetime | None
    act_breached_at: datetime | None
    blog_breached_at: datetime | None
    facts_before: Mapping[str, Any]
    created_at: datetime
    decided_at: datetime | None
    announced_at: datetime | None
    blogged_at: datetime | None
    closed_at: datetime | None

    @property
    def cause_words(self) -> str:
        """Why it was opened, in words."""
        return CAUSES.get(self.cause, self.cause)

    @property
    def proposal_words(self) -> str:
        """What is proposed, in words."""
        return PROPOSALS.get(self.proposal or "", "")


@dataclass(frozen=True)
class Finding:
    """Something found out, dated, with a copy that outlives the server."""

    id: int
    is_server_level: bool
    text: str
    url: str
    evidence_id: int | None
    author_name: str | None
    created_at: datetime


@dataclass(frozen=True)
class Proposal:
    """What a reviewer proposes to decide."""

    outcome: str
    text: str
    criteria: Sequence[str] = ()
    is_cohesive: bool = False
    override_reason: str = ""
    publicity: str = "listed"
    publicity_reason: str = ""


@dataclass(frozen=True)
class PolicyText:
    """A dated copy of a server's own rules."""

    id: int
    kind: str
    url: str
    text: str
    note: str
    taken_at: datetime
