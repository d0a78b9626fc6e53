"""The world of the tests: a real PostgreSQL, the real server on a real port, real workers.

Each test process starts a PostgreSQL of its own and clones one migrated template. Stand-ins
exist only for the outside: remote hosts, mail, push, clock.
"""

import asyncio
import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import asyncpg
import pytest
import uvicorn

from watertower.asgi import Site
from watertower.assemble import assembled
from watertower.base import keys
from watertower.base.context import Context, Mail
from watertower.base.db.embedded import start_embedded
from watertower.base.db.migrate import migrate
from watertower.base.db.transaction import Reading
from watertower.base.queue.job import Lane
from watertower.base.settings import (
    DatabaseSettings,
    FederationSettings,
    LimitSettings,
    ServerSettings,
    Settings,
)
from watertower.base.work.run import Runner
from watertower.jobs import JOBS
from watertower.web.views.site import forget_site


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """A migrated PostgreSQL of this test process."""
    folder = Path(tempfile.mkdtemp(prefix="wt-test-", dir="/tmp"))
    folder.chmod(0o755)
    server = start_embedded(folder, fast_and_unsafe=True, say=lambda _: None)
    try:
        asyncio.run(migrate(server.url))
        yield server.url
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def port() -> int:
    """A free port for the server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


@pytest.fixture(scope="session")
def settings(database_url: str, port: int) -> Iterator[Settings]:
    """Settings of the server under test."""
    folder = Path(tempfile.mkdtemp(prefix="wt-data-"))
    yield Settings(
        server=ServerSettings(
            domain=f"localhost:{port}",
            bind=f"127.0.0.1:{port}",
            data_dir=folder,
            viewer_memory_seconds=0,  # tests write rows of their own; see test_known_viewers
        ),
        database=DatabaseSettings(url=database_url),
        federation=FederationSettings(allowed_networks="127.0.0.0/8,::1/128", allow_http=True),
        limits=LimitSettings(enabled=False),
    )
    shutil.rmtree(folder, ignore_errors=True)


class MovableClock:
    """The machine's clock, which a test may move forward."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        """The present moment, as moved."""
        return datetime.now(UTC) + self.ahead


class MailBox:
    """Keeps mails instead of sending them."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    async def send(self, mail: Mail) -> None:
        """Keep it."""
        self.mails.append(mail)

    def to(self, address: str) -> list[Mail]:
        """The mails to an address, oldest first."""
        return [mail for mail in self.mails if mail.to == address]


@pytest.fixture(scope="session")
async def _context(settings: Settings) -> AsyncIterator[Context]:
    async with assembled(settings, connections=12, clock=MovableClock()) as ctx:
        ctx.mail = MailBox()
        yield ctx


@pytest.fixture
async def ctx(_context: Context, _shipped: dict[str, str]) -> AsyncIterator[Context]:
    """A context on the real database. Tests make rows of their own and share the tables."""
    clock = _context.clock
    assert isinstance(clock, MovableClock)
    clock.ahead = timedelta(0)
    _context.mail = MailBox()
    # What another test left to be done, or decided about the community, is not this one's.
    async with _context.transaction() as tx:
        await tx.execute("DELETE FROM pgqueuer")
        await tx.execute("DELETE FROM site_settings")
    forget_site()
    yield _context
    clock.ahead = timedelta(0)


@pytest.fixture
def clock(ctx: Context) -> MovableClock:
    """The clock of `ctx`: move it with `clock.ahead = timedelta(...)`."""
    assert isinstance(ctx.clock, MovableClock)
    return ctx.clock


@pytest.fixture
def mails(ctx: Context) -> MailBox:
    """Mails that were sent in this test."""
    assert isinstance(ctx.mail, MailBox)
    return ctx.mail


TABLES = """
    SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'
    AND tablename NOT IN ('migrations', 'site_settings', 'audit_log')
