"""What was rendered once and is the same for everybody, kept until its version grows.

The version comes with every query that needs the rendering, so nothing has to be told that it
is stale: an old entry is simply not the one asked for. Bounded by bytes, least used first out.
"""

from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class VersionedCache(Generic[T]):
    """Values by (id, version)."""

    def __init__(self, *, most_bytes: int) -> None:
        self._values: OrderedDict[int, tuple[int, int, T]] = OrderedDict()
        self._bytes = 0
        self._most = most_bytes

    def get(self, key: int, version: int) -> T | None:
        """The value of exactly this version."""
        found = self._values.get(key)
        if found is None or found[0] != version:
            return None
        self._values.move_to_end(key)
        return found[2]

    def put(self, key: int, version: int, value: T, size: int) -> None:
        """Keep a value; `size` is about what it weighs, in bytes."""
        old = self._values.pop(key, None)
        if old is not None:
            self._bytes -= old[1]
        self._values[key] = (version, size, value)
        self._bytes += size
        while self._bytes > self._most and self._values:
            _, dropped = self._values.popitem(last=False)
            self._bytes -= dropped[1]

    def clear(self) -> None:
        """Forget everything (tests)."""
        self._values.clear()
        self._bytes = 0
