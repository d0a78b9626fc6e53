"""Types of accounts, their rules, and the way of an approval (W13). No I/O.

undeclared → declared → applied → in review → approved → {renewal due, under notice} → lapsed |
revoked | refused. Types that need approval may not be used before they have it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from watertower.statuses.posting import PostingRules


class Type(StrEnum):
    """What an account says it is; a hybrid is several of them."""

    GENERAL = "general"
    INFLUENCER = "influencer"
    CORPORATE = "corporate"
    BOT = "bot"
    CURATED = "curated"
    EVENT = "event"
    OSS = "oss"


WORDS: Mapping[Type, str] = {
    Type.GENERAL: "A person",
    Type.INFLUENCER: "A person with a large audience",
    Type.CORPORATE: "A company or large organisation",
    Type.BOT: "A bot: it posts by itself",
    Type.CURATED: "A curated feed: posts about one subject, some of them by machine",
    Type.EVENT: "An event",
    Type.OSS: "An open-source project",
}
SPECIAL = tuple(one for one in Type if one is not Type.GENERAL)
NEED_APPROVAL = frozenset({Type.CORPORATE, Type.BOT, Type.CURATED})  # unless decided otherwise
CATEGORIES = (
    "Open source",
    "Non-profit organisations",
    "Companies",
    "Public bodies",
    "Events",
    "Curated feeds",
    "Bots",
    "People",
)
DEFAULT_TAGS: Mapping[Type, str] = {Type.BOT: "automatedpost", Type.CURATED: "curatedpost"}
MOST_A_DAY = 5

QUESTIONS: Mapping[str, str] = {
    "purpose": "What will this account post?",
    "fit": "How does it fit this community?",
    "protection": "How will you keep this community safe from it?",
    "automation": "What is automated, and how do you test changes before they post here?",
}
LONGEST_ANSWER = 4000

EXPECTATIONS = """Be part of the community: answer people, and do not only broadcast.
Say who is behind the account, and keep that true.
Keep to the limits of your type, and carry its hashtag on every post that a machine makes.
Test what posts by itself somewhere else first, and stop it when it goes wrong.
Protect people: no selling of data, no following or naming of people who did not ask for it."""

REVIEW_WITHIN = timedelta(days=14)
NOTICE_LASTS = timedelta(days=14)
LEAVE_WITHIN = timedelta(days=30)
RENEWAL_NOTICE = timedelta(days=30)
INACTIVE_AFTER = timedelta(days=365)
INVITATION_LASTS = timedelta(days=30)


class State(StrEnum):
    """Where an approval stands."""

    DECLARED = "declared"
    APPLIED = "applied"
    IN_REVIEW = "in_review"
    REFUSED = "refused"
    APPROVED = "approved"
    UNDER_NOTICE = "under_notice"
    RENEWAL_DUE = "renewal_due"
    REVOKED = "revoked"
    LAPSED = "lapsed"


# Those that stand on the public page, with the mark on their profile.
SHOWN = frozenset({State.APPROVED, State.UNDER_NOTICE, State.RENEWAL_DUE})
WAITING = frozenset({State.APPLIED, State.IN_REVIEW})

MOVES: Mapping[str, frozenset[State]] = {
    "declare": frozenset({State.DECLARED, State.REFUSED, State.LAPSED}),  # and from nothing
    "withdraw": frozenset(set(State) - {State.REVOKED}),
    "apply": frozenset({State.DECLARED, State.REFUSED, State.LAPSED}),
    "review": frozenset({State.APPLIED}),
    "approve": frozenset({State.IN_REVIEW}),
    "refuse": frozenset({State.IN_REVIEW}),
    "appeal": frozenset({State.REFUSED, State.REVOKED}),
    "notice": frozenset({State.APPROVED, State.RENEWAL_DUE}),
    "end_notice": frozenset({State.UNDER_NOTICE}),
    "revoke": frozenset({State.UNDER_NOTICE}),
    "ask_renewal": frozenset({State.APPROVED}),
    "renew": frozenset({State.RENEWAL_DUE}),
    "lapse": frozenset({State.RENEWAL_DUE}),
}


@dataclass(frozen=True)
class Fee:
    """What an organisation of this size pays a year. Nothing is collected here."""

    most_staff: int | None  # None: by agreement
    dollars: int | None

    @property
    def says(self) -> str:
        """The amount in words."""
        return "by agreement" if self.dollars is None else f"${self.dollars:,} a year"


FEES: Sequence[Fee] = (
    Fee(24, 650),
    Fee(49, 1000),
    Fee(99, 1500),
    Fee(149, 2000),
    Fee(999, 2500),
    Fee(None, None),
)
FOLLOWERS_BY_AGREEMENT = 50_000


def fee_for(staff_count: int, *, followers_count: int = 0) -> Fee:
    """The yearly fee of an organisation, by its staff and its followers."""
    if followers_count > FOLLOWERS_BY_AGREEMENT:
        return FEES[-1]
    return next(fee for fee in FEES if fee.most_staff is None or staff_count <= fee.most_staff)


@dataclass(frozen=True)
class Approval:
    """The declared types of an account, and how far their approval is."""

    account_id: int
    username: str
    display_name: str
    types: Sequence[Type]
    state: State
    category: str
    answers: Mapping[str, str]
    is_private: bool
    private_reason: str
    expectations_version: int | None
    domain: str | None
    domain_verified_at: datetime | None
    staff_count: int | None
    fee_waived_reason: str
    fee_paid_until: date | None
    limit_exempt_reason: str
    first_approver_account_id: int | None
    refused_by_account_id: int | None
    reason: str
    due_at: datetime | None
    appealed_at: datetime | None
    applied_at: datetime | None
    approved_at: datetime | None
    declared_at: datetime
    followers_count: int = 0

    def may(self, move: str) -> bool:
        """Whether this can be done now."""
        return self.state in MOVES[move]

    @property
    def needs_two(self) -> bool:
        """Whether two of the staff have to agree."""
        return Type.CORPORATE in self.types

    @property
    def fee(self) -> Fee | None:
        """What a company pays; None for others and where it is waived."""
        if Type.CORPORATE not in self.types or self.staff_count is None:
            return None
        return fee_for(self.staff_count, followers_count=self.followers_count)


@dataclass(frozen=True)
class Said:
    """A line of an application's thread. A `change` is a step, a `message` what somebody wrote."""

    id: int
    kind: str
    from_team: bool
    author: str
    state: str
    text: str
    created_at: datetime


