"""Calls every GET operation of the API, and every page, on a large database: CPU of each.

    .venv/bin/python bench/generate.py --url URL && .venv/bin/python bench/endpoints.py --url URL

The calls go through the whole application in this process, without a socket, in the name of the
owner of the server. CPU is user and system time of this process and of the PostgreSQL processes
that serve it; the median of some calls, after two that do not count. Reports and cases are made
if there are none (`--reports`). Ends with 1 when something costs more than `--most-ms`.
"""

import argparse
import asyncio
import gc
import hashlib
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
from cases import FILL

from watertower.api.routes import ROUTES as API
from watertower.asgi import Site
from watertower.assemble import assembled
from watertower.base.db.migrate import migrate
from watertower.base.settings import DatabaseSettings, LimitSettings, ServerSettings, Settings
from watertower.web.cookies import SESSION, cookie_name
from watertower.web.routes import ROUTES as WEB

ME = 1_000_100  # person100 of generate.py
WORD = "bench"
HASH = hashlib.sha256(WORD.encode()).digest()
SCOPES = ["read", "write", "follow", "push", "profile", "admin:read", "admin:write"]

# What stands for a parameter of a path: the longest beginning of a path that fits, and the SQL
# that finds it. What finds nothing is called with 1, and answers 404.
SOMEBODY = "SELECT account_id FROM account_stats WHERE statuses_count > 10 AND account_id > 1000000 ORDER BY followers_count DESC OFFSET 300 LIMIT 1"
STATUS = "SELECT status_id FROM favourites f JOIN statuses s ON s.id = status_id WHERE visibility = 0 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
CASE = "SELECT max(id) FROM cases WHERE closed_at IS NULL"
TAG = "SELECT 'server'"
DOMAIN = (
    "SELECT domain FROM accounts WHERE domain IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
)
PLACES = {
    "/api/v1/accounts/": SOMEBODY,
    "/api/v1_alpha/accounts/": SOMEBODY,
    "/api/v1/statuses/": STATUS,
    "/api/v1/polls/": "SELECT max(id) FROM polls",
    "/api/v1/media/": "SELECT max(id) FROM media_attachments",
    "/api/v1/timelines/tag/": TAG,
    "/api/v1/timelines/list/": f"SELECT id FROM lists WHERE account_id = {ME}",
    "/api/v1/lists/": f"SELECT id FROM lists WHERE account_id = {ME}",
    "/api/v1/notifications/": f"SELECT max(id) FROM notifications WHERE account_id = {ME}",
    "/api/v2/notifications/": f"SELECT max(group_key) FROM notifications WHERE account_id = {ME}",
    "/api/v1/notifications/requests/": f"SELECT max(from_account_id) FROM notifications WHERE account_id = {ME}",
    "/api/v1/tags/": TAG,
    "/api/v1/annual_reports/": "SELECT '2025'",
    "/api/v1/admin/accounts/": SOMEBODY,
    "/api/v1/admin/reports/": "SELECT max(id) FROM reports",
    "/api/v1/admin/tags/": "SELECT max(id) FROM tags",
    "/api/watertower/v1/cases/": CASE,
    "/api/watertower/v1/servers/": DOMAIN,
    "/desk/cases/": CASE,
    "/desk/accounts/": SOMEBODY,
    "/desk/servers/": DOMAIN,
    "/servers/": DOMAIN,
    "/tags/": TAG,
    "/": "SELECT '@' || username FROM accounts WHERE id = ({somebody})",
}
SECOND = {  # of a path with two parameters
    "/:name/:id": "SELECT max(id) FROM statuses WHERE account_id = ({somebody}) AND visibility = 0 AND reblog_of_id IS NULL",
    "/:name/:id/embed": "SELECT max(id) FROM statuses WHERE account_id = ({somebody}) AND visibility = 0 AND reblog_of_id IS NULL",
    "/:name/tagged/:tag": TAG,
}
QUERIES = {
    "/api/v1/accounts/search": "q=person12",
    "/api/v1/accounts/lookup": "acct=person100",
    "/api/v1/accounts/relationships": "id[]=1000001&id[]=1000003",
    "/api/v1/accounts/familiar_followers": "id[]=1000001&id[]=1000003",
    "/api/v1/accounts": "id[]=1000001&id[]=1000003",
    "/api/v1/statuses": "id[]=1",
    "/api/v1/domain_blocks/preview": "domain=server1.example",
    "/api/v2/search": "q=zozozo",
    "/api/v1/peers/search": "q=server1",
    "/api/watertower/v1/actions": "account_id=1000001",
    "/desk/accounts": "q=person12",
    "/desk/cases": "state=any",
    "/api/v1/markers": "timeline[]=home&timeline[]=notifications",
}
# Files that are made for one person now and then.
EXPORTS = re.compile(r"^/settings/exports/|/settings/severed/:id/:name|/download$|^/desk/.*\.csv$")
# What grows with the question itself, asked by a person before a decision about a whole server:
# every follow between here and there is counted.
ASKED_FOR = {"/api/watertower/v1/servers/:domain/preview", "/desk/servers/:domain/decide"}
_PART = re.compile(r":[a-z_]+")


