"""Where the embedded PostgreSQL keeps its files and where its socket is.

Everything follows from the data directory, so that a command started beside a running server
finds it without asking.
"""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from watertower.base.db.embedded_errors import EmbeddedPostgresError
from watertower.base.db.embedded_user import ServerUser

DATABASE = "watertower"
ROLE = "watertower"
SUPERUSER = "postgres"
_SOCKET_FILE = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES = 107  # sun_path of unix(7), without its closing NUL


@dataclass(frozen=True)
class Place:
    """The files of one embedded server."""

    data_dir: Path  # absolute
    home: Path  # data_dir/postgres, the server user's own
    cluster: Path  # PGDATA
    sockets: Path  # the folder of the socket
    log: Path
    lock: Path

    @property
    def url(self) -> str:
        """What asyncpg connects to."""
        host = quote(str(self.sockets), safe="/")
        return f"postgresql:///{DATABASE}?host={host}&user={ROLE}"


def place_of(data_dir: Path, user: ServerUser) -> Place:
    """The place that belongs to a data directory."""
    data_dir = data_dir.resolve()
    home = data_dir / "postgres"
    sockets = home / "socket"
    if len(os.fsencode(sockets / _SOCKET_FILE)) > _SOCKET_PATH_BYTES:
        sockets = _short_folder(data_dir, user)
    return Place(
        data_dir=data_dir,
        home=home,
        cluster=home / "cluster",
        sockets=sockets,
        log=data_dir / "postgres.log",
        lock=data_dir / "postgres.lock",
    )


def make_folders(place: Place, user: ServerUser) -> None:
    """Make the folders of the server, for its user alone.

    Raises EmbeddedPostgresError when somebody else put something at the socket's place.
    """
    for folder in (place.home, place.sockets):
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            status = folder.lstat()
            owners = {user.uid, 0} if user.is_dropped else {user.uid}
            if not stat.S_ISDIR(status.st_mode) or status.st_uid not in owners:
                raise EmbeddedPostgresError(
                    f"{folder} is not a folder of {user.name}. Somebody else made it; remove it."
                ) from None
        user.own(folder)
        folder.chmod(0o700)


def _short_folder(data_dir: Path, user: ServerUser) -> Path:
    """A private folder with a short name, different for each data directory and user."""
    name = hashlib.sha256(f"{user.uid}:{data_dir}".encode()).hexdigest()[:16]
    return Path("/tmp") / f"watertower-{name}"  # noqa: S108  # mode 0700, its owner is checked
