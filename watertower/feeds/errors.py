"""What feeds refuse."""

from watertower.base.errors import Conflict, Forbidden, Invalid, NotFound


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


class CollectionNotFound(NotFound):
    """There is no such collection, or the viewer may not see it."""


class CollectionItemNotFound(NotFound):
    """Nobody is at this place of the collection, or it is not the member's to change."""


class MayNotBeFeatured(Forbidden):
    """The account did not agree to be put into collections by this member."""


class AlreadyInCollection(Invalid):
    """The account is in the collection, or left it for good."""

    says = "Validation failed: Account has already been taken"


class CollectionFull(Invalid):
    """The collection has as many accounts as allowed."""

    says = "Validation failed: You have reached the maximum number of accounts in a collection"


class TooManyCollections(Invalid):
    """The member has as many collections as allowed."""

    says = "Validation failed: You have reached the maximum number of collections"
