"""What can be refused about incidents for which servers are limited."""

from watertower.base.errors import Invalid, NotFound


class IncidentNotFound(NotFound):
    """There is no such incident, or it is over."""


class StricterAlready(Invalid):
    """What moderators decided about the server is not weakened by an incident."""

    says = "Something was decided about this server already; it is not replaced by an incident"
