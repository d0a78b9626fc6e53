"""Answers that are the same for everybody, kept as bytes for a short while."""

import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from watertower.base.context import Context
from watertower.base.db.pool import Database

T = TypeVar("T")


class Kept(Generic[T]):
    """One value for each database (tests have several in a process), made anew when it is old."""

    def __init__(self, make: Callable[[Context], Awaitable[T]], *, seconds: float) -> None:
        self._make = make
        self._seconds = seconds
        self._values: WeakKeyDictionary[Database, tuple[float, T]] = WeakKeyDictionary()

    async def get(self, ctx: Context) -> T:
        """The value, no older than the time it may be kept."""
        kept = self._values.get(ctx.db)
        if kept is not None and time.monotonic() < kept[0]:
            return kept[1]
        value = await self._make(ctx)
        self._values[ctx.db] = (time.monotonic() + self._seconds, value)
        return value

    def forget(self) -> None:
        """Make it anew next time."""
        self._values.clear()
