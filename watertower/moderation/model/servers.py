"""What is decided about another server, on what grounds, and what it does to members. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from watertower.accounts.servers import Policy, Severity, Wanted

LONGEST_COMMENT = 2000  # characters
LONGEST_REASON = 10_000
CONFIRM_WITHIN = timedelta(hours=24)  # decided by one: somebody else looks within this time
# How loudly a decision is made known, quietest first.
PUBLICITY = {
    "silent": "Silent: on no list",
    "listed": "Listed, without a reason",
    "listed_with_reason": "Listed with the reason",
    "announced": "Announced",
    "blogged": "Announced, with an article to follow",
}
FILTERS = (
    *("all", "suspended", "limited", "rejecting"),
    *("watched", "reviewed", "failing", "allowed"),
)
SORTS = ("name", "accounts", "followed", "reports")
SEVERITY_WORDS = {"noop": "nothing special", "limit": "limited", "suspend": "suspended"}
CAUSE_WORDS = {
    "moderators": "by moderators",
    "blocklist": "from a blocklist",
    "clean_up": "in a clean-up: convenience, not protection",
    "software_rule": "by a rule about its software",
    "incident": "for an incident",
    "first_contact": "held at first contact",
    "end": "because its time was over",
}


@dataclass(frozen=True)
class Choice:
    """A decision about one server, as somebody makes it."""

    domain: str
    severity: Severity = "noop"
    rejects_media: bool = False
    rejects_reports: bool = False
    covers_subdomains: bool = True
    obfuscates: bool = False
    is_lifting: bool = False
    public_comment: str = ""
    private_comment: str = ""
    evidence: str = ""
    criteria: Sequence[str] = ()
    publicity: str = "listed"
    publicity_reason: str = ""
    cause: str = "moderators"
    cause_id: int | None = None
    review_id: int | None = None
    review_at: datetime | None = None
    ends_at: datetime | None = None
    agreed_by: Sequence[int] = ()

    @property
    def wanted(self) -> Wanted:
        """The policy that it puts in force."""
        return Wanted(
            severity=self.severity,
            rejects_media=self.rejects_media,
            rejects_reports=self.rejects_reports,
            covers_subdomains=self.covers_subdomains,
            obfuscates=self.obfuscates,
            is_listed=self.publicity != "silent",
            public_comment=self.public_comment,
            private_comment=self.private_comment,
        )


@dataclass(frozen=True)
class Decision:
    """A decision that was made: kept for good, whatever came after it."""

    id: int
    domain: str
    severity: Severity
    rejects_media: bool
    rejects_reports: bool
    covers_subdomains: bool
    obfuscates: bool
    is_lifting: bool
    public_comment: str
    private_comment: str
    evidence: str
    criteria: Sequence[str]
    publicity: str
    publicity_reason: str
    cause: str
    cause_id: int | None
    review_id: int | None
    actor_account_id: int | None
    agreed_account_ids: Sequence[int]
    confirm_by: datetime | None
    effect: Mapping[str, Any]
    review_at: datetime | None
    ends_at: datetime | None
    ended_at: datetime | None
    created_at: datetime
    actor_name: str | None = None

    @property
    def words(self) -> str:
        """What it does, in words."""
        if self.is_lifting:
            return "lifted"
        parts = [SEVERITY_WORDS[self.severity]] if self.severity != "noop" else []
        if self.rejects_media:
            parts.append("media rejected")
        if self.rejects_reports:
            parts.append("reports rejected")
        return ", ".join(parts) or SEVERITY_WORDS["noop"]

    @property
    def cause_words(self) -> str:
        """Who or what made it, in words."""
        return CAUSE_WORDS[self.cause]


@dataclass(frozen=True)
class Impact:
    """Who would lose what. People are counted once, however many others they follow there."""

    following_members: int = 0  # members who follow somebody there
    followed_accounts: int = 0  # accounts there whom members follow
    follower_accounts: int = 0  # accounts there who follow members
    followed_members: int = 0  # members who are followed from there
    affected_members: int = 0  # members who lose anything
    follows: int = 0  # relationships from here to there
    followers: int = 0  # relationships from there to here
    requests: int = 0  # follow requests that wait, both ways
    lists: int = 0  # lists of members with somebody from there
    list_entries: int = 0


@dataclass(frozen=True)
class Preview:
    """What a decision would do, before it is made."""

    domain: str
    servers: Sequence[str]  # the known servers it would cover, subdomains named one by one
    excepted: Sequence[str]  # known servers below that have a policy of their own
    impact: Impact
    most_followed: Sequence[tuple[str, int]]  # accounts there, by members who follow them
    is_known: bool  # whether it ever exchanged anything with us
    policy: Policy | None  # what holds now, its own or from above


@dataclass(frozen=True)
class Facts:
    """What is known of a server."""

    domain: str
    impact: Impact = field(default_factory=Impact)
    accounts: int = 0
    statuses: int = 0
    reports_about: int = 0
    reports_from: int = 0
    counted_at: datetime | None = None
    software: str = ""
    software_version: str = ""
    open_registrations: bool | None = None
    users_total: int | None = None
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    failing_since: datetime | None = None
    is_watched: bool = False
    watched_reason: str = ""
    is_high_impact: bool = False
    sells_data: bool = False
    is_harmful: bool = False
    note: str = ""
    first_seen_at: datetime | None = None


@dataclass(frozen=True)
class ServerRow:
    """A server in a list."""

    domain: str
    severity: str | None
    rejects_media: bool
    rejects_reports: bool
    is_watched: bool
    accounts: int
    followed_accounts: int
    follower_accounts: int
    reports_about: int
    software: str
    software_version: str
    has_review: bool
