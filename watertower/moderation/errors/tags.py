"""What can be refused about hashtags."""

from watertower.base.errors import Invalid


class AnotherTag(Invalid):
    """A new spelling must be of the same name."""

    def __init__(self) -> None:
        problem = "does not match the previous name"
        super().__init__(
            f"Validation failed: Display name {problem}",
            details={"display_name": [("ERR_INVALID", problem)]},
        )
