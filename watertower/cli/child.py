"""One process of the supervisor: forked from it, ends with it, is started again when it dies.

Forking shares the memory of everything that is imported already. That is safe as long as the
supervisor has one thread and no event loop, which `fork` checks.
"""

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from watertower.base.parent_death import die_with_parent

_PR_SET_NAME = 15  # prctl(2); at most 15 bytes are kept
_STEADY_SECONDS = 30.0
_LONGEST_PAUSE_SECONDS = 15.0
_HANDLED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)


@dataclass
class Child:
    """A process and how it has fared. `run` blocks until the process is told to stop."""

    name: str  # as "web 1"
    run: Callable[[], None]
    pid: int | None = None
    started_at: float = 0.0
    deaths_in_a_row: int = 0
    start_again_at: float = 0.0

    def start(self) -> None:
        """Fork the process."""
        self.pid = fork(self.name, self.run)
        self.started_at = time.monotonic()

    def reap(self) -> str | None:
        """How the process ended, in words, if it has; then it may be started again."""
        if self.pid is None:
            return None
        try:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
        except ChildProcessError:
            pid, status = self.pid, 0
        if pid == 0:
            return None
        self.pid = None
        return _in_words(os.waitstatus_to_exitcode(status))

    def plan_restart(self) -> float:
        """When to start again: at once, then ever later. Answers the pause in seconds."""
        now = time.monotonic()
        if now - self.started_at > _STEADY_SECONDS:
            self.deaths_in_a_row = 0
        pause = min(2.0 ** (self.deaths_in_a_row - 2), _LONGEST_PAUSE_SECONDS)
        pause = pause if self.deaths_in_a_row else 0.0
        self.deaths_in_a_row += 1
        self.start_again_at = now + pause
        return pause

    def send(self, number: signal.Signals) -> None:
        """Send the signal, if the process runs. It is ours until reaped, so the pid is its own."""
        if self.pid is not None:
            os.kill(self.pid, number)


def fork(name: str, run: Callable[[], None]) -> int:
    """Run a function in a process that the kernel ends with us. Answers its pid.

    Raises RuntimeError when we have several threads: a lock that one of them held at the fork
    would stay locked for ever in the child.
    """
    threads = _count_threads()
    if threads > 1:
        raise RuntimeError(f"the supervisor has {threads} threads; a fork would not be safe")
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    # A signal between the fork and the reset of the handlers must wait, not be lost.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HANDLED)
    pid = os.fork()
    if pid == 0:
        _become(name, run, parent)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return pid


def _become(name: str, run: Callable[[], None], parent: int) -> None:
    """Never returns: the child must not unwind into the supervisor's code."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in _HANDLED:
            signal.signal(number, signal.SIG_DFL)
        # Ctrl-C of the terminal goes to its whole group; only the supervisor shall act on it.
        os.setpgid(0, 0)
        die_with_parent(signal.SIGKILL, parent=parent)
        _show_name(name)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        run()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:  # noqa: BLE001  # the last frame of this process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _show_name(name: str) -> None:
    """Let ps and top show what this process is."""
    if sys.platform == "linux":
        short = f"wt {name}".replace(" ", "-")[:15].encode()
        ctypes.CDLL(None).prctl(_PR_SET_NAME, short, 0, 0, 0)


def _count_threads() -> int:
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else 1


def _in_words(code: int) -> str:
    if code >= 0:
        return f"ended with exit code {code}"
    try:
        return f"was killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"was killed by signal {-code}"
