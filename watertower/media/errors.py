"""What can be refused about files, in the words that apps show to people."""

from watertower.base.errors import Invalid, NotFound, Unreachable


class MediaNotFound(NotFound):
    """No such attachment, or it is somebody else's."""


class WrongFileType(Invalid):
    """What the bytes say it is, is nothing we take. The name and the header are not believed."""

    says = "Validation failed: File content type is invalid, File is invalid"


class FileTooLarge(Invalid):
    """More bytes or more pixels than the settings allow."""

    says = "Validation failed: File is too large"


class CannotProcess(Invalid):
    """Damaged, hostile, or it took more time or memory than one file may take."""

    says = "Error processing thumbnail for uploaded media"


class NotFinished(Invalid):
    """Attached too early."""

    says = "Cannot attach files that have not finished processing. Try again in a moment!"


class TooManyFiles(Invalid):
    """More than a status holds."""

    says = "Cannot attach more than 4 files"


class MixedFiles(Invalid):
    """A video or sound is alone in its status."""

    says = "Cannot attach a video to a post that already contains images"


class MediaInUse(Invalid):
    """Deleted while a status shows it."""

    says = "Media attachment is currently used by a status"


class StoreFailed(Unreachable, OSError):  # noqa: N818  # it reads as what happened
    """The store of files does not answer or refuses us. Trying again may help."""

    says = "Files cannot be stored or read at the moment. Please try again shortly."
