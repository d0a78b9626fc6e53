"""The PostgreSQL that comes with Watertower: one call starts it, nothing has to be installed.

`watertower up`, the commands that need the database, and the tests come here. The server is a
direct child of ours: it listens on a Unix socket only, runs without root's rights, and shuts
down cleanly when we end, even by `kill -9`. Losing a committed transaction is not an option
here, so nothing that makes commits durable can be switched off (but see `fast_and_unsafe`).
"""

import os
import signal
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from watertower.base.db.embedded_binaries import ServerBinaries, find_binaries
from watertower.base.db.embedded_cluster import (
    environment,
    made_by_major,
    make_cluster,
    write_configuration,
)
from watertower.base.db.embedded_errors import EmbeddedPostgresError
from watertower.base.db.embedded_lock import clear_leftovers, running_server, take_lock
from watertower.base.db.embedded_place import Place, make_folders, place_of
from watertower.base.db.embedded_probe import require_database, wait_until_ready
from watertower.base.db.embedded_user import (
    ServerUser,
    reachable_binaries,
    require_reachable,
    server_user,
)
from watertower.base.parent_death import child_setup

_LOG_LIMIT_BYTES = 20 * 1024 * 1024
_READY_SECONDS = 120.0
# How patiently a server is stopped: fast, immediate (recovers at the next start), the last way.
_STOP_STEPS = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))


class EmbeddedPostgres:
    """A running server. `url` is what asyncpg connects to."""

    def __init__(self, place: Place, binaries: ServerBinaries, user: ServerUser, lock: int) -> None:
        self.url = place.url
        self.data_dir = place.data_dir
        self.log = place.log
        self.major = binaries.major
        self._place = place
        self._binaries = binaries
        self._user = user
        self._lock = lock
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The server's process, while it is ours to stop."""
        return self._process.pid if self._process else None

    def is_running(self) -> bool:
        """Whether the server's process lives."""
        return self._process is not None and self._process.poll() is None

    def run(self, say: Callable[[str], None] = print) -> None:
        """Start the server's process, and wait until it answers. Also after it was killed.

        Raises EmbeddedPostgresError.
        """
        clear_leftovers(self._place, say)
        self._process = self._spawn()
        try:
            wait_until_ready(
                self._place,
                pid=self._process.pid,
                is_running=self.is_running,
                deadline_seconds=_READY_SECONDS,
                say=say,
            )
            require_database(self._place, self._binaries)
        except BaseException:
            self._end_process()
            raise

    def stop(self) -> None:
        """Shut down: open transactions are rolled back, committed ones are on disk."""
        self._end_process()
        if self._place.home not in self._place.sockets.parents:
            with suppress(OSError):
                self._place.sockets.rmdir()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _spawn(self) -> subprocess.Popen[bytes]:
        with _open_log(self._place.log) as log:
            return subprocess.Popen(  # noqa: S603
                [self._binaries.program("postgres"), "-D", str(self._place.cluster)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=environment(),
                # Ctrl-C reaches the whole group of the terminal; the database stops last.
                start_new_session=True,
                preexec_fn=child_setup(signal.SIGINT),  # noqa: PLW1509  # main thread only
                **self._user.process_arguments(),
            )

    def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for number, seconds in _STOP_STEPS:
            if process.poll() is not None:
                return
            process.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(seconds)


def start_embedded(
    data_dir: Path, *, fast_and_unsafe: bool = False, say: Callable[[str], None] = print
) -> EmbeddedPostgres:
    """Start the server of a data directory, making the database the first time.

    Blocks until it answers. `say` is given what takes long. `fast_and_unsafe` is for tests that
    delete the data afterwards: it does not wait for the disk. Call it from the main thread: the
    kernel ends the server with the thread that started it. Raises EmbeddedPostgresError with a
    message for the operator; AlreadyRunning when another process uses the directory.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("start_embedded must be called from the main thread")
    user = server_user(data_dir.resolve() / "postgres")
    place = place_of(data_dir, user)
    make_data_dir(place.data_dir)
    if user.is_dropped:
        require_reachable(place.home, user)
    lock = take_lock(place, say)
    try:
        make_folders(place, user)
        major = made_by_major(place)
        binaries = reachable_binaries(find_binaries(major=major), user, place.home)
        if major is None:
            say(f"Making a PostgreSQL {binaries.major} database in {place.cluster}.")
            make_cluster(place, binaries, user, fast_and_unsafe=fast_and_unsafe)
        server = EmbeddedPostgres(place, binaries, user, lock)
        # The files of a server that still finishes must not be changed under it.
        clear_leftovers(place, say)
        write_configuration(place, binaries, user, fast_and_unsafe=fast_and_unsafe)
        server.run(say)
    except BaseException:
        os.close(lock)
        raise
    return server


def running_url(data_dir: Path) -> str | None:
    """The address of the embedded server that runs on this data directory, or None."""
    home = data_dir.resolve() / "postgres"
    if not home.is_dir():
        return None
    try:
        place = place_of(data_dir, server_user(home))
        pid = running_server(place)
    except (OSError, EmbeddedPostgresError):
        return None
    return place.url if pid is not None else None


def make_data_dir(data_dir: Path) -> None:
    """Make the data directory: others may pass through it, as the server's user must, not look."""
    if not data_dir.exists():
        data_dir.mkdir(parents=True)
        data_dir.chmod(0o711)


def _open_log(log: Path) -> BinaryIO:
    if log.exists() and log.stat().st_size > _LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(".log.1"))
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    return os.fdopen(descriptor, "ab")
