"""How live is live: many open apps on one streaming process, posts coming in, delays measured.

    .venv/bin/python bench/streaming.py --sockets 1000 --posts-per-second 50 --seconds 10

Starts a PostgreSQL and a streaming process of its own and ends both. Every app listens to its
home, one in ten also to the public stream; each post stands in the homes of `--homes` of them.
Prints the delay from the commit of the announcement to the app, CPU time of the streaming process
for each event and each message, and its memory for each socket.
"""

import argparse
import asyncio
import hashlib
import multiprocessing
import os
import random
import shutil
import socket
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import asyncpg
import uvloop

from watertower.asgi import serve
from watertower.base.db.embedded import start_embedded
from watertower.base.db.migrate import migrate
from watertower.base.settings import DatabaseSettings, LogSettings, ServerSettings, Settings

PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure once with the given numbers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--posts-per-second", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--homes", type=int, default=50)
    parser.add_argument("--public-share", type=float, default=0.1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="wt-bench-", dir="/tmp"))
    folder.chmod(0o755)
    server = start_embedded(folder, fast_and_unsafe=True, say=lambda _: None)
    try:
        asyncio.run(migrate(server.url))
        settings = Settings(
            server=ServerSettings(domain="localhost:4290", data_dir=folder / "data"),
            database=DatabaseSettings(url=server.url),
            log=LogSettings(level="warning"),
        )
        with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
            port = listener.getsockname()[1]
            process = multiprocessing.Process(
                target=serve, args=(replace(settings), listener), kwargs={"role": "stream"}
            )
            process.start()
            try:
                uvloop.run(measure(server.url, port, process.pid or 0, options))
            finally:
                process.terminate()
                process.join(15)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


