"""What can be refused in research."""

from watertower.base.errors import Invalid, NotFound


class NotResearch(NotFound):
    """The case is another kind of case, or one that may not be seen."""

    says = "There is no such research"


class NobodyToWatch(Invalid):
    """Neither an account nor a server that we know."""

    says = "Name an account or a server that we know"


class NothingToHandOver(Invalid):
    """A hand-over needs a server and words."""

    says = "Name a server of the watch list and write what was found"
