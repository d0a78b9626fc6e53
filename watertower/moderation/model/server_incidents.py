"""An incident for which servers are limited for a time. No I/O."""

from dataclasses import dataclass
from datetime import datetime

LONGEST_NAME = 200


@dataclass(frozen=True)
class Incident:
    """Named, on a public page, with a date to look again; closed when its list is empty."""

    id: int
    name: str
    text: str
    review_at: datetime
    created_at: datetime
    closed_at: datetime | None
