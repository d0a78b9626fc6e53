"""Facts that feeds announce."""

from dataclasses import dataclass

from watertower.base.events import Event


@dataclass(frozen=True)
class NotificationMade(Event):
    """A member has a new notification."""

    notification_id: int


@dataclass(frozen=True)
class AddedToCollection(Event):
    """An account was put into a collection."""

    item_id: int


@dataclass(frozen=True)
class ImportBegun(Event):
    """A member brought a file; its rows are to be done."""

    import_id: int
