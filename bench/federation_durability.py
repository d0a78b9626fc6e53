"""Deliveries to many hosts, some of them dead, slow or hanging, while workers are killed.

    .venv/bin/python bench/federation_durability.py --deliveries 10000 --hosts 200 --bad 30 \
        --kill-every 5 --workers 2 --seconds 900

A database, real worker processes and stand-in hosts on this machine (127.a.b.c). Of the bad hosts
a third refuses connections, a third answers after 10 s, a third never. Every `--kill-every`
seconds a worker is killed with SIGKILL and started again (0: never). Prints how long until each
healthy host had each activity, what came twice, and what is lost: a healthy host without an
activity at the end, or a delivery to a bad one that is no longer waiting. Exits with 1 if
anything is lost.
"""

import argparse
import asyncio
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import msgspec
from aiohttp import web

from tests.world import a_follow, an_account
from watertower.assemble import assembled
from watertower.base.context import Context
from watertower.base.db.embedded import start_embedded
from watertower.base.db.migrate import migrate
from watertower.base.settings import (
    DatabaseSettings,
    FederationSettings,
    LimitSettings,
    ServerSettings,
    Settings,
)
from watertower.federation.delivery.send import Audience, send

SLOW_SECONDS = 10.0
BAD = ("dead", "slow", "hanging")


class Hosts:
    """The other servers: one socket for all that answer; the dead have an address of their own."""

    def __init__(self, count: int, bad_percent: int) -> None:
        bad = count * bad_percent // 100
        self.kinds = {
            f"127.9.{n // 200}.{n % 200 + 2}": BAD[n % 3] if n < bad else "healthy"
            for n in range(count)
        }
        self.got: dict[str, Counter[str]] = {address: Counter() for address in self.kinds}
        self.first: dict[tuple[str, str], float] = {}
        self.port = 0

    def url(self, address: str) -> str:
        """Where it is said to listen: of the dead a port at which nobody does."""
        port = 9 if self.kinds[address] == "dead" else self.port
        return f"http://{address}:{port}"

    async def start(self) -> None:
        """Listen on every address of this machine's own."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "0.0.0.0", 0, backlog=1024).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening."""
        await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.Response:
        address = request.host.partition(":")[0]
        kind = self.kinds.get(address)
        body = await request.read()
        if request.method != "POST" or kind is None:
            return web.Response(status=404)
        if kind == "hanging":
            await asyncio.sleep(3600)
        if kind == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        uri = msgspec.json.decode(body)["id"]
        self.got[address][uri] += 1
        self.first.setdefault((address, uri), time.monotonic())
        return web.Response(status=202)

    def missing(self, uris: list[str]) -> int:
        """What healthy hosts do not have yet."""
        return sum(
            uri not in self.got[address]
            for address, kind in self.kinds.items()
            if kind == "healthy"
            for uri in uris
        )


class Workers:
    """Worker processes, some of which are killed."""

    def __init__(self, count: int, environment: dict[str, str], log: Path) -> None:
        self._environment, self._log = environment, log
        self._processes = [self._start() for _ in range(count)]
        self.killed = 0

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "watertower", "worker"],
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def kill_one(self) -> None:
        """SIGKILL, and another in its place."""
        place = random.randrange(len(self._processes))
        self._processes[place].kill()
        self._processes[place].wait()
        self._processes[place] = self._start()
        self.killed += 1

    def stop(self) -> None:
        """Kill them all."""
        for process in self._processes:
            process.kill()
            process.wait()


async def write(ctx: Context, hosts: Hosts, activities: int) -> list[str]:
    """A member with a follower on each host, and so many activities; their ids."""
    author = await an_account(ctx)
    for address in hosts.kinds:
        base = hosts.url(address)
        follower = await an_account(
            ctx, domain=base.removeprefix("http://"), inbox_url=f"{base}/users/f/inbox",
            shared_inbox_url=f"{base}/inbox",
        )  # fmt: skip
        await a_follow(ctx, follower, author)
    uris = []
    for number in range(activities):
        uri = f"{author.uri}#bench/{number}"
        await send(
            ctx,
            account_id=author.id,
            activity={
                "id": uri, "type": "Like", "actor": author.uri,
                "object": f"https://nobody.example/{number}",
            },
            audience=Audience(followers_of=author.id),
        )  # fmt: skip
        uris.append(uri)
    return uris