class App(asyncio.Protocol):
    """An app that costs next to nothing: it reads frames and takes the time, no more."""

    transport: asyncio.Transport

    def __init__(self, published: dict[str, float], delays: list[float]) -> None:
        self._published = published
        self._delays = delays
        self._data = b""
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._wish = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = transport  # type: ignore[assignment]

    def ask(self, token: str, *, is_public: bool) -> None:
        """Open the socket, and after that perhaps a second stream."""
        self.transport.write(
            f"GET /api/v1/streaming?stream=user&access_token={token} HTTP/1.1\r\nHost: x\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        if is_public:
            wish = b'{"type":"subscribe","stream":"public"}'
            self._wish = bytes([0x81, 0x80 | len(wish), 0, 0, 0, 0]) + wish

    def data_received(self, data: bytes) -> None:
        """Take frames apart (RFC 6455, section 5.2): ours are short and not masked."""
        now = time.perf_counter()
        data = self._data + data
        if not self.opened.done():
            if b"\r\n\r\n" not in data:
                self._data = data
                return
            self.opened.set_result(None)
            self.transport.write(self._wish)
            data = data.split(b"\r\n\r\n", 1)[1]
        while len(data) >= 4:
            length, start = data[1], 2
            if length == 126:
                length, start = int.from_bytes(data[2:4], "big"), 4
            if len(data) < start + length:
                break
            frame, data = data[start : start + length], data[start + length :]
            mark = frame.find(b'{\\"id\\":\\"')
            if mark >= 0:
                status_id = frame[mark + 10 :].split(b"\\", 1)[0].decode()
                self._delays.append(now - self._published[status_id])
        self._data = data


async def measure(url: str, port: int, pid: int, options: argparse.Namespace) -> None:
    """Open the sockets, post, and print what was seen."""
    database = await asyncpg.connect(url)
    accounts = await make_accounts(database, options.sockets)
    author = accounts[0][0]
    await until_ready(port)
    before = memory(pid)
    published: dict[str, float] = {}
    delays: list[float] = []
    loop = asyncio.get_running_loop()
    apps = []
    for number, (_, token) in enumerate(accounts):
        _, app = await loop.create_connection(lambda: App(published, delays), "127.0.0.1", port)
        app.ask(token, is_public=number < options.sockets * options.public_share)
        apps.append(app)
        if number % 20 == 19:
            await asyncio.gather(*(app.opened for app in apps[-20:]))
    await asyncio.sleep(1)
    per_socket = (memory(pid) - before) / options.sockets

    cpu = cpu_seconds(pid)
    posts = int(options.posts_per_second * options.seconds)
    started = time.perf_counter()
    for number in range(posts):
        readers = random.sample(accounts, min(options.homes, len(accounts)))
        status_id = await insert_status(database, author, [reader[0] for reader in readers])
        published[str(status_id)] = time.perf_counter()
        payload = f'{{"event":"update","status_id":{status_id}}}'
        await database.execute("SELECT pg_notify('watertower_live', $1)", payload)
        wait = started + (number + 1) / options.posts_per_second - time.perf_counter()
        await asyncio.sleep(max(0, wait))
    await asyncio.sleep(2)
    spent = cpu_seconds(pid) - cpu
    for app in apps:
        app.transport.abort()
    delays.sort()
    expected = posts * (options.homes + int(options.sockets * options.public_share))
    print(f"sockets {options.sockets}, posts {posts} at {options.posts_per_second:g}/s")
    print(f"messages {len(delays)} of {expected}")
    for share in (0.5, 0.95, 0.99, 1.0):
        at = delays[min(int(len(delays) * share), len(delays) - 1)]
        print(f"delay p{share * 100:g}: {at * 1000:.1f} ms")
    print(f"CPU of the streaming process: {spent / posts * 1000:.2f} ms an event,", end=" ")
    print(f"{spent / max(len(delays), 1) * 1e6:.0f} µs a message")
    print(f"memory: {per_socket / 1024:.1f} KiB a socket")
    await database.close()


async def make_accounts(database: asyncpg.Connection, count: int) -> list[tuple[int, str]]:
    """Members with a token each: (account id, token)."""
    application = await database.fetchval(
        "INSERT INTO oauth_applications (name, client_id, client_secret, redirect_uris, scopes) "
        "VALUES ('bench', 'bench', 'bench', '{urn:ietf:wg:oauth:2.0:oob}', '{read}') RETURNING id"
    )
    made = []
    for number in range(count):
        token = f"token-{number}"
        account = await database.fetchval(
            "WITH a AS (INSERT INTO accounts (username, display_name, uri, url) "
            "VALUES ($1, $1, $1, $1) RETURNING id), "
            "l AS (INSERT INTO logins (account_id, email, password_hash, confirmed_at, "
            "approved_at, last_active_at) SELECT id, $1, '', now(), now(), now() FROM a "
            "RETURNING id, account_id) "
            "INSERT INTO oauth_tokens (token_hash, application_id, login_id, scopes, used_at) "
            "SELECT $2, $3, id, '{read}', now() FROM l RETURNING (SELECT account_id FROM l)",
            f"user{number}",
            hashlib.sha256(token.encode()).digest(),
            application,
        )
        made.append((account, token))
    return made


async def insert_status(database: asyncpg.Connection, author: int, readers: list[int]) -> int:
    """A public status of some length, in the homes of the readers."""
    async with database.transaction():
        status_id: int = await database.fetchval(
            "WITH c AS (INSERT INTO conversations DEFAULT VALUES RETURNING id) "
            "INSERT INTO statuses (account_id, uri, text, content_html, visibility, language, "
            "conversation_id, is_local) SELECT $1, gen_random_uuid()::text, $2, $2, 0, 'en', id, "
            "true FROM c RETURNING id",
            author,
            "<p>" + "words of a post " * 15 + "</p>",
        )
        await database.execute(
            "INSERT INTO home_feed (account_id, status_id, author_id) "
            "SELECT unnest($1::bigint[]), $2, $3",
            readers,
            status_id,
            author,
        )
    return status_id


async def until_ready(port: int) -> None:
    """Wait for the streaming process."""
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writer.write(b"GET /api/v1/streaming/health HTTP/1.0\r\nHost: x\r\n\r\n")
        writer.close()
        await asyncio.sleep(2)
        return
    raise SystemExit("the streaming process did not start")


def memory(pid: int) -> int:
    """Bytes that the process alone holds."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def cpu_seconds(pid: int) -> float:
    """User and system time of the process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main()
