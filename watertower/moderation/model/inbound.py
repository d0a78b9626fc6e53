"""Rules about what arrives: when they match, what they do, and what they did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from watertower.statuses.draft import Draft

# A live rule ends by itself; whoever wants it longer looks at it again.
LONGEST_LIFE = timedelta(days=90)
DEFAULT_LIFE = timedelta(days=14)
SIMULATED_DAYS = 7
MOST_SIMULATED = 20_000  # posts looked at by one simulation, the newest
MOST_PATTERNS = 20
LONGEST_PATTERN = 200  # characters
LONGEST_NAME = 100
MOST_LIVE = 200


class Effect(StrEnum):
    """What a rule may do. None of them shows anything to anybody who would not have seen it."""

    HOLD = "hold"
    LIMIT = "limit"
    SENSITISE = "sensitise"
    TAG = "tag"
    QUIET = "quiet"


class Origin(StrEnum):
    """Whose posts a rule is about."""

    REMOTE = "remote"
    LOCAL = "local"
    ANY = "any"


class Conditions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that are given have to hold; of a list, any one. What is left out does not matter."""

    origin: Origin = Origin.REMOTE
    texts: tuple[str, ...] = ()  # words with `*` for anything; found anywhere in text and warning
    link_hosts: tuple[str, ...] = ()  # `host`, or `*.host` for it and all below
    domains: tuple[str, ...] = ()  # of the server, in the same way
    software: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    media_hashes: tuple[str, ...] = ()  # blurhashes, as the origin gives them: nothing is fetched
    mentions_at_least: int | None = None
    younger_than_days: int | None = None  # the account
    has_no_followers_here: bool = False
    has_media: bool = False
    has_link: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether it says anything; a rule without a condition would be for everybody."""
        return bool(
            self.texts
            or self.link_hosts
            or self.domains
            or self.software
            or self.languages
            or self.media_hashes
            or self.mentions_at_least is not None
            or self.younger_than_days is not None
            or self.has_no_followers_here
        )

    @property
    def asks_about_author(self) -> bool:
        """Whether it can be answered only by looking at the account."""
        return (
            self.younger_than_days is not None or self.has_no_followers_here or bool(self.software)
        )


class Effects(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What happens to what matches."""

    hold: bool = False
    limit: bool = False
    sensitise: bool = False
    quiet: bool = False  # nobody is notified
    tag: str = ""

    @property
    def names(self) -> list[Effect]:
        """Those that are chosen."""
        chosen = {
            Effect.HOLD: self.hold,
            Effect.LIMIT: self.limit,
            Effect.SENSITISE: self.sensitise,
            Effect.TAG: bool(self.tag),
            Effect.QUIET: self.quiet,
        }
        return [effect for effect, is_chosen in chosen.items() if is_chosen]


@dataclass(frozen=True)
class Rule:
    """A rule in its newest version."""

    id: int
    name: str
    state: str  # draft, live, ended
    version: int
    conditions: Conditions
    effects: Effects
    reason: str
    simulated_version: int | None
    simulation: "Simulation | None"
    simulation_asked_at: datetime | None
    live_since: datetime | None
    expires_at: datetime | None
    ended_at: datetime | None
    wave_id: int | None
    created_by_account_id: int | None
    created_at: datetime
    updated_at: datetime

    @property
    def is_simulated(self) -> bool:
        """Whether somebody saw what this very version would have caught."""
        return self.simulated_version == self.version


@dataclass(frozen=True)
class Arrival:
    """What is judged: a post from elsewhere, a member's, or one of the past in a simulation."""

    text: str  # without markup, with the content warning before it
    hosts: frozenset[str]
    domain: str | None
    language: str | None
    media_hashes: frozenset[str]
    mentions_count: int
    has_media: bool


@dataclass(frozen=True)
class Writer:
    """What rules may want to know of who wrote it."""

    created_at: datetime
    followers_here: int
    software: str


@dataclass(frozen=True)
class Held:
    """Something that waits for a decision, or waited."""

    id: int
    rule_id: int
    rule_name: str
    kind: str  # post, edit, draft
    account_id: int
    acct: str
    domain: str | None
    uri: str
    pile: int
    sample: str
    state: str
    status_id: int | None
    created_at: datetime


class HeldDraft(msgspec.Struct, frozen=True):
    """A member's draft as it is kept while it is held."""

    draft: Draft
    application_id: int | None


@dataclass(frozen=True)
class Pile:
    """Held things that say nearly the same: one decision is for all of them."""

    pile: int
    held_count: int
    accounts_count: int
    domains: Sequence[str]
    first_at: datetime
    last: Held


class Caught(msgspec.Struct, frozen=True):
    """A post that a rule would have caught, in a simulation. Only what everybody may see."""

    status_id: int
    account_id: int
    acct: str
    sample: str
    created_at: datetime


class Simulation(msgspec.Struct, frozen=True):
    """What a rule would have done in the last days."""

    days: tuple[tuple[str, int], ...]  # ISO date and how many, the newest first
    looked_at: int
    caught_count: int
    accounts_count: int
    known_count: int  # accounts among them with followers here: look twice
    examples: tuple[Caught, ...]
