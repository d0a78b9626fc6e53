"""Facts about accounts that others react to. Ids and addresses only.

In every event about a follow, `actor_id` is who follows or asks and `target_id` is who is
followed or asked, whoever of the two caused the event. `uri` is the ActivityPub id of the Follow
or Block that ended, empty if it never had one: the row is gone when the reaction runs.
"""

from dataclasses import dataclass

from watertower.base.events import Event


@dataclass(frozen=True)
class FollowAsked(Event):
    """Somebody asked to follow. To another server: a Follow is to be sent."""

    follow_request_id: int
    actor_id: int
    target_id: int


@dataclass(frozen=True)
class Followed(Event):
    """A follow began: at once, or because a request was accepted."""

    follow_id: int
    actor_id: int
    target_id: int


@dataclass(frozen=True)
class Unfollowed(Event):
    """The follower ended its follow, or took back its request. Homes and lists forget."""

    actor_id: int
    target_id: int
    uri: str


@dataclass(frozen=True)
class FollowAccepted(Event):
    """The target said yes. Comes beside Followed, and again when a server repeats its Follow."""

    actor_id: int
    target_id: int
    uri: str


@dataclass(frozen=True)
class FollowRejected(Event):
    """The target refused a request or removed a follower. Homes and lists of the actor forget."""

    actor_id: int
    target_id: int
    uri: str


@dataclass(frozen=True)
class Blocked(Event):
    """An account blocks another. What it ended has events of its own, recorded before this."""

    actor_id: int
    target_id: int


@dataclass(frozen=True)
class Unblocked(Event):
    """An account no longer blocks another."""

    actor_id: int
    target_id: int
    uri: str


@dataclass(frozen=True)
class Muted(Event):
    """An account mutes another, or changed how."""

    actor_id: int
    target_id: int


@dataclass(frozen=True)
class Unmuted(Event):
    """An account no longer mutes another, by choice or because the time is over."""

    actor_id: int
    target_id: int


@dataclass(frozen=True)
class DomainMuted(Event):
    """A member hides a whole server: follows in both directions end."""

    account_id: int
    domain: str


@dataclass(frozen=True)
class ProfileChanged(Event):
    """Something that everybody sees of a profile is different."""

    account_id: int


@dataclass(frozen=True)
class MemberCreated(Event):
    """Somebody signed up; the address may be unconfirmed and the application undecided."""

    account_id: int


@dataclass(frozen=True)
class MemberApproved(Event):
    """Staff let an applicant in; the address may still be unconfirmed."""

    login_id: int


@dataclass(frozen=True)
class MemberJoined(Event):
    """A member is confirmed and approved: from now on the account can be used."""

    account_id: int


@dataclass(frozen=True)
class TokensRevoked(Event):
    """Access tokens became worthless; what hangs on them (push subscriptions) goes too."""

    token_ids: list[int]


@dataclass(frozen=True)
class MemberReturned(Event):
    """A member is here again after a month or more, or for the first time."""

    account_id: int


@dataclass(frozen=True)
class AccountForgotten(Event):
    """An account of another server was deleted by its owner: nothing of it shows any more."""

    account_id: int


@dataclass(frozen=True)
class MemberDeleted(Event):
    """A member left for good. The row stays with the name; each room forgets its own."""

    account_id: int


@dataclass(frozen=True)
class AccountMoved(Event):
    """A member took its followers to another account. ProfileChanged comes beside it."""

    account_id: int
    target_id: int
    move_id: int


@dataclass(frozen=True)
class ArchiveWanted(Event):
    """A member asked for an archive of all it posted. The federation writes the documents."""

    archive_id: int


@dataclass(frozen=True)
class AccountSuspended(Event):
    """Moderation took an account out of view, whole and restorable."""

    account_id: int


@dataclass(frozen=True)
class AccountRestored(Event):
    """A suspension was lifted: everything is as it was."""

    account_id: int


@dataclass(frozen=True)
class AccountLimited(Event):
    """Only followers hear of an account from now on."""

    account_id: int


@dataclass(frozen=True)
class AccountUnlimited(Event):
    """Everybody hears of an account again."""

    account_id: int


@dataclass(frozen=True)
class AccountSensitized(Event):
    """The media of an account are covered for everybody."""

    account_id: int


@dataclass(frozen=True)
class AccountUnsensitized(Event):
    """The author's own choice of what is covered counts again."""

    account_id: int


@dataclass(frozen=True)
class AccountFrozen(Event):
    """A member may only read, answer and put things right."""

    account_id: int


@dataclass(frozen=True)
class AccountUnfrozen(Event):
    """A member may do everything again."""

    account_id: int


@dataclass(frozen=True)
class ServerMet(Event):
    """The first account of a server was fetched: from now on we exchange with it."""

    domain: str


@dataclass(frozen=True)
class ServerPolicyChanged(Event):
    """Something else holds for a server (and those below it, if so decided) than before."""

    domain: str


@dataclass(frozen=True)
class RelationshipsSevered(Event):
    """A policy was carried out: members who lost somebody by it are to be told."""

    domain: str


@dataclass(frozen=True)
class RefusedAccountCame(Event):
    """An account elsewhere that was refused in advance was seen for the first time."""

    account_id: int
    refusal_id: int
