"""What can be refused about mistakes."""

from watertower.base.errors import Conflict, NotFound


class MistakeNotFound(NotFound):
    """There is no such mistake, or its case is hidden."""


class NotYet(Conflict):
    """The steps come one after another."""

    says = "This comes later: first it is confirmed, then put right, then followed up"
