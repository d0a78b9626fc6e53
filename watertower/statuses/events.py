"""Facts about statuses that others react to. Ids only."""

from dataclasses import dataclass

from watertower.base.events import Event


@dataclass(frozen=True)
class StatusPublished(Event):
    """A status exists since now: ours, or received. Boosts announce StatusBoosted instead."""

    status_id: int


@dataclass(frozen=True)
class StatusQuotes(Event):
    """A member's new status quotes somebody of another server, who has to be asked."""

    status_id: int


@dataclass(frozen=True)
class StatusPublishedQuietly(Event):
    """A status that was received exists since now, and nobody is to be notified of it."""

    status_id: int


@dataclass(frozen=True)
class StatusFavourited(Event):
    """An account starred a status."""

    status_id: int
    actor_id: int
    favourite_id: int


@dataclass(frozen=True)
class StatusUnfavourited(Event):
    """An account took its star back."""

    status_id: int
    actor_id: int
    favourite_id: int


@dataclass(frozen=True)
class StatusBoosted(Event):
    """An account passed a status on; `status_id` is the boost."""

    status_id: int
    reblog_of_id: int


@dataclass(frozen=True)
class StatusUnboosted(Event):
    """An account took its boost back. `uri` is that of the boost."""

    status_id: int
    reblog_of_id: int
    actor_id: int
    uri: str


@dataclass(frozen=True)
class StatusEdited(Event):
    """What a status shows was changed by its author."""

    status_id: int


@dataclass(frozen=True)
class StatusDeleted(Event):
    """A status is gone for everybody, and with it its boosts.

    The rows stay, marked: whoever saw them can still be found.
    """

    status_id: int
    account_id: int
    uri: str


@dataclass(frozen=True)
class StatusPinned(Event):
    """An author put a status on top of the profile."""

    status_id: int
    account_id: int


@dataclass(frozen=True)
class StatusUnpinned(Event):
    """An author took a status from the top of the profile."""

    status_id: int
    account_id: int


@dataclass(frozen=True)
class CardWanted(Event):
    """A status points to a page since now; what is behind the link should be shown."""

    status_id: int


@dataclass(frozen=True)
class PollOpened(Event):
    """A poll may be voted in since now, or ends at another time than before."""

    poll_id: int


@dataclass(frozen=True)
class PollVoted(Event):
    """An account voted; `choices` are places in the list of options."""

    poll_id: int
    actor_id: int
    choices: list[int]


@dataclass(frozen=True)
class PollClosed(Event):
    """The time of a poll is over."""

    poll_id: int


@dataclass(frozen=True)
class QuoteRevoked(Event):
    """An author took its status out of another that quoted it."""

    status_id: int
    quoted_status_id: int


@dataclass(frozen=True)
class QuoteSettled(Event):
    """Whether a status may show what it quotes is known since now, or is different."""

    status_id: int


@dataclass(frozen=True)
class QuotePolicyChanged(Event):
    """An author lets others quote a status, or fewer than before."""

    status_id: int


@dataclass(frozen=True)
class ThreadOpened(Event):
    """A member reads a thread of another server; answers that we lack should be looked for."""

    status_id: int


@dataclass(frozen=True)
class StatusWithheld(Event):
    """Staff took a status away, in a way that can be undone; its boosts went with it."""

    status_id: int
    account_id: int
    uri: str


@dataclass(frozen=True)
class StatusGivenBack(Event):
    """A withheld status is there again, with its boosts and counts."""

    status_id: int


@dataclass(frozen=True)
class StatusCovered(Event):
    """Staff covered the media of a status, or no longer; it is no edit of its author."""

    status_id: int
