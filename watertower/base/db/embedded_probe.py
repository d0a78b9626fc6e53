"""Asks the embedded PostgreSQL whether it answers, has the database, and knows its letters.

Uses the server's own psql, so that starting a database needs no event loop and no driver.
"""

import subprocess
import time
from collections.abc import Callable

from watertower.base.db.embedded_binaries import ServerBinaries
from watertower.base.db.embedded_cluster import environment
from watertower.base.db.embedded_errors import EmbeddedPostgresError
from watertower.base.db.embedded_place import DATABASE, ROLE, SUPERUSER, Place

LETTERS_ARE_RIGHT = "SELECT lower('ÀÉ') = 'àé'"
_POLL_SECONDS = 0.02
_SAY_AFTER_SECONDS = 3.0

_MAKE_ROLE = f"""
    SELECT 'CREATE ROLE {ROLE} LOGIN CREATEDB IN ROLE pg_monitor'
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') \\gexec
    SELECT 'CREATE DATABASE {DATABASE} OWNER {ROLE}'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
"""
_MAKE_STATISTICS = """
    SELECT 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements'
    FROM pg_available_extensions WHERE name = 'pg_stat_statements' \\gexec
"""


def wait_until_ready(
    place: Place,
    *,
    pid: int,
    is_running: Callable[[], bool],
    deadline_seconds: float,
    say: Callable[[str], None],
) -> None:
    """Wait until our server, the process `pid`, takes connections; says so when recovery after a crash takes long.

    Raises EmbeddedPostgresError when it ends or the time is over.
    """
    begin = time.monotonic()
    has_said = False
    while not _says_ready(place, pid):
        waited = time.monotonic() - begin
        if not is_running():
            raise EmbeddedPostgresError(
                f"PostgreSQL ended while starting. The end of {place.log}:\n{log_tail(place)}"
            )
        if waited > deadline_seconds:
            raise EmbeddedPostgresError(
                f"PostgreSQL did not answer in {deadline_seconds:.0f} s. "
                f"The end of {place.log}:\n{log_tail(place)}"
            )
        if waited > _SAY_AFTER_SECONDS and not has_said:
            say(
                "PostgreSQL is starting. After a crash it first replays what was committed; "
                f"see {place.log}."
            )
            has_said = True
        time.sleep(_POLL_SECONDS)


def require_database(place: Place, binaries: ServerBinaries) -> None:
    """Make the role and the database where they are missing, and check the letters.

    Raises EmbeddedPostgresError.
    """
    answer = _ask(place, binaries, ROLE, DATABASE, LETTERS_ARE_RIGHT)
    if answer.returncode != 0:
        for database, script in (("postgres", _MAKE_ROLE), (DATABASE, _MAKE_STATISTICS)):
            made = _ask(place, binaries, SUPERUSER, database, script)
            if made.returncode != 0:
                raise EmbeddedPostgresError(f"The database was not made: {made.stderr.strip()}")
        answer = _ask(place, binaries, ROLE, DATABASE, LETTERS_ARE_RIGHT)
    if answer.stdout.strip() != "t":
        raise EmbeddedPostgresError(
            "The database does not know that the small form of ÀÉ is àé, so names and search "
            f"would go wrong. {answer.stderr.strip()}"
        )


def log_tail(place: Place, *, lines: int = 12) -> str:
    """The last lines of the server's log."""
    try:
        with place.log.open("rb") as log:
            log.seek(max(0, place.log.stat().st_size - 8192))
            text = log.read().decode(errors="replace")
    except FileNotFoundError:
        return ""
    return "\n".join(text.splitlines()[-lines:])


def _says_ready(place: Place, pid: int) -> bool:
    """Line 8 of postmaster.pid is the state of a starting server (pg_ctl reads it too).

    A server that was killed leaves its file behind, so the process must be the one we started.
    """
    try:
        lines = (place.cluster / "postmaster.pid").read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _ask(
    place: Place, binaries: ServerBinaries, role: str, database: str, script: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [
            binaries.program("psql"),
            *("--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--no-password"),
            *("--set", "ON_ERROR_STOP=1"),
            *("--host", str(place.sockets), "--username", role, "--dbname", database),
        ],
        input=script + ";\n" if "\\gexec" not in script else script,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd="/",
        env=environment() | {"PGCLIENTENCODING": "UTF8", "PGCONNECT_TIMEOUT": "30"},
    )
