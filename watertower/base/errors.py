"""What can be refused, in our words. Rooms subclass these; each door translates the kind once.

A refusal is normal and counted. Anything that is not a Refused is a fault: it is logged with
its trace and somebody fixes it.
"""

from collections.abc import Mapping, Sequence


class Refused(Exception):  # noqa: N818  # it reads as what happened: "publish refused"
    """The base of every refusal. `says` is for people; it never contains private data."""

    says = "This was refused."

    def __init__(self, says: str | None = None) -> None:
        super().__init__(says or self.says)
        self.says = says or self.says


class NotFound(Refused):
    """It does not exist, or the viewer may not know that it does. One error for both."""

    says = "Record not found"


class NotSignedIn(Refused):
    """Somebody must sign in first."""

    says = "The access token is invalid"


class Forbidden(Refused):
    """The viewer is known and may not do this."""

    says = "This action is not allowed"


class Invalid(Refused):
    """The request makes no sense. `details` maps a field to what is wrong with it.

    Each problem is (code, sentence), the code in Mastodon's words: ERR_BLANK, ERR_TAKEN, ….
    """

    says = "Validation failed"

    def __init__(
        self,
        says: str | None = None,
        *,
        details: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    ) -> None:
        super().__init__(says)
        self.details = dict(details or {})


class Conflict(Refused):
    """It clashes with something that is there."""

    says = "This is already there"


class Gone(Refused):
    """It was here and is no more."""

    says = "Gone"


class TooMany(Refused):
    """A limit was reached. `retry_after_seconds` says when to come back."""

    says = "Too many requests"

    def __init__(self, says: str | None = None, *, retry_after_seconds: int = 60) -> None:
        super().__init__(says)
        self.retry_after_seconds = retry_after_seconds


class TooLarge(Refused):
    """More bytes than allowed."""

    says = "Too large"


class Unreachable(Refused):
    """Something outside did not answer in time. Trying again may help."""

    says = "Remote data could not be fetched"


class Busy(Refused):
    """We are short of something; the request was not carried out. Trying again helps."""

    says = "The server is busy. Please try again shortly."
