"""Facts about votes that others react to. Ids only."""

from dataclasses import dataclass

from watertower.base.events import Event


@dataclass(frozen=True)
class VoteHeralded(Event):
    """It was decided when members are to be asked; they are to be told."""

    vote_id: int


@dataclass(frozen=True)
class VoteOpened(Event):
    """Members can answer."""

    vote_id: int


@dataclass(frozen=True)
class VoteClosed(Event):
    """It is over and the results are kept."""

    vote_id: int


@dataclass(frozen=True)
class VotePublished(Event):
    """Result and decision are public."""

    vote_id: int


@dataclass(frozen=True)
class VoteCancelled(Event):
    """A vote that members knew of will not be finished."""

    vote_id: int
