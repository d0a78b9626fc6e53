"""What feeds are made of, as they are handed to doors. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from watertower.accounts.model import AccountLine, Preferences
from watertower.base.ids import MAX_ID


@dataclass(frozen=True)
class TagChoice:
    """Which tags: one of `any_of`, every one of `all_of`, none of `none_of`; normalised names."""

    any_of: Sequence[str]
    all_of: Sequence[str] = ()
    none_of: Sequence[str] = ()


@dataclass(frozen=True)
class AccountList:
    """One list. An exclusive one keeps its members' posts out of the home."""

    id: int
    title: str
    replies_policy: str
    is_exclusive: bool


@dataclass(frozen=True)
class InboxConversation:
    """One private exchange in a member's list."""

    id: int
    participant_ids: Sequence[int]
    last_status_id: int
    is_unread: bool


# What stands alone among grouped notifications is named by this and its id.
UNGROUPED = "ungrouped-"


@dataclass(frozen=True)
class NotificationLine:
    """One notification, with the line of who caused it."""

    id: int
    kind: str
    created_at: datetime
    group_key: str
    is_filtered: bool
    status_id: int | None
    account: AccountLine
    subject_id: int = 0  # what makes it one of its kind


@dataclass(frozen=True)
class NotificationGroup:
    """Notifications that are shown as one: who caused them, newest first, and of how many."""

    key: str
    kind: str
    status_id: int | None
    subject_id: int
    from_account_ids: Sequence[int]  # a sample
    count: int
    newest_id: int
    sort: int  # the id to page by
    page_min_id: int | None = None  # of those that belong to the page; None outside of pages
    page_max_id: int | None = None
    page_newest_at: datetime | None = None


@dataclass(frozen=True)
class NotificationPolicy:
    """What becomes of notifications from strangers: each is accept, filter or drop."""

    for_not_following: str = "accept"
    for_not_followers: str = "accept"
    for_new_accounts: str = "accept"
    for_private_mentions: str = "filter"
    for_limited_accounts: str = "filter"
    for_bots: str = "accept"


@dataclass(frozen=True)
class NotificationRequest:
    """Notifications of one sender that are kept aside; the sender's id is the request's."""

    account_id: int
    count: int
    created_at: datetime
    updated_at: datetime
    last_status_id: int | None
    newest_id: int


@dataclass(frozen=True)
class Marker:
    """How far a member has read a timeline."""

    timeline: str
    last_read_id: int
    version: int
    updated_at: datetime


@dataclass(frozen=True)
class TagDay:
    """How often a tag was used on a day, and by how many."""

    day: date
    uses: int
    accounts: int


@dataclass(frozen=True)
class TrendingLink:
    """A link that several people shared; `card` is a row of preview_cards."""

    card_id: int
    card: Mapping[str, Any]
    days: Sequence[TagDay]

    @property
    def url(self) -> str:
        """The address behind the link."""
        return str(self.card["url"])


@dataclass(frozen=True)
class TagLine:
    """A hashtag as a member sees it, with its last seven days, newest first."""

    id: int
    name: str
    shown_name: str
    is_followed: bool
    is_featured: bool
    days: Sequence[TagDay]
    sort: int


@dataclass(frozen=True)
class Outline:
    """What decides to which streams a status belongs. `is_reply`: to somebody else."""

    id: int
    account_id: int
    domain: str | None
    visibility: int
    is_local: bool
    has_media: bool
    language: str | None
    is_boost: bool
    is_reply: bool
    is_deleted: bool
    is_shown_to_all: bool
    tags: Sequence[str]
    mentioned_ids: Sequence[int]


@dataclass(frozen=True)
class PushSubscription:
    """What an app asked to be pushed: kinds of notification, and from whom."""

    id: int
    endpoint: str
    is_standard: bool
    alerts: Mapping[str, bool]
    policy: str


@dataclass(frozen=True)
class PushedNotification:
    """A notification as it is told to one app, and how to reach the app."""

    notification_id: int
    kind: str
    created_at: datetime
    username: str
    display_name: str
    note_html: str
    avatar_key: str | None
    content_html: str | None  # of the status it is about, if any
    content_warning: str | None
    locale: str
    endpoint: str
    p256dh: str
    auth: str
    is_standard: bool
    sealed_token: str


@dataclass(frozen=True)
class KeywordChange:
    """A keyword as an app sends it: new without an id; with one changed, or removed."""

    keyword: str | None
    is_whole_word: bool | None
    id: int | None = None
    is_removed: bool = False


@dataclass(frozen=True)
class FeaturedTag:
    """A hashtag that an account shows on its profile."""

    id: int
    name: str
    shown_name: str
    statuses_count: int
    last_status_at: datetime | None


@dataclass(frozen=True)
class StatusQuestion:
    """A search in statuses, its operators taken apart. `where` is all, library or public."""

    words: str
    where: str = "all"
    from_account_id: int | None = None
    before_id: int = MAX_ID
    after_id: int = 0
    language: str | None = None
    has_media: bool | None = None
    has_poll: bool | None = None
    has_embed: bool | None = None
    is_reply: bool | None = None
    is_sensitive: bool | None = None


@dataclass(frozen=True)
class MailedNotification:
    """A notification with all that a mail about it needs. Status parts are empty without one."""

    kind: str
    account_id: int
    username: str
    email: str
    preferences: Preferences
    last_active_at: datetime | None
    name: str  # of who caused it
    handle: str
    profile_url: str
    status_url: str | None
    content_html: str
    content_warning: str


@dataclass(frozen=True)
class CollectionItem:
    """An account's place in a collection."""

    id: int
    account_id: int
    created_at: datetime


@dataclass(frozen=True)
class Collection:
    """A public selection of accounts, with those of them that the viewer may see."""

    id: int
    account_id: int
    name: str
    description: str
    language: str | None
    is_sensitive: bool
    is_discoverable: bool
    tag_name: str | None
    created_at: datetime
    updated_at: datetime
    items: Sequence[CollectionItem]


@dataclass(frozen=True)
class CollectionChange:
    """What a member typed about a collection; None: left as it is. An empty tag: none."""

    name: str | None = None
    description: str | None = None
    language: str | None = None
    is_sensitive: bool | None = None
    is_discoverable: bool | None = None
    tag_name: str | None = None
