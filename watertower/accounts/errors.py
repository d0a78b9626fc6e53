"""What can be refused about accounts."""

from watertower.base.errors import Forbidden, NotFound


class AccountNotFound(NotFound):
    """There is no such account, or the viewer may not see it."""


class MayNotAct(Forbidden):
    """The account is frozen or suspended."""

    says = "This action is not allowed"
