"""The embedded PostgreSQL, really started, stopped and killed."""

import asyncio
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import asyncpg
import pytest

from watertower.base.db.embedded import EmbeddedPostgres, running_url, start_embedded
from watertower.base.db.embedded_binaries import ServerBinaries, find_binaries
from watertower.base.db.embedded_errors import AlreadyRunning, EmbeddedPostgresError
from watertower.base.db.embedded_lock import is_alive
from watertower.base.db.embedded_user import reachable_binaries, server_user
from watertower.base.db.inspect_server import inspect_server

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="needs the parent-death signal")


@pytest.fixture
def data_dir():
    """A short path that every user may enter, which pytest's own folders are not."""
    folder = Path(tempfile.mkdtemp(prefix="wt-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)


def quietly(_text: str) -> None:
    pass


@contextmanager
def running(data_dir: Path, *, fast_and_unsafe: bool = True):
    server = start_embedded(data_dir, fast_and_unsafe=fast_and_unsafe, say=quietly)
    try:
        yield server
    finally:
        server.stop()


def ask(server: EmbeddedPostgres, *statements: str):
    """Run the statements; answers the value of the last."""

    async def run():
        connection = await asyncpg.connect(server.url, timeout=10)
        try:
            for statement in statements:
                value = await connection.fetchval(statement)
            return value
        finally:
            await connection.close()

    return asyncio.run(run())


def wait_until(condition, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_it_answers_on_a_socket_that_only_its_user_may_enter(data_dir):
    with running(data_dir, fast_and_unsafe=False) as server:
        facts = asyncio.run(inspect_server(server.url))
        process = Path(f"/proc/{server.pid}")
        tables = [Path("/proc/net/tcp"), Path("/proc/net/tcp6")]
        sockets = {str(fd.readlink()) for fd in (process / "fd").iterdir()}
        listening = {
            f"socket:[{line.split()[9]}]"
            for table in tables
            for line in table.read_text().splitlines()[1:]
        }

        assert facts.letters_are_right
        assert facts.is_durable
        assert facts.connections >= 90
        assert ask(server, "SELECT current_user") == "watertower"
        assert ask(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        assert sockets & listening == set()
        assert process.stat().st_uid != 0
        for folder in ("postgres", "postgres/cluster", "postgres/socket"):
            assert stat.S_IMODE((data_dir / folder).stat().st_mode) == 0o700
        hba = (data_dir / "postgres/cluster/pg_hba.conf").read_text()
        assert hba.splitlines() == [
            "local all all peer map=watertower",
            "local replication all peer map=watertower",
        ]


def test_the_extensions_we_use_can_be_made_by_our_role(data_dir):
    with running(data_dir) as server:
        ask(server, "CREATE EXTENSION pg_trgm", "CREATE EXTENSION unaccent")

        assert ask(server, "SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'") == 1


def test_data_outlives_a_stop(data_dir):
    with running(data_dir) as server:
        ask(server, "CREATE TABLE t (n int)", "INSERT INTO t VALUES (7)")
        first_url = server.url
    assert running_url(data_dir) is None

    with running(data_dir) as server:
        assert server.url == first_url
        assert running_url(data_dir) == first_url
        assert ask(server, "SELECT n FROM t") == 7


def test_a_killed_server_is_started_again_with_everything_committed(data_dir):
    with running(data_dir, fast_and_unsafe=False) as server:
        ask(server, "CREATE TABLE t (n int)", "INSERT INTO t SELECT generate_series(1, 1000)")
        os.kill(server.pid, signal.SIGKILL)
        assert wait_until(lambda: not server.is_running())

        server.run(quietly)

        assert ask(server, "SELECT count(*) FROM t") == 1000


@on_linux
def test_a_server_whose_parent_is_killed_shuts_down_cleanly(data_dir):
    script = (
        "import sys, time; from pathlib import Path\n"
        "from watertower.base.db.embedded import start_embedded\n"
        "s = start_embedded(Path(sys.argv[1]), say=lambda text: None)\n"
        "print(s.pid, flush=True); time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(data_dir)], stdout=subprocess.PIPE, text=True
    )
    try:
        pid = int(parent.stdout.readline())
    finally:
        parent.kill()
        parent.wait()

    # At once again, while the old server may still be finishing.
    with running(data_dir) as server:
        assert not is_alive(pid)
        assert ask(server, "SELECT 1") == 1
    log = (data_dir / "postgres.log").read_text()
    assert "received fast shutdown request" in log
    assert "not properly shut down" not in log


def test_a_second_start_is_refused_and_says_who_runs(data_dir):
    with running(data_dir) as server:
        with pytest.raises(AlreadyRunning) as caught:
            start_embedded(data_dir, say=quietly)

        assert str(caught.value) == (
            f"Watertower already runs on {data_dir} (process {os.getpid()}). "
            "Stop it first, or set WATERTOWER_DATA_DIR to another folder."
        )
        assert ask(server, "SELECT 1") == 1


def test_a_left_file_whose_process_number_is_another_programs_is_no_obstacle(data_dir):
    with running(data_dir):
        pass
    left = data_dir / "postgres/cluster/postmaster.pid"
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        left.write_text(f"{stranger.pid}\n{left.parent}\n1700000000\n5432\n\n\n\nready   \n")
        assert running_url(data_dir) is None

        with running(data_dir) as server:
            assert ask(server, "SELECT 1") == 1

        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_an_initdb_that_was_cut_short_is_begun_again(data_dir):
    half = data_dir / "postgres/cluster.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    with running(data_dir) as server:
        assert ask(server, "SELECT 1") == 1
    assert not half.exists()


def test_data_of_another_version_is_left_alone(data_dir):
    with running(data_dir):
        pass
    version = data_dir / "postgres/cluster/PG_VERSION"
    version.write_text("12\n")

    with pytest.raises(EmbeddedPostgresError, match=r"made by PostgreSQL 12, but this machine has"):
        start_embedded(data_dir, say=quietly)

    assert version.read_text() == "12\n"


def test_a_long_path_gets_a_short_socket_of_its_own(data_dir):
    long = data_dir / ("a" * 60) / ("b" * 60)

    with running(long) as server:
        sockets = Path(server.url.partition("host=")[2].partition("&")[0])
        assert sockets.parent == Path("/tmp")
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert ask(server, "SELECT 1") == 1
    assert not sockets.exists()


def test_somebody_elses_file_at_the_place_of_the_socket_is_refused(data_dir):
    long = data_dir / ("a" * 60) / ("b" * 60)
    with running(long) as server:
        sockets = Path(server.url.partition("host=")[2].partition("&")[0])
    sockets.symlink_to("/var")
    try:
        with pytest.raises(EmbeddedPostgresError, match="Somebody else made it"):
            start_embedded(long, say=quietly)
    finally:
        sockets.unlink()


def test_it_must_be_started_from_the_main_thread(data_dir):
    errors = []

    def start():
        try:
            start_embedded(data_dir, say=quietly)
        except RuntimeError as error:
            errors.append(str(error))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()

    assert errors == ["start_embedded must be called from the main thread"]


@as_root
def test_other_users_of_the_machine_cannot_reach_the_socket(data_dir):
    def look_into(folder: Path) -> int:
        entry = pwd.getpwnam("daemon")
        return subprocess.run(
            ["/bin/ls", str(folder)],
            user=entry.pw_uid,
            group=entry.pw_gid,
            extra_groups=[],
            capture_output=True,
            check=False,
        ).returncode

    with running(data_dir):
        assert look_into(Path("/")) == 0
        assert look_into(data_dir / "postgres") == 2
        assert look_into(data_dir / "postgres/socket") == 2


@as_root
def test_a_closed_parent_folder_is_named(data_dir):
    data_dir.parent.chmod(0o700)

    with pytest.raises(EmbeddedPostgresError) as caught:
        start_embedded(data_dir, say=quietly)

    assert str(caught.value).endswith(f"or allow it: chmod o+x {data_dir.parent}")


@as_root
def test_programs_in_a_closed_folder_are_copied_to_an_open_one(data_dir):
    original = find_binaries()
    closed = data_dir.parent / "closed"
    shutil.copytree(original.folder.parent, closed / "server")
    closed.chmod(0o700)
    home = data_dir.parent / "home"
    home.mkdir(mode=0o755)
    home.chmod(0o755)
    user = server_user(data_dir / "postgres")

    found = reachable_binaries(
        ServerBinaries(closed / "server" / original.folder.name, original.major), user, home
    )

    assert found.folder.parent.parent == home
    answer = subprocess.run(
        [found.program("postgres"), "--version"],
        capture_output=True,
        text=True,
        check=True,
        **user.process_arguments(),
    )
    assert f"PostgreSQL) {original.major}" in answer.stdout
    assert reachable_binaries(found, user, home) == found


def test_files_of_a_run_that_a_power_cut_ended_are_no_obstacle(data_dir):
    with running(data_dir):
        pass
    (data_dir / "postgres.lock").write_text("999999999\n")
    left = data_dir / "postgres/cluster/postmaster.pid"
    left.write_text(f"999999999\n{left.parent}\n1700000000\n5432\n\n\n\nready   \n")

    with running(data_dir) as server:
        assert ask(server, "SELECT 1") == 1
    with suppress(FileNotFoundError):
        assert left.read_text() == ""
