"""How much one server may send: a rate, and a share of what waits to be processed.

Counted after the signature was proved, so that nobody can use up another's share. The rate is
counted in this process, a minute at a time. What waits is looked at now and then only, and only
of those who send much: a server that sends faster than we process is asked to come back later,
and loses nothing by it, because servers try again.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from watertower.base.context import Context
from watertower.base.errors import TooMany
from watertower.federation.queries.received import count_waiting

MOST_PER_MINUTE = 30_000
MOST_WAITING = 50_000
LOOKED_AT_EVERY = 1000  # activities of one origin within a minute
RETRY_AFTER_SECONDS = 60


@dataclass
class _Minute:
    ends_at: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    full: set[str] = field(default_factory=set)


_minutes: WeakKeyDictionary[object, _Minute] = WeakKeyDictionary()


async def require_share(ctx: Context, *, origin: str) -> None:
    """Count one activity of this server. Raises TooMany when it must come back later."""
    if not ctx.settings.limits.enabled:
        return
    minute = _minutes.setdefault(ctx.db, _Minute())
    if minute.ends_at <= time.monotonic():
        minute = _minutes[ctx.db] = _Minute(time.monotonic() + 60.0)
    minute.counts[origin] += 1
    count = minute.counts[origin]
    if count % LOOKED_AT_EVERY == 0:
        async with ctx.reading() as tx:
            waiting = await count_waiting(tx, origin=origin, most=MOST_WAITING)
        if waiting >= MOST_WAITING:
            minute.full.add(origin)
    if count > MOST_PER_MINUTE or origin in minute.full:
        raise TooMany(retry_after_seconds=RETRY_AFTER_SECONDS)


def forget_shares() -> None:
    """Begin to count anew (tests)."""
    _minutes.clear()
