"""Keeps the processes of one machine running, and stops them in order.

The database stops last. A process that dies is started again; the ports stay open meanwhile,
because the supervisor holds them, so that callers wait instead of being refused.
"""

import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from watertower.base.db.embedded import EmbeddedPostgres
from watertower.base.db.embedded_errors import EmbeddedPostgresError
from watertower.cli.child import Child

DRAIN_SECONDS = 10.0
_LOOK_EVERY_SECONDS = 1.0  # in case a signal was missed
_KILLED_SECONDS = 5.0


class Supervisor:
    """Runs until SIGINT or SIGTERM. Make one for each process, in the main thread."""

    def __init__(
        self,
        children: Sequence[Child],
        postgres: EmbeddedPostgres | None,
        say: Callable[[str], None],
    ) -> None:
        self._children = list(children)
        self._postgres = postgres
        self._say = say
        self._stop_requests = 0
        self._wake_read, self._wake_write = os.pipe()
        for descriptor in (self._wake_read, self._wake_write):
            os.set_blocking(descriptor, False)

    def start(self) -> None:
        """Take over the signals and start every child."""
        signal.signal(signal.SIGCHLD, _nothing)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup means it
            signal.signal(signal.SIGHUP, self._on_stop)
        signal.signal(signal.SIGINT, self._on_stop)
        signal.signal(signal.SIGTERM, self._on_stop)
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        for child in self._children:
            child.start()

    def run(self) -> int:
        """Look after the children until told to stop; answers the exit code."""
        while not self._stop_requests:
            self._wait(self._seconds_to_next_start())
            if not self._look_after_postgres():
                self.stop()
                return 1
            self._look_after_children()
        self.stop()
        return 0

    def stop(self) -> None:
        """Let every child finish what it does, end those that take too long, then the database."""
        asked_before = self._stop_requests
        self._say("Stopping: running requests and jobs may finish. Ctrl-C again hurries.")
        self._end_children(signal.SIGTERM, DRAIN_SECONDS, asked_before)
        late = [child.name for child in self._children if child.pid is not None]
        if late:
            self._say(f"Ending what did not finish: {', '.join(late)}.")
            self._end_children(signal.SIGKILL, _KILLED_SECONDS, None)
        if self._postgres is not None:
            self._postgres.stop()
        self._say("Stopped.")

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop_requests += 1

    def _wait(self, seconds: float) -> None:
        """Sleep until a signal comes or the time is over."""
        select.select([self._wake_read], [], [], seconds)
        try:
            os.read(self._wake_read, 4096)
        except BlockingIOError:
            return

    def _look_after_postgres(self) -> bool:
        """Start the database again if it was killed. False when that is impossible."""
        postgres = self._postgres
        if postgres is None or postgres.is_running() or self._stop_requests:
            return True
        self._say("PostgreSQL ended by itself; starting it again. Nothing committed is lost.")
        try:
            postgres.run(self._say)
        except EmbeddedPostgresError as error:
            self._say(str(error))
            return False
        return True

    def _look_after_children(self) -> None:
        for child in self._children:
            pid = child.pid
            if (how := child.reap()) is not None:
                pause = child.plan_restart()
                when = f"in {pause:g} s" if pause else "now"
                self._say(f"{child.name} (process {pid}) {how}; starting it again {when}.")
            if self._stop_requests:
                return
            if child.pid is None and child.start_again_at <= time.monotonic():
                child.start()

    def _seconds_to_next_start(self) -> float:
        due = [child.start_again_at for child in self._children if child.pid is None]
        pause = min(due, default=time.monotonic() + _LOOK_EVERY_SECONDS) - time.monotonic()
        return max(0.0, min(pause, _LOOK_EVERY_SECONDS))

    def _end_children(
        self, number: signal.Signals, seconds: float, asked_before: int | None
    ) -> None:
        """Send the signal and wait; no longer once somebody asks again."""
        for child in self._children:
            child.send(number)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for child in self._children:
                child.reap()
            if all(child.pid is None for child in self._children):
                return
            if asked_before is not None and self._stop_requests > max(asked_before, 1):
                return
            self._wait(0.1)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """SIGCHLD only has to wake us."""
