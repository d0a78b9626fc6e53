"""Whole servers of ours on this machine, as operators start them, and the people on them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

WATERTOWER = (sys.executable, "-m", "watertower")
READY_SECONDS = 60
WAIT_SECONDS = 15


@dataclass
class Server:
    """`watertower up` in a folder of its own. Its domain is its address on this machine."""

    folder: Path
    more: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    def __post_init__(self):
        port, streaming_port = free_ports()
        self.domain = f"127.0.0.1:{port}"
        self.base = f"http://{self.domain}"
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("WATERTOWER_")}
        self.environment.pop("DATABASE_URL", None)
        self.environment |= {
            "WATERTOWER_DATA_DIR": str(self.folder / "data"),
            "WATERTOWER_BIND": self.domain,
            "WATERTOWER_STREAMING_BIND": f"127.0.0.1:{streaming_port}",
            "WATERTOWER_DOMAIN": self.domain,
            "WATERTOWER_LIMITS_ENABLED": "false",
            "WATERTOWER_LOG_LEVEL": "warning",
            "WATERTOWER_FEDERATION_ALLOW_HTTP": "true",
            "WATERTOWER_FEDERATION_ALLOWED_NETWORKS": "127.0.0.0/8",
            **self.more,
        }

    def start(self):
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*WATERTOWER, "up"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self):
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log()
            try:
                with urllib.request.urlopen(f"{self.base}/health/ready", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"not ready: {self.log()}")

    def stop(self):
        """SIGTERM, as an operator stops it; SIGKILL if it does not listen."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def log(self):
        return (self.folder / "log").read_text(errors="replace")[-6000:]

    def command(self, *words, stdin=""):
        done = subprocess.run(
            [*WATERTOWER, *words],
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def people(self, *names):
        """New members, with an app that may do everything."""
        made = json.loads(self.command("dev", "accounts", stdin=json.dumps(names)).splitlines()[-1])
        return [Person(self, one["username"], one["token"], one["id"]) for one in made]


@dataclass
class Person:
    """A member who uses an app: the client API over real HTTP."""

    server: Server
    name: str
    token: str = field(repr=False)
    id: str

    @property
    def handle(self):
        return f"{self.name}@{self.server.domain}"

    def call(self, method, path, body=None, **query):
        """JSON of an answer; its status as a number when it is no success."""
        url = f"{self.server.base}{path}"
        if query:
            url += "?" + urllib.parse.urlencode(query)
        request = urllib.request.Request(
            url,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=25) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            error.read()
            return error.code

    def get(self, path, **query):
        return self.call("GET", path, **query)

    def does(self, path, **body):
        """A POST that must succeed."""
        answer = self.call("POST", path, body)
        assert not isinstance(answer, int), (path, body, answer)
        return answer

    def looks_up(self, other):
        """The account as this server has it, found with the search field of an app."""
        found = self.get("/api/v2/search", q=f"@{other.handle}", resolve="true", type="accounts")
        assert [one["acct"] for one in found["accounts"]] == [other.handle]
        return found["accounts"][0]

    def looks_up_status(self, status):
        """The status at this address, as this server has it; None if it cannot be had."""
        found = self.get("/api/v2/search", q=status["uri"], resolve="true", type="statuses")
        return found["statuses"][0] if found["statuses"] else None

    def relation_to(self, other):
        account_id = self.looks_up(other)["id"]
        return self.get("/api/v1/accounts/relationships", **{"id[]": account_id})[0]

    def follows(self, other):
        """Follow, and wait until it is accepted over there."""
        account = self.looks_up(other)
        self.does(f"/api/v1/accounts/{account['id']}/follow")
        eventually(lambda: self.relation_to(other)["following"])
        return account

    def posts(self, text, **more):
        return self.does("/api/v1/statuses", status=text, **more)

    def home(self):
        return self.get("/api/v1/timelines/home")

    def sees(self, status):
        """Wait for a status in the home timeline; as this server has it."""
        return eventually(
            lambda: next((one for one in self.home() if one["uri"] == status["uri"]), None)
        )

    def is_told(self, kind, about=None):
        """Wait for a notification of a kind, about a status if one is given."""

        def found():
            for one in self.get("/api/v1/notifications", **{"types[]": kind}):
                if about is None or one["status"]["uri"] == about["uri"]:
                    return one
            return None

        return eventually(found)


def eventually(question, seconds=WAIT_SECONDS):
    """The first true answer; the last one must be true when the time is over."""
    until = time.monotonic() + seconds
    while True:
        answer = question()
        if answer or time.monotonic() > until:
            assert answer, "waited in vain"
            return answer
        time.sleep(0.1)


def free_ports():
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]
