"""What can be refused about accounts."""

from watertower.base.errors import Forbidden, NotFound, Refused


class AccountNotFound(NotFound):
    """There is no such account, or the viewer may not see it."""


class MayNotAct(Forbidden):
    """The account is frozen or suspended."""

    says = "This action is not allowed"


class RegistrationsClosed(Forbidden):
    """Nobody, or nobody without an invitation, may sign up at present."""


class WrongPassword(Refused):
    """Name and password do not belong together, or there is no such login. One error for both."""

    says = "The e-mail address or password is not right"


class WrongCode(Refused):
    """The six-digit code or recovery code is not right, or was used before."""

    says = "The code is not right"


class LinkExpired(NotFound):
    """A link from a mail is unknown, too old, or was used."""

    says = "This link is no longer valid"
