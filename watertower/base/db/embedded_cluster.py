"""Makes the database files once, and writes the server's configuration at every start.

Nobody is trusted by address or without proof: the only way in is the Unix socket, where the
kernel says who connects (peer authentication) and a map says which users may.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from watertower.base.db.embedded_binaries import ServerBinaries
from watertower.base.db.embedded_errors import EmbeddedPostgresError
from watertower.base.db.embedded_place import ROLE, SUPERUSER, Place
from watertower.base.db.embedded_user import ServerUser
from watertower.base.parent_death import child_setup

CONNECTIONS = 100

# A small machine first: what costs memory while idle is off, what loses data is never off.
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": str(CONNECTIONS),
    "shared_buffers": "64MB",
    "huge_pages": "off",
    "work_mem": "4MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "512MB",
    "random_page_cost": "1.1",  # solid-state disks
    "jit": "off",  # our queries are short: compiling them costs more than running them
    "max_parallel_workers_per_gather": "0",
    "max_worker_processes": "4",
    "max_logical_replication_workers": "0",
    "wal_level": "replica",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_wal_size": "1GB",
    "min_wal_size": "80MB",
    "checkpoint_timeout": "15min",
    "autovacuum": "on",
    "autovacuum_max_workers": "2",
    "autovacuum_vacuum_scale_factor": "0.05",
    "autovacuum_analyze_scale_factor": "0.02",
    # A web process that was killed must not hold locks, nor have its query run on.
    "idle_in_transaction_session_timeout": "5min",
    "client_connection_check_interval": "10s",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %a ",
    "log_min_duration_statement": "2s",
    "log_lock_waits": "on",
    "log_checkpoints": "off",
}
_SETTINGS_FROM_18 = {"io_method": "sync"}  # saves three idle processes
_STATEMENT_STATISTICS = {
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.max": "2000",
}
# Only for tests that throw the data away: a power cut would leave nothing usable.
_THROWAWAY = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}


def made_by_major(place: Place) -> int | None:
    """The PostgreSQL that made the files, or None when there are none yet."""
    version = place.cluster / "PG_VERSION"
    if not version.is_file():
        return None
    return int(version.read_text(encoding="ascii").strip().split(".")[0])


def make_cluster(
    place: Place, binaries: ServerBinaries, user: ServerUser, *, fast_and_unsafe: bool
) -> None:
    """Make the files with initdb, beside their place, and move them there when all is well."""
    beside = place.home / "cluster.new"
    shutil.rmtree(beside, ignore_errors=True)
    complaint = ""
    for locale in _locales(binaries):
        arguments = [
            binaries.program("initdb"),
            f"--pgdata={beside}",
            f"--username={SUPERUSER}",
            "--encoding=UTF8",
            "--auth=peer",
            "--data-checksums",
            *locale,
            *_sync_arguments(binaries, fast_and_unsafe=fast_and_unsafe),
        ]
        answer = subprocess.run(  # noqa: S603
            arguments,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=environment(),
            preexec_fn=child_setup(signal.SIGKILL),
            **user.process_arguments(),
        )
        if answer.returncode == 0:
            beside.rename(place.cluster)
            return
        complaint = answer.stderr.strip() or answer.stdout.strip()
        shutil.rmtree(beside, ignore_errors=True)
    raise EmbeddedPostgresError(f"initdb could not make the database in {place.home}: {complaint}")


def write_configuration(
    place: Place, binaries: ServerBinaries, user: ServerUser, *, fast_and_unsafe: bool
) -> None:
    """Write postgresql.conf and who may connect. ALTER SYSTEM overrides what stands here."""
    values = dict(_SETTINGS)
    values["unix_socket_directories"] = _in_list(place.sockets)
    values["unix_socket_permissions"] = "0700"
    if binaries.major >= 18:
        values |= _SETTINGS_FROM_18
    if binaries.has_library("pg_stat_statements"):
        values |= _STATEMENT_STATISTICS
    if fast_and_unsafe:
        values |= _THROWAWAY
    lines = [f"{name} = {_quoted(value)}" for name, value in values.items()]
    head = "# Written by Watertower at every start. Change a value with ALTER SYSTEM."
    _write(place.cluster / "postgresql.conf", [head, *lines], user)
    who = ["local all all peer map=watertower", "local replication all peer map=watertower"]
    _write(place.cluster / "pg_hba.conf", who, user)
    _write(place.cluster / "pg_ident.conf", _who_may_connect(user), user)


def environment() -> dict[str, str]:
    """The environment of the server's programs: none of ours, so that no PG variable leaks in."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def _who_may_connect(user: ServerUser) -> list[str]:
    """The starting user, the server's user and root may be either role."""
    names = {user.name, pwd.getpwuid(os.geteuid()).pw_name, pwd.getpwuid(0).pw_name}
    return [f'watertower "{name}" {role}' for name in sorted(names) for role in (ROLE, SUPERUSER)]


def _locales(binaries: ServerBinaries) -> list[list[str]]:
    """Ways to ask for Unicode rules that are the same on every machine, best first."""
    if binaries.major >= 17:
        return [["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]]
    return [["--locale=C.UTF-8"], ["--locale=en_US.UTF-8"]]


def _sync_arguments(binaries: ServerBinaries, *, fast_and_unsafe: bool) -> list[str]:
    if fast_and_unsafe:
        return ["--no-sync"]
    if binaries.major >= 17 and sys.platform == "linux":
        return ["--sync-method=syncfs"]
    return []


def _write(file: Path, lines: list[str], user: ServerUser) -> None:
    beside = file.with_suffix(".new")
    beside.write_text("\n".join(lines) + "\n", encoding="utf-8")
    beside.chmod(0o600)
    user.own(beside)
    beside.replace(file)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _in_list(path: Path) -> str:
    """A path as one element of a list value."""
    return '"' + str(path).replace('"', '""') + '"'
