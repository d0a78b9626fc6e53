"""What can be refused about reports. The sentences are Mastodon's: apps show them as they are."""

from watertower.base.errors import Invalid, NotFound


class ReportNotFound(NotFound):
    """There is no such report."""


class NoSuchRule(Invalid):
    """The report names a rule that is not in force."""

    def __init__(self) -> None:
        super().__init__(
            "Validation failed: Rules does not reference valid rules",
            details={"rule_ids": [("ERR_INVALID", "does not reference valid rules")]},
        )


class CommentTooLong(Invalid):
    """The comment is longer than anybody would read."""

    def __init__(self, most: int) -> None:
        problem = f"is too long (maximum is {most} characters)"
        super().__init__(
            f"Validation failed: Comment {problem}",
            details={"comment": [("ERR_TOO_LONG", problem)]},
        )
