"""What feeds refuse."""

from watertower.base.errors import Conflict, Invalid, NotFound


class ListNotFound(NotFound):
    """The member has no such list."""


class NotificationNotFound(NotFound):
    """The member has no such notification."""


class ConversationNotFound(NotFound):
    """The member has no such conversation."""


class FilterNotFound(NotFound):
    """The member has no such filter, keyword or filtered status."""


class AnnouncementNotFound(NotFound):
    """There is no such announcement, or it is not published."""


class TagNotFound(NotFound):
    """What was asked for is no hashtag."""


class NotFollowed(NotFound):
    """Only accounts that one follows can be put into a list."""


class AlreadyInList(Conflict):
    """The account is in the list."""

    says = "Validation failed: Account has already been taken"


class TooManyLists(Invalid):
    """The member has as many lists as allowed."""

    says = "Validation failed: You have reached the maximum amount of lists"


class MarkerMoved(Conflict):
    """Another app wrote the marker in between."""

    says = "Conflict during update, please try again"


class PushSubscriptionNotFound(NotFound):
    """The app has no push subscription."""
