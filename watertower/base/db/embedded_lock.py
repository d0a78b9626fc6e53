"""One owner for each data directory, and nothing left over from the owner before.

The lock is held as long as the owner, or a process forked from it, lives. A PostgreSQL that
outlived its owner (killed with -9 a moment ago) is given time to finish its work.
"""

import fcntl
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from watertower.base.db.embedded_errors import AlreadyRunning, EmbeddedPostgresError
from watertower.base.db.embedded_place import Place

_LEFTOVER_SECONDS = 60.0
_POLL_SECONDS = 0.05


def take_lock(place: Place, say: Callable[[str], None]) -> int:
    """Take the lock of the data directory; answers its descriptor, which holds it while open.

    Raises AlreadyRunning when a living process has it.
    """
    descriptor = os.open(place.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    until = time.monotonic() + _LEFTOVER_SECONDS
    has_said = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = _pid_in(place.lock)
            if (owner is not None and is_alive(owner)) or time.monotonic() > until:
                os.close(descriptor)
                raise AlreadyRunning(
                    f"Watertower already runs on {place.data_dir} (process {owner or 'unknown'}). "
                    "Stop it first, or set WATERTOWER_DATA_DIR to another folder."
                ) from None
            if not has_said:
                say("Waiting for processes of the last run to end.")
                has_said = True
            time.sleep(_POLL_SECONDS)
        else:
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
            return descriptor


def clear_leftovers(place: Place, say: Callable[[str], None]) -> None:
    """Make sure no server of an earlier run uses the files.

    Call it with the lock held. Raises EmbeddedPostgresError when one does not stop.
    """
    file = place.cluster / "postmaster.pid"
    pid = _pid_in(file)
    if pid is None or not is_alive(pid):
        return  # PostgreSQL itself clears up after a process that is gone
    if not _is_postgres(pid, place.cluster):
        # Another program got the number since. PostgreSQL would refuse to start; it does not
        # mind its parent's number, and still checks the shared memory named in the file.
        _replace_pid(file, os.getpid())
        return
    say(f"Waiting for the PostgreSQL of the last run (process {pid}) to finish.")
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
    until = time.monotonic() + _LEFTOVER_SECONDS
    while is_alive(pid):
        if time.monotonic() > until:
            raise EmbeddedPostgresError(
                f"PostgreSQL (process {pid}) still uses {place.cluster} and does not stop. "
                f"End it with: kill -QUIT {pid}"
            )
        time.sleep(_POLL_SECONDS)


def running_server(place: Place) -> int | None:
    """The process of the server that uses the files now, whoever started it, or None."""
    pid = _pid_in(place.cluster / "postmaster.pid")
    return pid if pid is not None and is_alive(pid) and _is_postgres(pid, place.cluster) else None


def is_alive(pid: int) -> bool:
    """Whether the process exists, zombies excepted."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True  # no /proc: the signal said so
    return status.rpartition(")")[2].split()[0] not in {"Z", "X"}


def _pid_in(file: Path) -> int | None:
    try:
        first = file.read_text(encoding="utf-8", errors="replace").split("\n", 1)[0].strip()
    except FileNotFoundError:
        return None
    return int(first) if first.isdigit() else None


def _is_postgres(pid: int, cluster: Path) -> bool:
    """Whether this process is a server on these files."""
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except FileNotFoundError:
        return True  # no /proc: believe the file
    except OSError:
        return False
    return os.fsencode(cluster) in arguments


def _replace_pid(file: Path, pid: int) -> None:
    rest = file.read_text(encoding="utf-8", errors="replace").split("\n", 1)[1:]
    file.write_text("\n".join([str(pid), *rest]), encoding="utf-8")
