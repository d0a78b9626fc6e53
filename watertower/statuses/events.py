"""Facts about statuses that others react to. Ids only."""

from dataclasses import dataclass

from watertower.base.events import Event


@dataclass(frozen=True)
class StatusPublished(Event):
    """A status exists since now: ours, or received. Boosts announce StatusBoosted instead."""

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
