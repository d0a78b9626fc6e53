"""Which system user the embedded PostgreSQL runs as, and whether that user can reach its files.

PostgreSQL refuses to run as root. Started by root, it runs as a user without rights; that user
must be able to enter the folders above its files, and nothing more.
"""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from watertower.base.db.embedded_binaries import ServerBinaries
from watertower.base.db.embedded_errors import EmbeddedPostgresError

# Asked in this order when root starts us. The owner of existing files comes before all of them.
_USERS_FOR_ROOT = ("watertower", "postgres", "nobody")


@dataclass(frozen=True)
class ServerUser:
    """The user of the server process."""

    name: str
    uid: int
    gid: int
    is_dropped: bool  # whether we are root and become this user

    def process_arguments(self) -> dict[str, Any]:
        """Arguments of subprocess that run a program as this user and no other group."""
        if not self.is_dropped:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give the file or folder to this user."""
        if self.is_dropped:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def server_user(folder: Path) -> ServerUser:
    """Who runs the server whose files are, or will be, in the folder.

    Raises EmbeddedPostgresError when the folder belongs to somebody else, or no user fits.
    """
    me = os.geteuid()
    owner = folder.stat().st_uid if folder.exists() else None
    if me != 0:
        if owner not in (None, me):
            raise EmbeddedPostgresError(
                f"{folder} belongs to {_name_of(owner)}, not to {_name_of(me)}. Start Watertower "
                "as the user who started it the first time, or as root."
            )
        return _user(me, is_dropped=False)
    if owner not in (None, 0):
        return _user(owner, is_dropped=True)
    for name in _USERS_FOR_ROOT:
        try:
            return _user(pwd.getpwnam(name).pw_uid, is_dropped=True)
        except KeyError:
            continue
    raise EmbeddedPostgresError(
        "PostgreSQL does not run as root, and this machine has no user named watertower or nobody. "
        "Make one: useradd --system watertower."
    )


def require_reachable(folder: Path, user: ServerUser) -> None:
    """Raise EmbeddedPostgresError unless the user may enter every folder above this one."""
    closed = _first_closed(folder, user)
    if closed is not None:
        raise EmbeddedPostgresError(
            f"PostgreSQL does not run as root, so it runs as {user.name}, who may not enter "
            f"{closed}. Set WATERTOWER_DATA_DIR to a folder elsewhere, such as "
            f"/var/lib/watertower, or allow it: chmod o+x {closed}"
        )


def reachable_binaries(binaries: ServerBinaries, user: ServerUser, folder: Path) -> ServerBinaries:
    """The same server where the user can run it: copied into the folder if need be.

    Root's own folder, where a virtual environment may lie, is usually closed to others.
    """
    if not user.is_dropped or _may_run(binaries, user):
        return binaries
    source = binaries.folder.parent
    version = source.stat().st_mtime_ns
    target = folder / f"server-{binaries.major}-{version}"
    if not target.is_dir():
        beside = target.with_suffix(".new")
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(source, beside, symlinks=True)
        beside.rename(target)
    copied = ServerBinaries(target / binaries.folder.name, binaries.major)
    if not _may_run(copied, user):
        raise EmbeddedPostgresError(
            f"{user.name} may not run {copied.program('postgres')}. Is {folder} on a file system "
            "mounted with noexec?"
        )
    return copied


def _may_run(binaries: ServerBinaries, user: ServerUser) -> bool:
    try:
        answer = subprocess.run(  # noqa: S603
            [binaries.program("postgres"), "--version"],
            capture_output=True,
            timeout=10,
            check=False,
            cwd="/",
            **user.process_arguments(),
        )
    except OSError:
        return False
    return answer.returncode == 0


def _first_closed(folder: Path, user: ServerUser) -> Path | None:
    for parent in reversed(folder.resolve().parents):
        if not parent.exists():
            return None
        status = parent.stat()
        if status.st_uid == user.uid:
            may_enter = status.st_mode & stat.S_IXUSR
        elif status.st_gid == user.gid:
            may_enter = status.st_mode & stat.S_IXGRP
        else:
            may_enter = status.st_mode & stat.S_IXOTH
        if not may_enter:
            return parent
    return None


def _user(uid: int, *, is_dropped: bool) -> ServerUser:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedPostgresError(
            f"The user id {uid} has no name on this machine, which PostgreSQL needs. Add one to "
            "/etc/passwd, or set DATABASE_URL to a server elsewhere."
        ) from None
    return ServerUser(entry.pw_name, uid, entry.pw_gid, is_dropped)


def _name_of(uid: int | None) -> str:
    try:
        return pwd.getpwuid(uid or 0).pw_name
    except KeyError:
        return f"user id {uid}"
