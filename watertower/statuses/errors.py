"""What can be refused about statuses."""

from watertower.base.errors import NotFound


class StatusNotFound(NotFound):
    """There is no such status, or the viewer may not see it."""