"""


@pytest.fixture(scope="session")
async def _shipped(_context: Context) -> dict[str, str]:
    """What migrations put into tables, as JSON by table: roles, criteria, teams …"""
    found = {}
    async with _context.db.pool.acquire() as connection:
        for row in await connection.fetch(TABLES):
            rows = await connection.fetchval(f"SELECT jsonb_agg(t) FROM {row['name']} t")
            if rows is not None:
                found[row["name"]] = rows
    return found


@pytest.fixture
async def empty(ctx: Context, _shipped: dict[str, str]) -> Context:
    """`ctx` with nothing in its tables but what migrations put there."""
    async with ctx.db.pool.acquire() as connection, connection.transaction():
        names = ", ".join(row["name"] for row in await connection.fetch(TABLES))
        await connection.execute(f"TRUNCATE {names} CASCADE")
        waiting = dict(_shipped)
        for _ in _shipped:  # a table may need the rows of another one first
            for name, rows in list(waiting.items()):
                with contextlib.suppress(asyncpg.ForeignKeyViolationError):
                    async with connection.transaction():
                        await connection.execute(
                            f"INSERT INTO {name} "
                            f"SELECT * FROM jsonb_populate_recordset(NULL::{name}, $1)",
                            rows,
                        )
                        del waiting[name]
        assert waiting == {}
    return ctx


@pytest.fixture(scope="session")
async def _server(_context: Context, settings: Settings) -> AsyncIterator[str]:
    site = Site(_context, role="web")
    await site.start()
    host, port = settings.bind
    config = uvicorn.Config(
        site,
        host=host,
        port=port,
        loop="none",
        http="httptools",
        ws="websockets-sansio",
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://{host}:{port}"
    await site.stop()
    server.should_exit = True
    await task


@dataclass
class Client:
    """Real HTTP to the server under test; `token` signs in."""

    session: aiohttp.ClientSession
    base: str
    token: str | None = None

    def signed_in(self, token: str) -> "Client":
        """The same server as seen with this token."""
        return replace(self, token=token)

    async def call(self, method: str, path: str, **options: object) -> "Answer":
        """Ask and read the whole answer. `json=`, `data=`, `params=`, `headers=` as in aiohttp."""
        headers = dict(options.pop("headers", None) or {})  # type: ignore[call-overload]
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        url = path if path.startswith("http") else self.base + path
        options.setdefault("allow_redirects", False)
        async with self.session.request(method, url, headers=headers, **options) as got:  # type: ignore[arg-type]
            return Answer(got.status, await got.read(), got.headers)

    async def get(self, path: str, **options: object) -> "Answer":
        """GET."""
        return await self.call("GET", path, **options)

    async def post(self, path: str, **options: object) -> "Answer":
        """POST."""
        return await self.call("POST", path, **options)

    async def put(self, path: str, **options: object) -> "Answer":
        """PUT."""
        return await self.call("PUT", path, **options)

    async def patch(self, path: str, **options: object) -> "Answer":
        """PATCH."""
        return await self.call("PATCH", path, **options)

    async def delete(self, path: str, **options: object) -> "Answer":
        """DELETE."""
        return await self.call("DELETE", path, **options)


@dataclass
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: object

    @property
    def json(self) -> object:
        """The body as JSON."""
        import msgspec

        return msgspec.json.decode(self.body)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@pytest.fixture
async def client(_server: str, ctx: Context) -> AsyncIterator[Client]:
    """Real HTTP to the real server."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield Client(session, _server)


@pytest.fixture
def drain(ctx: Context):
    """`await drain()` runs every job that is due, and what follows from it."""

    async def run() -> None:
        await Runner(ctx, JOBS, list(Lane)).drain()

    return run


@pytest.fixture
def queries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collects the SQL of every query; clear it, act, then look at its length."""
    seen: list[str] = []
    monkeypatch.setattr(Reading, "_count", lambda self, sql: seen.append(sql))
    return seen


@pytest.fixture(scope="session", autouse=True)
def _one_key_pair_for_all() -> Iterator[None]:
    """Making an RSA key takes 100 ms; tests that are not about keys share one."""
    make = keys.make_key_pair
    pair = make()
    keys.make_key_pair = lambda: pair
    yield
    keys.make_key_pair = make


def is_ci() -> bool:
    """Whether what is missing must fail instead of being skipped."""
    return os.environ.get("CI") == "true"
