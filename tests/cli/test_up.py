"""`watertower up`, whole: database, web, streaming and worker processes, and their end."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from watertower.base.db.embedded import running_url

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


class Up:
    """One `watertower up` on a data directory of its own."""

    def __init__(self, data_dir: Path, **environment: str) -> None:
        self.data_dir = data_dir
        self.log = data_dir.parent / "up.log"
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            second.bind(("127.0.0.1", 0))
            self.port, streaming_port = first.getsockname()[1], second.getsockname()[1]
        clean = {k: v for k, v in os.environ.items() if not k.startswith("WATERTOWER_")}
        clean.pop("DATABASE_URL", None)
        self.environment = {
            **clean,
            "WATERTOWER_DATA_DIR": str(data_dir),
            "WATERTOWER_BIND": f"127.0.0.1:{self.port}",
            "WATERTOWER_STREAMING_BIND": f"127.0.0.1:{streaming_port}",
            "WATERTOWER_DOMAIN": f"localhost:{self.port}",
            **environment,
        }
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as out:
            return subprocess.Popen(
                [sys.executable, "-m", "watertower", "up"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def start_again(self) -> float:
        """Start once more; answers the seconds to the first answer."""
        begin = time.monotonic()
        self.process = self._start()
        self.wait_for("/health/live")
        return time.monotonic() - begin

    def get(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def wait_for(self, path: str, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.get(path) == 200:
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"{path} never answered 200:\n{self.log.read_text()}")

    def children(self) -> dict[str, int]:
        """Name of each child process to its id, the dead excepted."""
        found = {}
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                name, _, rest = (folder / "stat").read_text().partition("(")[2].rpartition(")")
            except OSError:
                continue
            state, parent = rest.split()[:2]
            if int(parent) == self.process.pid and state != "Z":
                found[name] = int(folder.name)
        return found

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@pytest.fixture
def up():
    """Starts servers; ends them and removes their data."""
    home = Path(tempfile.mkdtemp(prefix="wt-", dir="/tmp"))
    home.chmod(0o711)
    started: list[Up] = []

    def start(**environment: str) -> Up:
        server = Up(home / "data", **environment)
        started.append(server)
        server.wait_for("/health/ready")
        return server

    yield start
    for server in started:
        server.end()
    shutil.rmtree(home, ignore_errors=True)


def living(pids: list[int]) -> list[int]:
    """Those that have not ended after a few seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        left = []
        for pid in pids:
            try:
                state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if state != "Z":
                left.append(pid)
        if not left:
            return []
        time.sleep(0.05)
    return left


def test_it_runs_every_process_and_says_how_to_go_on(up):
    server = up()
    children = server.children()

    assert set(children) == {"postgres", "wt-web-1", "wt-stream", "wt-worker-1"}
    shown = server.log.read_text()
    assert f"Listens on   127.0.0.1:{server.port}\n" in shown
    assert f"Data         {server.data_dir}\n" in shown
    assert "watertower owner create NAME --email" in shown
    assert f"kill {server.process.pid}\n" in shown


def test_sigterm_ends_everything_with_0(up):
    server = up()
    pids = list(server.children().values())

    server.process.send_signal(signal.SIGTERM)

    assert server.process.wait(30) == 0
    assert living(pids) == []
    assert server.log.read_text().endswith("Stopped.\n")
    assert running_url(server.data_dir) is None


def test_each_killed_process_comes_back_and_the_port_stays_open(up):
    server = up()

    for name in ("wt-web-1", "wt-stream", "wt-worker-1", "postgres"):
        before = server.children()[name]
        os.kill(before, signal.SIGKILL)
        until = time.monotonic() + 20
        while server.children().get(name, before) == before and time.monotonic() < until:
            time.sleep(0.02)
        assert server.children()[name] != before
        server.wait_for("/health/ready")

    assert server.process.poll() is None


def test_killing_the_supervisor_leaves_no_orphan_and_the_next_start_is_quick(up):
    server = up()
    pids = list(server.children().values())

    server.process.kill()
    server.process.wait()
    seconds = server.start_again()

    assert living(pids) == []
    # 3 s is what we promise on an idle machine; the suite runs several things at once.
    assert seconds < 10
    assert "not properly shut down" not in (server.data_dir / "postgres.log").read_text()


def test_a_second_start_on_the_same_data_is_refused(up):
    server = up()
    environment = server.environment | {
        "WATERTOWER_BIND": "127.0.0.1:0",
        "WATERTOWER_STREAMING_BIND": "127.0.0.1:0",
    }

    second = subprocess.run(
        [sys.executable, "-m", "watertower", "up"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert (second.returncode, second.stderr) == (
        1,
        (
            f"watertower: Watertower already runs on {server.data_dir} (process "
            f"{server.process.pid}). Stop it first, or set WATERTOWER_DATA_DIR to another folder.\n"
        ),
    )
    assert server.get("/health/ready") == 200


def test_a_database_url_is_used_instead(up):
    first = up()
    url = running_url(first.data_dir)
    other = first.data_dir.parent / "other"
    environment = {"DATABASE_URL": url, "WATERTOWER_DATA_DIR": str(other)}

    second = up(**environment)

    assert set(second.children()) == {"wt-web-1", "wt-stream", "wt-worker-1"}
    assert sorted(path.name for path in other.iterdir() if path.name == "postgres") == []


def test_the_budget_of_connections_is_checked_at_the_start(up):
    server = up()
    environment = server.environment | {
        "DATABASE_URL": running_url(server.data_dir),
        "WATERTOWER_BIND": "127.0.0.1:0",
        "WATERTOWER_STREAMING_BIND": "127.0.0.1:0",
        "WATERTOWER_WEB_PROCESSES": "40",
    }

    second = subprocess.run(
        [sys.executable, "-m", "watertower", "up"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert second.returncode == 1
    assert "may open 459 database connections, but PostgreSQL allows 97" in second.stderr


def test_doctor_finds_nothing_wrong_with_a_running_server(up):
    server = up()

    answer = subprocess.run(
        [sys.executable, "-m", "watertower", "doctor"],
        env=server.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert {line.split()[0] for line in answer.stdout.splitlines()} == {"ok"}, answer.stdout
    assert answer.returncode == 0


def test_importing_the_application_starts_no_thread():
    """The supervisor forks after the imports, which only one thread makes safe."""
    script = (
        "import json, os, watertower.asgi, watertower.worker\n"
        "print(json.dumps(len(os.listdir('/proc/self/task'))))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )

    assert json.loads(answer.stdout) == 1