@dataclass
class Cost:
    """What one call of an operation takes, in CPU ms."""

    name: str
    status: int
    here_ms: float
    database_ms: float
    size: int

    @property
    def ms(self) -> float:
        """All of it."""
        return self.here_ms + self.database_ms


class Caller:
    """Calls the application as a web server would."""

    def __init__(self, site: Site, headers: dict[str, str], watch: asyncpg.Connection) -> None:
        self._site, self._watch = site, watch
        self._headers = [(k.encode(), v.encode()) for k, v in headers.items()]
        self._files: list[Path] = []

    async def watch_backends(self) -> None:
        """Learn which PostgreSQL processes are ours."""
        rows = await self._watch.fetch(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
            "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        self._files = [Path(f"/proc/{row['pid']}/schedstat") for row in rows]

    def database_ms(self) -> float:
        """CPU of those processes since they began."""
        return sum(int(file.read_text().split()[0]) for file in self._files) / 1e6

    async def call(self, path: str, query: str) -> tuple[int, int]:
        """(status, bytes) of one GET."""
        status, size = 0, 0

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))

        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": self._headers,
            "client": ("127.0.0.1", 4242),
            "server": ("127.0.0.1", 3000),
        }
        await self._site(scope, receive, send)
        return status, size

    async def measure(self, name: str, path: str, query: str, times: int) -> Cost:
        """The median of some calls."""
        for _ in range(2):
            status, size = await self.call(path, query)
        here, database = [], []
        for _ in range(times):
            before, before_there = time.process_time(), self.database_ms()
            await self.call(path, query)
            here.append((time.process_time() - before) * 1000)
            database.append(self.database_ms() - before_there)
        return Cost(name, status, statistics.median(here), statistics.median(database), size)


async def make_owner(connection: asyncpg.Connection, *, reports: int) -> None:
    """Sign the owner in, and give the desk something to show."""
    if reports and not await connection.fetchval("SELECT EXISTS (SELECT 1 FROM cases)"):
        for statement in FILL:
            # Its people are others than those of generate.py.
            sql = statement.format(reports=reports).replace("'person'", "'reported'")
            await connection.execute(sql, timeout=600)
        await connection.execute("ANALYZE")
    login = await connection.fetchval(
        "UPDATE logins SET role_id = 3, last_active_at = now() WHERE account_id = $1 RETURNING id",
        ME,
    )
    if login is None:
        sys.exit("There is no person100: fill the database with bench/generate.py first.")
    await connection.execute(
        "INSERT INTO lists (account_id, title) SELECT $1, 'people' "
        "WHERE NOT EXISTS (SELECT 1 FROM lists WHERE account_id = $1)",
        ME,
    )
    await connection.execute(
        "INSERT INTO list_accounts (list_id, account_id) SELECT li.id, f.target_account_id "
        "FROM lists li JOIN follows f USING (account_id) WHERE li.account_id = $1 LIMIT 25 "
        "ON CONFLICT DO NOTHING",
        ME,
    )
    await connection.execute(
        "INSERT INTO team_memberships (account_id, team, state, role_id, joined_at) "
        "VALUES ($1, 'moderation', 'active', 3, now()) ON CONFLICT DO NOTHING",
        ME,
    )
    application = await connection.fetchval(
        "INSERT INTO oauth_applications (name, client_id, client_secret, redirect_uris, scopes) "
        "VALUES ('bench', gen_random_uuid(), '', '{}', $1) RETURNING id",
        SCOPES,
    )
    await connection.execute(
        "INSERT INTO oauth_tokens (token_hash, application_id, login_id, scopes, used_at) "
        "VALUES ($1, $2, $3, $4, now()) ON CONFLICT DO NOTHING",
        *(HASH, application, login, SCOPES),
    )
    await connection.execute(
        "INSERT INTO sessions (login_id, token_hash, expires_at) "
        "VALUES ($1, $2, now() + interval '1 day') ON CONFLICT DO NOTHING",
        *(login, HASH),
    )


