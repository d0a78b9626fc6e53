"""What can be refused about accounts."""

from watertower.base.errors import Conflict, Forbidden, NotFound, Refused


class AccountNotFound(NotFound):
    """There is no such account, or the viewer may not see it."""


class MayNotAct(Forbidden):
    """The account is frozen or suspended."""

    says = "This action is not allowed"


class RegistrationsClosed(Forbidden):
    """Nobody, or nobody without an invitation, may sign up at present."""


class NetworkMayNotSignUp(Forbidden):
    """Moderators stopped sign-ups from this network."""

    says = "Nobody can sign up from your network at present"


class WrongPassword(Refused):
    """Name and password do not belong together, or there is no such login. One error for both."""

    says = "The e-mail address or password is not right"


class WrongCode(Refused):
    """The six-digit code or recovery code is not right, or was used before."""

    says = "The code is not right"


class LinkExpired(NotFound):
    """A link from a mail is unknown, too old, or was used."""

    says = "This link is no longer valid"


class SessionNotFound(NotFound):
    """There is no such session of this member."""


class LoginNotFound(NotFound):
    """There is no such login."""


class MayNotFollow(Forbidden):
    """One of the two blocks the other, the target moved away, or it is oneself."""


class RoleNotFound(NotFound):
    """There is no role of this name."""

    says = "There is no such role"


class InviteNotFound(NotFound):
    """There is no such invitation, or it cannot be used any more."""


class MayNotInvite(Forbidden):
    """The member's role does not allow to invite."""


class HandleTaken(Conflict):
    """Another account has this name, and the domain did not say that it is this one's."""


class RuleNotFound(NotFound):
    """There is no such rule in force."""


class ArchiveNotFound(NotFound):
    """There is no such archive of this member, or no more."""
