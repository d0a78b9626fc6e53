"""A deadline as pages show it: the moment, what is left, and how much of the time is over."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class DeadlineView:
    """One deadline."""

    words: str
    due: datetime
    left: str
    percent: int
    is_over: bool


def deadline_view(words: str, begin: datetime, due: datetime, now: datetime) -> DeadlineView:
    """What a template may say about it."""
    whole = max((due - begin).total_seconds(), 1)
    gone = min(max((now - begin).total_seconds() / whole, 0), 1)
    return DeadlineView(words, due, time_left(now, due), round(gone * 100), now >= due)


def time_left(now: datetime, due: datetime) -> str:
    """`3 days left`, `5 hours left`, `over since 2 days`: rounded down, never to nothing."""
    seconds = (due - now).total_seconds()
    for size, one, many in ((86_400, "day", "days"), (3600, "hour", "hours")):
        count = int(abs(seconds) // size)
        if count:
            spoken = f"{count} {one if count == 1 else many}"
            break
    else:
        spoken = "less than an hour"
    return f"{spoken} left" if seconds > 0 else f"over for {spoken}"
