"""The crash test: under load, `kill -9` each process in turn; nothing acknowledged may be lost.

    make crash KILLS=20

Starts a whole server in a fresh directory, posts and stars without a pause (each with an
idempotency key, repeated until it is acknowledged, as apps do), and kills the web, worker and
streaming process, PostgreSQL and the supervisor by turns. In the end every acknowledged post
must exist once, stand once in every follower's home, every star must have notified once, and no
job may be stuck.
"""

import argparse
import asyncio
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import asyncpg

WATERTOWER = [sys.executable, "-m", "watertower"]
TARGETS = ("wt-web-1", "wt-worker-1", "wt-stream", "postgres", "supervisor")
FOLLOWERS = 5
AUTHORS = 3


@dataclass
class Server:
    """A whole server under its supervisor, started again after the supervisor is killed."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("WATERTOWER_")}
        self.environment.pop("DATABASE_URL", None)
        self.environment |= {
            "WATERTOWER_DATA_DIR": str(self.folder / "data"),
            "WATERTOWER_BIND": f"127.0.0.1:{self.port}",
            "WATERTOWER_DOMAIN": f"localhost:{self.port}",
            "WATERTOWER_LIMITS_ENABLED": "false",
            "WATERTOWER_LOG_LEVEL": "warning",
        }

    def start(self) -> None:
        """Start the supervisor."""
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [*WATERTOWER, "up"], env=self.environment, stdout=log, stderr=log
        )

    def command(self, *words: str, stdin: str = "") -> str:
        """Run a command of ours; its standard output."""
        done = subprocess.run(
            [*WATERTOWER, *words],
            env=self.environment,
            input=stdin.encode(),
            capture_output=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"watertower {' '.join(words)}: {done.stderr.decode()[-2000:]}")
        return done.stdout.decode()

    def pid_of(self, name: str) -> int | None:
        """A process of ours by the name it shows."""
        assert self.process is not None
        if name == "supervisor":
            return self.process.pid
        for pid, parent, shown in processes():
            if parent == self.process.pid and shown == name:
                return pid
        return None

    def database_url(self) -> str:
        """Where the embedded database listens."""
        from watertower.base.db.embedded import running_url

        url = running_url(self.folder / "data")
        assert url is not None
        return url


def processes() -> list[tuple[int, int, str]]:
    """(pid, parent, name) of everything that runs."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                head, _, tail = (entry / "stat").read_text().rpartition(")")
            except OSError:
                continue
            parts = tail.split()
            if parts[0] != "Z":
                found.append((int(entry.name), int(parts[1]), head.partition("(")[2]))
    return found


@dataclass
class Load:
    """Posts and stars until told to stop; remembers what was acknowledged."""

    base: str
    people: list[dict[str, str]]
    posts: dict[str, str] = field(default_factory=dict)  # text -> id
    stars: set[tuple[str, str]] = field(default_factory=set)  # (who, status id)
    doubled_answers: int = 0
    stopped: bool = False

    async def post_for_ever(self, session: aiohttp.ClientSession, author: dict[str, str]) -> None:
        """Post, one after another; each is repeated until it is acknowledged."""
        number = 0
        while not self.stopped:
            number += 1
            text = f"{author['username']} {number} {secrets.token_hex(4)}"
            key = secrets.token_hex(16)
            answer = await self.insist(
                session, author, "/api/v1/statuses", {"status": text}, {"Idempotency-Key": key}
            )
            if answer is None:
                continue
            self.posts[text] = answer["id"]
            fan = self.people[-1 - number % FOLLOWERS]
            if await self.insist(
                session, fan, f"/api/v1/statuses/{answer['id']}/favourite", {}, {}
            ):
                self.stars.add((fan["id"], answer["id"]))

    async def insist(
        self,
        session: aiohttp.ClientSession,
        who: dict[str, str],
        path: str,
        body: dict[str, str],
        headers: dict[str, str],
    ) -> dict[str, str] | None:
        """Send until it is acknowledged; None if we stop before that."""
        headers = headers | {"Authorization": f"Bearer {who['token']}"}
        while not self.stopped:
            try:
                async with session.post(self.base + path, json=body, headers=headers) as answer:
                    if answer.status == 200:
                        return await answer.json()
                    if answer.status not in {429, 500, 502, 503}:
                        raise SystemExit(f"{path}: {answer.status} {await answer.text()}")
            except (aiohttp.ClientError, TimeoutError, ConnectionError):
                pass
            await asyncio.sleep(0.1)
        return None


async def ready(base: str, seconds: float = 120) -> None:
    """Wait until the server says it is ready."""
    until = time.monotonic() + seconds
    async with aiohttp.ClientSession() as session:
        while time.monotonic() < until:
            try:
                async with session.get(base + "/health/ready") as answer:
                    if answer.status == 200:
                        return
            except (aiohttp.ClientError, ConnectionError, TimeoutError):
                pass
            await asyncio.sleep(0.1)
    raise SystemExit("the server did not become ready")


