"""What can be refused about blocklists."""

from watertower.base.errors import Invalid, NotFound


class BlocklistNotFound(NotFound):
    """There is no such list."""


class NameMissing(Invalid):
    """A list is told from others by its name."""

    says = "Validation failed: The list needs a name of at most 200 characters"


class WrongAddress(Invalid):
    """Lists are fetched over the web."""

    says = "Validation failed: The address must begin with https://"