@dataclass(frozen=True)
class Expectations:
    """What is expected of special accounts, by version."""

    version: int
    text: str
    created_at: datetime | None


@dataclass(frozen=True)
class ReservedTag:
    """A hashtag that means something here."""

    name: str
    purpose: str
    account_type: str | None


@dataclass(frozen=True)
class Invitation:
    """A company was invited to have an account here."""

    id: int
    code: str
    organisation: str
    expires_at: datetime
    used_by_account_id: int | None


def posting_rules_of(
    approval: Approval,
    *,
    tags: Mapping[Type, Sequence[str]],
    need_approval: Collection[Type],
    now: datetime,
    page_url: str,
) -> PostingRules | None:
    """What this account may post: the rules of all its types together. None: as people do."""
    types = set(approval.types) - {Type.GENERAL}
    unapproved = sorted(WORDS[one].partition(":")[0].lower() for one in types & set(need_approval))
    refusal = ""
    if unapproved and approval.state not in SHOWN:
        if approval.state is State.REVOKED:
            if approval.due_at is not None and now >= approval.due_at:
                refusal = f"The approval of this account was taken back. How to appeal or move: {page_url}"
        else:
            refusal = (
                f"This account says it is {' and '.join(unapproved)}, which has to be approved "
                f"before it may post. How far that is, or how to change it: {page_url}"
            )
    limited = types & {Type.CORPORATE, Type.BOT, Type.CURATED, Type.EVENT, Type.OSS}
    if not limited and not refusal:
        return None
    is_exempt = bool(approval.limit_exempt_reason)
    return PostingRules(
        refusal=refusal,
        most_a_day=None if is_exempt or not limited else MOST_A_DAY,
        counts_all=bool(types & {Type.BOT, Type.CURATED}),
        required_tags=sorted({tag for one in types for tag in tags.get(one, ())}),
        only_summoned=Type.BOT in types,
    )
