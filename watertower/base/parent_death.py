"""A child process that ends when its parent ends, however the parent ended.

Whoever starts a process (the supervisor, the database launcher, the media room for FFmpeg)
comes here, so that `kill -9` of the parent leaves no orphan. Linux only: elsewhere the call
does nothing, and the next start clears up what was left.

The kernel ties the signal to the parent's thread, so start such children from the main thread.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1  # prctl(2)
# Loaded here because a forked child must not load libraries before it calls exec.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(number: signal.Signals, *, parent: int) -> None:
    """Have the kernel send this signal to us when the process `parent` is gone.

    Call it in the child after any change of user, which would clear it. Ends the child at once
    if the parent died before we could ask.
    """
    if _LIBC is None:
        return
    if _LIBC.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) was refused")
    if os.getppid() != parent:
        os._exit(1)


def child_setup(number: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` for subprocess: the child dies with us and has no signals blocked."""
    parent = os.getpid()

    def set_up() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        die_with_parent(number, parent=parent)

    return set_up
