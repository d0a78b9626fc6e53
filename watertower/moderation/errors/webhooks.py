"""What can be refused about webhooks."""

from watertower.base.errors import Conflict, Forbidden, Invalid, NotFound


class WebhookNotFound(NotFound):
    """There is no such webhook."""


class WrongUrl(Invalid):
    """Not an address that we could call."""

    says = "Please give a web address that begins with https."


class WrongEvents(Invalid):
    """None, or unknown ones."""

    says = "Please choose at least one of the events."


class TooManyWebhooks(Conflict):
    """Enough."""

    says = "There are too many webhooks. Remove one first."


class NotYours(Forbidden):
    """It carries what the member may not see."""

    says = "This webhook carries events that you may not see here."
