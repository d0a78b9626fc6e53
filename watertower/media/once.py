"""Does a thing once, however many wait for it, and leaves what failed alone for a while."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Hashable
from typing import Any

from watertower.base.errors import Unreachable

MOST_REMEMBERED = 10_000


class Once:
    """Downloads under way in this process, and those that failed lately."""

    def __init__(self, *, at_once: int, wait_seconds: float, quiet_seconds: float) -> None:
        self._room = asyncio.Semaphore(at_once)
        self._wait_seconds = wait_seconds
        self._quiet_seconds = quiet_seconds
        self._tasks: dict[Hashable, asyncio.Task[str]] = {}
        self._failed: dict[Hashable, float] = {}

    async def do(self, name: Hashable, make: Callable[[], Coroutine[Any, Any, str]]) -> str:
        """What `make` brings, or what the one brings that is under way.

        A caller waits `wait_seconds`; the work goes on without it. Unreachable when that is
        over, and for `quiet_seconds` after a failure.
        """
        if self._failed.get(name, 0.0) > time.monotonic():
            raise Unreachable
        task = self._tasks.get(name)
        if task is None:
            task = self._tasks[name] = asyncio.create_task(self._in_room(make))
            task.add_done_callback(lambda done: self._finish(name, done))
        try:
            return await asyncio.wait_for(asyncio.shield(task), self._wait_seconds)
        except TimeoutError as error:
            raise Unreachable from error

    async def _in_room(self, make: Callable[[], Coroutine[Any, Any, str]]) -> str:
        async with self._room:
            return await make()

    def _finish(self, name: Hashable, task: asyncio.Task[str]) -> None:
        self._tasks.pop(name, None)
        if task.cancelled() or task.exception() is not None:
            if len(self._failed) >= MOST_REMEMBERED:
                self._failed.clear()
            self._failed[name] = time.monotonic() + self._quiet_seconds
