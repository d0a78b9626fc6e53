"""When a deadline is spoken of: at half of its time, at nine tenths, and when it is over."""

from datetime import datetime

SHARES = (0.5, 0.9)


def moments_to_remind(begin: datetime, due: datetime) -> tuple[datetime, ...]:
    """The two moments between `begin` and `due`, in order; none if there is no time between."""
    if due <= begin:
        return ()
    return tuple(begin + (due - begin) * share for share in SHARES)


def next_moment(begin: datetime, due: datetime, *, after: datetime) -> datetime | None:
    """The next moment after `after`: a reminder, or the deadline itself; None once that is over.

    What was missed while nobody looked is not made up for: one reminder says enough.
    """
    later = [moment for moment in (*moments_to_remind(begin, due), due) if moment > after]
    return later[0] if later else None
