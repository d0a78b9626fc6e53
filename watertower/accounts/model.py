"""What an account is, who is looking, and how two accounts stand to one another. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntFlag, StrEnum
from typing import Any

import msgspec


@dataclass(frozen=True)
class Account:
    """A person, bot or group, here or on another server."""

    id: int
    username: str
    domain: str | None
    actor_type: str
    display_name: str
    note: str
    note_html: str
    fields: Sequence[Mapping[str, Any]]
    emojis: Sequence[Mapping[str, Any]]
    avatar_key: str | None
    avatar_static_key: str | None
    avatar_remote_url: str | None
    avatar_description: str
    header_key: str | None
    header_static_key: str | None
    header_remote_url: str | None
    header_description: str
    is_locked: bool
    is_bot: bool
    is_discoverable: bool | None
    is_indexable: bool
    hides_collections: bool
    shows_media: bool
    shows_media_replies: bool
    shows_featured: bool
    attribution_domains: Sequence[str]
    also_known_as: Sequence[str]
    moved_to_account_id: int | None
    is_memorial: bool
    uri: str
    url: str
    inbox_url: str
    shared_inbox_url: str
    outbox_url: str
    followers_url: str
    following_url: str
    featured_url: str
    suspended_at: datetime | None
    suspended_by_origin: bool
    limited_at: datetime | None
    sensitized_at: datetime | None
    created_at: datetime
    updated_at: datetime
    fetched_at: datetime | None
    deleted_at: datetime | None
    version: int

    @property
    def is_local(self) -> bool:
        """Whether the account lives here."""
        return self.domain is None

    @property
    def acct(self) -> str:
        """`name` for ours, `name@domain` for others."""
        return self.username if self.domain is None else f"{self.username}@{self.domain}"

    @property
    def is_suspended(self) -> bool:
        """Whether moderation, ours or its own server's, took it out of view."""
        return self.suspended_at is not None


class AccountLine(msgspec.Struct, frozen=True, gc=False):
    """The part of an account that changes without a new version: its counts."""

    id: int
    version: int
    statuses_count: int
    following_count: int
    followers_count: int
    last_status_at: datetime | None


class Permission(IntFlag):
    """What a role allows; the low bits are Mastodon's, so that roles can be moved.

    From bit 32 on they are ours: moderation is more than one permission here.
    """

    ADMINISTRATOR = 1 << 0
    VIEW_DEVOPS = 1 << 1
    VIEW_AUDIT_LOG = 1 << 2
    VIEW_DASHBOARD = 1 << 3
    MANAGE_REPORTS = 1 << 4
    MANAGE_FEDERATION = 1 << 5
    MANAGE_SETTINGS = 1 << 6
    MANAGE_BLOCKS = 1 << 7
    MANAGE_TAXONOMIES = 1 << 8
    MANAGE_APPEALS = 1 << 9
    MANAGE_USERS = 1 << 10
    MANAGE_INVITES = 1 << 11
    MANAGE_RULES = 1 << 12
    MANAGE_ANNOUNCEMENTS = 1 << 13
    MANAGE_CUSTOM_EMOJIS = 1 << 14
    MANAGE_WEBHOOKS = 1 << 15
    INVITE_USERS = 1 << 16
    MANAGE_ROLES = 1 << 17
    MANAGE_USER_ACCESS = 1 << 18
    DELETE_USER_DATA = 1 << 19
    READ_CASES = 1 << 32  # see cases, their evidence and their threads; every look is logged
    ANALYSE_CASES = 1 << 33  # write an analysis, and nothing more: trainees
    DECIDE_CASES = 1 << 34  # decide, and act on accounts
    REVIEW_SERVERS = 1 << 35  # research and propose; MANAGE_FEDERATION decides
    REVIEW_SIGN_UPS = 1 << 36  # question, approve and refuse applicants
    WRITE_INBOUND_RULES = 1 << 37  # rules about what arrives, held items, spam waves
    APPROVE_ACCOUNTS = 1 << 38  # specialised accounts
    LEAD_MODERATION = 1 << 39  # team, training, trusted reporters, policy
    LEAD_INFRASTRUCTURE = 1 << 40  # the other team


@dataclass(frozen=True)
class Role:
    """What a member is allowed beyond being a member."""

    id: int
    name: str
    color: str
    position: int
    permissions: int
    is_highlighted: bool


@dataclass(frozen=True)
class Viewer:
    """Who asks, through which app, and what the app may do. The parameter of every read.

    `account_id` and `login_id` are None for an app that speaks for itself.
    """

    token_id: int
    application_id: int
    scopes: frozenset[str]
    login_id: int | None = None
    account_id: int | None = None
    username: str = ""
    is_confirmed: bool = True
    is_approved: bool = True
    is_frozen: bool = False
    is_suspended: bool = False
    is_memorial: bool = False
    has_moved: bool = False
    permissions: int = 0
    filters_version: int = 0
    chosen_languages: Sequence[str] | None = None
    locale: str = "en"

    def may(self, permission: Permission) -> bool:
        """Whether the viewer's role grants this; administrators may everything."""
        return bool(self.permissions & (permission | Permission.ADMINISTRATOR))


def viewer_id(viewer: Viewer | None) -> int | None:
    """The account that looks, None for the public and for apps of their own."""
    return None if viewer is None else viewer.account_id


class RegistrationMode(StrEnum):
    """Who may sign up."""

    OPEN = "open"
    APPROVAL = "approval"
    INVITE = "invite"
    CLOSED = "closed"


@dataclass(frozen=True)
class Preferences:
    """What a member chose; kept as JSON in logins.settings, absent keys have these defaults."""

    default_privacy: str = "public"
    default_sensitive: bool = False
    default_language: str | None = None
    default_quote_policy: str = "public"
    expand_media: str = "default"
    expand_spoilers: bool = False
    autoplay_gifs: bool = False
    shows_application: bool = True
    is_noindex: bool = False
    email_on: Mapping[str, bool] = field(default_factory=dict)
    always_mails: bool = False  # also while the member is here


@dataclass(frozen=True)
class Relationship:
    """How one account stands to another, seen from the first."""

    id: int  # of the other
    is_following: bool
    shows_reblogs: bool
    notifies: bool
    languages: Sequence[str] | None
    is_followed_by: bool
    is_blocking: bool
    is_blocked_by: bool
    is_muting: bool
    is_muting_notifications: bool
    mute_expires_at: datetime | None
    is_requested: bool
    is_requested_by: bool
    is_muting_domain: bool
    is_endorsed: bool
    note: str


@dataclass(frozen=True)
class ShownAccount:
    """An account with what its own row does not say but everybody sees."""

    account: Account
    line: AccountLine
    role: Role | None  # None: it has no login here
    is_noindex: bool
    moved_to: "ShownAccount | None"


@dataclass(frozen=True)
class Rule:
    """One rule. `translations` maps a language to {"text", "hint"}."""

    id: int
    text: str
    hint: str
    translations: Mapping[str, Any]


@dataclass(frozen=True)
class Refusal:
    """Somebody elsewhere who is refused before they ever came; `account_id` once they did."""

    id: int
    username: str
    domain: str
    standing: str  # suspend, limit or sensitize
    reason: str
    made_by_account_id: int | None
    account_id: int | None
    created_at: datetime
