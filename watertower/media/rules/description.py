"""How long an alt text may be."""

from watertower.base.errors import Invalid
from watertower.media.model import MAX_DESCRIPTION


def require_description(description: str | None) -> None:
    """Raise Invalid for an alt text that is too long."""
    if description is not None and len(description) > MAX_DESCRIPTION:
        raise Invalid(
            f"Validation failed: Description is too long (maximum is {MAX_DESCRIPTION} characters)",
            details={"description": [("ERR_TOO_LONG", "is too long")]},
        )
