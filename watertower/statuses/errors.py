"""What can be refused about statuses. The sentences are Mastodon's: apps show them as they are."""

from watertower.base.errors import Forbidden, Invalid, NotFound


class StatusNotFound(NotFound):
    """There is no such status, or the viewer may not see it."""


class ParentNotFound(NotFound):
    """What the draft replies to is not there, or the author may not see it."""

    says = "The post you are trying to reply to does not appear to exist."


class QuotedNotFound(NotFound):
    """What the draft quotes is not there, or the author may not see it."""

    says = "The post you are trying to quote does not appear to exist."


class MayNotQuote(Forbidden):
    """The author of the quoted status does not want it quoted by this account."""


class MayNotReply(Forbidden):
    """The author of the status does not want it answered by this account."""

    says = "The author has limited who can reply to this post"


class MayNotBoost(Forbidden):
    """The status is not for further eyes."""


class DraftNotFound(NotFound):
    """There is no such draft, or it is somebody else's."""


class FolderNotFound(NotFound):
    """There is no such folder of bookmarks, or it is somebody else's."""


class TooManyDrafts(Invalid):
    """As many are kept as may be."""

    def __init__(self, most: int) -> None:
        super().__init__(f"Validation failed: You have exceeded the limit of {most} drafts")


class PollNotFound(NotFound):
    """There is no such poll, or the viewer may not see its status."""


class ScheduledNotFound(NotFound):
    """The account has no such scheduled status."""


class TooManyScheduled(Invalid):
    """The account has scheduled as much as it may."""


def refused(field: str, problem: str, code: str = "ERR_INVALID") -> Invalid:
    """A value that breaks a rule: `field` and `problem` make Mastodon's sentence.

    `refused("text", "can't be blank", "ERR_BLANK")` says "Validation failed: Text can't be
    blank". With the field "base" the problem is a sentence of its own.
    """
    shown = "" if field == "base" else field.replace("_", " ").capitalize() + " "
    return Invalid(f"Validation failed: {shown}{problem}", details={field: [(code, problem)]})
