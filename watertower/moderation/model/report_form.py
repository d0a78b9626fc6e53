"""What the form of a report offers. No I/O."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Offered:
    """A post that can be named in a report."""

    id: int
    text: str
    html: str
    content_warning: str
    language: str | None
    visibility: int
    created_at: datetime
    files: int
