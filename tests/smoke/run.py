"""A newcomer's first minutes: `make run` in an empty folder, an account, a post, and the end.

Run by `.ci/run` and by hand: `.venv/bin/python -m tests.smoke.run`. Every wait has a limit.
"""

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
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
READY_SECONDS = 120
STOP_SECONDS = 40
TEXT = "The first post of a new server."


class Failed(Exception):  # noqa: N818
    """The message says what did not work."""


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="watertower-smoke-", dir="/tmp"))
    # The database does not run as root, so its user must be able to pass.
    home.chmod(0o711)
    log = home / "run.log"
    port, streaming_port = free_ports()
    url = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("WATERTOWER_")}
    environment.pop("DATABASE_URL", None)
    environment |= {
        "WATERTOWER_DATA_DIR": str(home / "data"),
        "WATERTOWER_BIND": f"127.0.0.1:{port}",
        "WATERTOWER_STREAMING_BIND": f"127.0.0.1:{streaming_port}",
        "WATERTOWER_DOMAIN": f"localhost:{port}",
    }
    server = None
    try:
        with log.open("wb") as out:
            server = subprocess.Popen(
                ["make", "run"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until_ready(server, url)
        post_and_read_back(url, environment)
        stop(server, home)
        if "Stopped." not in log.read_text(errors="replace"):
            raise Failed("the server ended without saying that it stopped")
    except Failed as failure:
        print(f"smoke: FAILED: {failure}", file=sys.stderr)
        print(log.read_text(errors="replace")[-8000:] if log.exists() else "", file=sys.stderr)
        sys.exit(1)
    finally:
        for pid in processes_of(home):
            kill(pid, signal.SIGKILL)
        if server is not None and server.poll() is None:
            server.kill()
            server.wait(10)
        shutil.rmtree(home, ignore_errors=True)
    print("smoke: posted through the API, read back, stopped, no process left")


def wait_until_ready(server: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise Failed(f"make run ended with {server.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/health/ready", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise Failed(f"/health/ready did not answer 200 in {READY_SECONDS} s")


def post_and_read_back(url: str, environment: dict[str, str]) -> None:
    made = subprocess.run(
        [
            str(ROOT / ".venv/bin/watertower"),
            *("accounts", "create", "newcomer", "--email", "newcomer@example.org"),
            *("--password", "correct horse battery staple", "--confirmed"),
            *("--token-scopes", "read write follow push", "--json"),
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if made.returncode != 0:
        raise Failed(f"accounts create ended with {made.returncode}: {made.stderr or made.stdout}")
    account = json.loads(made.stdout)
    if set(account) != {"username", "token", "id"}:
        raise Failed(f"accounts create printed {sorted(account)}")
    token = account["token"]
    posted = call(f"{url}/api/v1/statuses", token, {"status": TEXT, "visibility": "public"})
    read = call(f"{url}/api/v1/statuses/{posted['id']}", token)
    mine = call(f"{url}/api/v1/timelines/home", token)
    for where, status in (("the post", posted), ("read back", read)):
        if TEXT not in status["content"] or status["account"]["id"] != account["id"]:
            raise Failed(f"{where} is {status}")
    if [status["id"] for status in mine] != [posted["id"]]:
        raise Failed(f"the home timeline holds {[status['id'] for status in mine]}")


def call(url: str, token: str, body: dict[str, str] | None = None):
    request = urllib.request.Request(
        url,
        data=json.dumps(body).encode() if body else None,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise Failed(f"{request.method} {url}: {error.code} {error.read()[:500]!r}") from error
    except OSError as error:
        raise Failed(f"{url}: {error}") from error


def stop(server: subprocess.Popen[bytes], home: Path) -> None:
    """SIGTERM to what the operator started, then nothing of it may be left."""
    server.send_signal(signal.SIGTERM)
    until = time.monotonic() + STOP_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None and not processes_of(home):
            return
        time.sleep(0.1)
    left = {pid: Path(f"/proc/{pid}/comm").read_text().strip() for pid in processes_of(home)}
    raise Failed(f"{STOP_SECONDS} s after SIGTERM these still run: {left}")


def processes_of(home: Path) -> list[int]:
    """Living processes that were started with this folder as argument or in the environment."""
    mark = os.fsencode(home)
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        try:
            state = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
            seen = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except OSError:
            continue
        if mark in seen and state not in {"Z", "X"}:
            found.append(int(folder.name))
    return found


def kill(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


if __name__ == "__main__":
    main()