async def quiet(url: str, seconds: float = 120) -> int:
    """Wait until no job waits that is due; how many are left, or failed."""
    until = time.monotonic() + seconds
    while True:
        connection = await asyncpg.connect(url)
        try:
            left = await connection.fetchval(
                "SELECT count(*) FROM pgqueuer "
                "WHERE status IN ('picked', 'failed') OR execute_after <= now() + interval '1 minute'"
            )
        finally:
            await connection.close()
        if left == 0 or time.monotonic() > until:
            return left
        await asyncio.sleep(0.5)


async def crash(kills: int, pause: float) -> bool:
    """One run; whether nothing was lost and nothing came twice."""
    folder = Path(tempfile.mkdtemp(prefix="wt-crash-", dir="/tmp"))
    folder.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(folder, port)
    server.start()
    base = f"http://127.0.0.1:{port}"
    try:
        await ready(base)
        names = [f"author{n}" for n in range(AUTHORS)] + [f"fan{n}" for n in range(FOLLOWERS)]
        people = json.loads(
            server.command("dev", "accounts", stdin=json.dumps(names)).splitlines()[-1]
        )
        load = Load(base, people)
        timeout = aiohttp.ClientTimeout(total=15)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            for fan in people[AUTHORS:]:
                for author in people[:AUTHORS]:
                    await load.insist(
                        session, fan, f"/api/v1/accounts/{author['id']}/follow", {}, {}
                    )
            await quiet(server.database_url())
            tasks = [
                asyncio.create_task(load.post_for_ever(session, author))
                for author in people[:AUTHORS]
            ]
            for number in range(kills):
                await asyncio.sleep(pause)
                await kill_one(server, TARGETS[number % len(TARGETS)], base)
            await asyncio.sleep(pause)
            load.stopped = True
            await asyncio.gather(*tasks)
        await ready(base)
        left = await quiet(server.database_url())
        lost, doubled = await count(server.database_url(), load, people)
    finally:
        if server.process is not None and server.process.poll() is None:
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(30)
    if lost or doubled or left:
        print((folder / "log").read_text()[-6000:], file=sys.stderr)
        print(f"left behind: {folder}", file=sys.stderr)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"jobs left: {left}; stars acknowledged: {len(load.stars)}")
    print(f"crash: kills={kills} acknowledged={len(load.posts)} lost={lost} doubled={doubled}")
    return lost == 0 and doubled == 0 and left == 0


async def kill_one(server: Server, target: str, base: str) -> None:
    """Kill one process and, where it was the supervisor, start again."""
    pid = server.pid_of(target)
    if pid is None:
        await asyncio.sleep(1)
        pid = server.pid_of(target)
    if pid is None:
        raise SystemExit(f"there is no process {target} to kill")
    os.kill(pid, signal.SIGKILL)
    if target == "supervisor":
        assert server.process is not None
        children = [p for p, parent, _ in processes() if parent == pid]
        server.process.wait()
        await gone(children)
        server.start()
    await ready(base)


async def gone(pids: list[int]) -> None:
    """Wait until none of these runs: no orphan may stay."""
    for _ in range(300):
        running = {pid for pid, _, _ in processes()}
        if not running & set(pids):
            return
        await asyncio.sleep(0.1)
    raise SystemExit(f"orphans stayed after the supervisor was killed: {pids}")


async def count(url: str, load: Load, people: list[dict[str, str]]) -> tuple[int, int]:
    """What is missing and what is there twice."""
    lost = doubled = 0
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch("SELECT text FROM statuses WHERE deleted_at IS NULL")
        written = Counter(row["text"] for row in rows)
        ids = [int(i) for i in load.posts.values()]
        homes = Counter(
            (row["account_id"], row["status_id"])
            for row in await connection.fetch(
                "SELECT account_id, status_id FROM home_feed WHERE status_id = ANY($1)", ids
            )
        )
        told = Counter(
            (str(row["from_account_id"]), str(row["status_id"]))
            for row in await connection.fetch(
                "SELECT from_account_id, status_id FROM notifications WHERE kind = 'favourite'"
            )
        )
    finally:
        await connection.close()
    lost += sum(1 for text in load.posts if written[text] == 0)
    doubled += sum(n - 1 for n in written.values() if n > 1)
    for status_id in ids:
        for fan in people[AUTHORS:]:
            lost += homes[int(fan["id"]), status_id] == 0
    lost += sum(1 for star in load.stars if told[star] == 0)
    doubled += sum(n - 1 for n in told.values() if n > 1)
    return lost, doubled


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds of load between kills")
    arguments = parser.parse_args()
    raise SystemExit(0 if asyncio.run(crash(arguments.kills, arguments.pause)) else 1)


if __name__ == "__main__":
    main()