def routes_of(only: str) -> Iterator[str]:
    """Paths of all GET operations, each once, whose path holds a word."""
    seen = {"/auth/sign_out"}
    for route in [*API, *WEB]:
        if route.method == "GET" and route.path not in seen and only in route.path:
            seen.add(route.path)
            yield route.path


async def filled(connection: asyncpg.Connection, path: str) -> str:
    """The path with something that is there in place of each parameter."""
    parts = _PART.findall(path)
    for place, part in enumerate(parts):
        sql = SECOND.get(path) if place else None
        if sql is None:
            begins = [start for start in PLACES if path.startswith(start)]
            sql = PLACES[max(begins, key=len)]
            if path.startswith(("/api/", "/desk/", "/settings/", "/account")) and begins == ["/"]:
                sql = "SELECT NULL"
        value = await connection.fetchval(sql.format(somebody=SOMEBODY))
        path = path.replace(part, "1" if value is None else str(value), 1)
    return path


async def report(given: argparse.Namespace) -> int:
    """Print the table; answers how many are too dear."""
    await migrate(given.url)
    watch = await asyncpg.connect(given.url)
    await make_owner(watch, reports=given.reports)
    settings = Settings(
        server=ServerSettings(domain="localhost:3000", data_dir=Path(tempfile.mkdtemp())),
        database=DatabaseSettings(url=given.url),
        limits=LimitSettings(enabled=False),
    )
    costs = []
    async with assembled(settings, connections=2) as ctx:
        site = Site(ctx, role="web")
        await site.start()
        signed_in = {"api": {"authorization": f"Bearer {WORD}", "host": "localhost:3000"}}
        signed_in["web"] = {
            "cookie": f"{cookie_name(settings, SESSION)}={WORD}",
            "host": "localhost:3000",
        }
        callers = {name: Caller(site, headers, watch) for name, headers in signed_in.items()}
        gc.freeze()
        for path in routes_of(given.only):
            caller = callers["api" if path.startswith(("/api/", "/oauth/")) else "web"]
            await caller.watch_backends()
            there = await filled(watch, path)
            costs.append(await caller.measure(path, there, QUERIES.get(path, ""), given.times))
        await site.stop()
    await watch.close()
    costs.sort(key=lambda cost: -cost.ms)
    print("| Operation | status | CPU ms | here | PostgreSQL | bytes |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for cost in costs:
        print(
            f"| {cost.name} | {cost.status} | {cost.ms:.1f} | {cost.here_ms:.1f} "
            f"| {cost.database_ms:.1f} | {cost.size} |"
        )
    dear = [
        cost
        for cost in costs
        if cost.ms > given.most_ms and cost.name not in ASKED_FOR and not EXPORTS.search(cost.name)
    ]
    print(f"\nendpoints: {len(dear)} of {len(costs)} above {given.most_ms} CPU ms")
    return len(dear)


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", default=os.environ.get("DATABASE_URL", ""))
    parser.add_argument("--only", default="", help="paths that hold this")
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--most-ms", type=float, default=20.0)
    sys.exit(1 if asyncio.run(report(parser.parse_args())) else 0)


if __name__ == "__main__":
    main()
