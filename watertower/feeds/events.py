"""Facts that feeds announce."""

from dataclasses import dataclass

from watertower.base.events import Event


@dataclass(frozen=True)
class NotificationMade(Event):
    """A member has a new notification."""

    notification_id: int