async def run(asked: argparse.Namespace) -> bool:
    """Whether nothing was lost."""
    home = Path(tempfile.mkdtemp(prefix="wt-durable-", dir="/tmp"))
    home.chmod(0o755)  # noqa: ASYNC240  # before anything else runs
    database = start_embedded(home / "db", fast_and_unsafe=False, say=lambda _: None)
    hosts = Hosts(asked.hosts, asked.bad)
    workers = None
    try:
        await migrate(database.url)
        await hosts.start()
        settings = Settings(
            server=ServerSettings(domain="localhost:3999", data_dir=home),
            database=DatabaseSettings(url=database.url),
            federation=FederationSettings(allowed_networks="127.0.0.0/8", allow_http=True),
            limits=LimitSettings(enabled=False),
        )
        environment = {k: v for k, v in os.environ.items() if not k.startswith("WATERTOWER_")} | {
            "DATABASE_URL": database.url,
            "WATERTOWER_DATA_DIR": str(home),
            "WATERTOWER_DOMAIN": "localhost:3999",
            "WATERTOWER_FEDERATION_ALLOWED_NETWORKS": "127.0.0.0/8",
            "WATERTOWER_FEDERATION_ALLOW_HTTP": "true",
            "WATERTOWER_LOG_LEVEL": "warning",
        }
        async with assembled(settings, connections=4) as ctx:
            uris = await write(ctx, hosts, max(1, asked.deliveries // asked.hosts))
            wanted = len(uris) * len(hosts.kinds)
            print(
                f"{wanted} deliveries to {len(hosts.kinds)} hosts: {Counter(hosts.kinds.values())}"
            )
            started = time.monotonic()
            workers = Workers(asked.workers, environment, home / "log")
            next_kill = started + asked.kill_every
            while hosts.missing(uris) and time.monotonic() < started + asked.seconds:
                await asyncio.sleep(0.2)
                if asked.kill_every and time.monotonic() >= next_kill:
                    workers.kill_one()
                    next_kill = time.monotonic() + asked.kill_every
            took = time.monotonic() - started
            workers.stop()
            async with ctx.reading() as tx:
                waiting = await tx.fetch_value("SELECT count(*) FROM deliveries")
        return report(
            hosts, uris, started=started, took=took, waiting=waiting, killed=workers.killed
        )
    finally:
        if workers is not None:
            workers.stop()
        await hosts.stop()
        database.stop()
        if asked.keep:
            print(f"kept: {home}")
        else:
            shutil.rmtree(home, ignore_errors=True)


def report(
    hosts: Hosts, uris: list[str], *, started: float, took: float, waiting: int, killed: int
) -> bool:
    """Print what came of it; whether nothing was lost."""
    missing = hosts.missing(uris)
    waits = sorted(
        at - started
        for (address, _), at in hosts.first.items()
        if hosts.kinds[address] == "healthy"
    )
    doubled = sum(count - 1 for got in hosts.got.values() for count in got.values())
    arrived = sum(len(got) for got in hosts.got.values())
    wanted = len(uris) * len(hosts.kinds)
    # What arrived and still waits is sent once more, so the two may overlap, never fall short.
    lost = max(0, wanted - arrived - waiting)
    print(f"took {took:.1f} s; {killed} workers killed")
    if waits:
        p95 = waits[int(len(waits) * 0.95) - 1]
        print(f"healthy hosts: half after {statistics.median(waits):.1f} s, 95 % after {p95:.1f} s")
    print(f"arrived {arrived}, twice {doubled} (same ids), waiting for bad hosts {waiting}")
    print(f"missing at healthy hosts: {missing}; lost: {lost}")
    return not missing and not lost


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--deliveries", type=int, default=10_000)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--bad", type=int, default=30, help="percent")
    parser.add_argument("--kill-every", type=float, default=5.0, help="seconds; 0: never")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=900.0, help="at most")
    parser.add_argument("--keep", action="store_true", help="keep the directory and its log")
    sys.exit(not asyncio.run(run(parser.parse_args())))


if __name__ == "__main__":
    main()
