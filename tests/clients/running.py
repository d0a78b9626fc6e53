"""A whole server under its supervisor in a folder of its own, as an operator starts it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

WATERTOWER = [sys.executable, "-m", "watertower"]
READY_SECONDS = 60
STOP_SECONDS = 30
PASSWORD = "watertower"  # of everybody whom `dev accounts` makes


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


@dataclass
class Member:
    """Somebody who lives on the server."""

    username: str
    id: str
    token: str
    password: str = PASSWORD

    @property
    def email(self) -> str:
        """The address they sign in with."""
        return f"{self.username}@example.com"


@dataclass
class RunningServer:
    """`watertower up`, reached only through its ports and its command."""

    folder: Path
    web_port: int = field(default_factory=free_port)
    stream_port: int = field(default_factory=free_port)
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("WATERTOWER_")}
        kept.pop("DATABASE_URL", None)
        self.environment = kept | {
            "WATERTOWER_DATA_DIR": str(self.folder / "data"),
            "WATERTOWER_BIND": f"127.0.0.1:{self.web_port}",
            "WATERTOWER_STREAMING_BIND": f"127.0.0.1:{self.stream_port}",
            "WATERTOWER_DOMAIN": self.domain,
        }

    @property
    def domain(self) -> str:
        """What the server calls itself."""
        return f"localhost:{self.web_port}"

    @property
    def url(self) -> str:
        """Where apps find it."""
        return f"http://{self.domain}"

    @property
    def log(self) -> Path:
        """All it said."""
        return self.folder / "log"

    def start(self) -> None:
        """Start it, and wait until it says that it is ready."""
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [*WATERTOWER, "up"], env=self.environment, stdin=subprocess.DEVNULL,
                stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/health/ready", timeout=5):
                    return
            except OSError:
                time.sleep(0.05)
        said = self.log.read_text(errors="replace")[-4000:]
        self.stop()
        raise AssertionError(f"The server did not become ready:\n{said}")

    def stop(self) -> None:
        """SIGTERM, and wait; what does not stop by itself is killed."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise

    def command(self, *words: str) -> str:
        """Run `watertower WORDS` beside the running server; answers what it printed."""
        done = subprocess.run(
            [*WATERTOWER, *words], env=self.environment, capture_output=True, timeout=60, check=True
        )
        return done.stdout.decode()

    def members(self, *names: str) -> list[Member]:
        """Make members, all with the same password."""
        done = subprocess.run(
            [*WATERTOWER, "dev", "accounts"], env=self.environment,
            input=json.dumps(names).encode(), capture_output=True, timeout=60, check=True,
        )  # fmt: skip
        made = json.loads(done.stdout.splitlines()[-1])
        return [Member(one["username"], one["id"], one["token"]) for one in made]

    def faults(self) -> list[str]:
        """What went wrong inside it: lines of its log that tell of an error or hold a trace."""
        lines = self.log.read_text(errors="replace").splitlines()
        marks = ('"level": "error"', '"level": "critical"', "Traceback")
        return [line for line in lines if any(mark in line for mark in marks)]


def eventually(look, *, seconds: float = 10):
    """The first true answer of `look`: what others see is done by the worker, a moment later."""
    until = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < until, f"still {found!r} after {seconds} s"
        time.sleep(0.03)
    return found
