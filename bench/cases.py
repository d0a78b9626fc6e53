"""Fills a database with reports and cases, and measures what the desk's pages cost then.

    python bench/cases.py --reports 100000

It starts a PostgreSQL of its own in a temporary folder, writes the rows straight into the tables,
and prints for the queue, each search and a case: milliseconds, CPU milliseconds of this process,
and the plan where asked for (--plans). Nothing of it is for a server that people use.
"""

import argparse
import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from watertower.assemble import assembled
from watertower.base.context import Context
from watertower.base.db.embedded import start_embedded
from watertower.base.db.migrate import migrate
from watertower.base.settings import DatabaseSettings, ServerSettings, Settings
from watertower.moderation.access.case_file import case_file_for
from watertower.moderation.access.cases import cases_for, queue_words
from watertower.moderation.model.case_search import CaseSearch
from watertower.moderation.queries.case_lists import list_cases_sql

FILL = (
    """
    INSERT INTO accounts (id, username, domain, display_name, uri, url, inbox_url, shared_inbox_url,
                          outbox_url, followers_url, following_url, featured_url)
    SELECT n, 'person' || n, 'server' || (n % 2000) || '.example', 'Person', u, u, u, u, u, u, u, u
    FROM generate_series(1, {reports} / 5) AS n,
         LATERAL (SELECT 'https://server' || (n % 2000) || '.example/' || n AS u) x
    """,
    """
    INSERT INTO cases (id, kind, state, target_account_id, language, tags, scope, severity, urgency,
                       due_at, due_since, outcome, decided_at, closed_at, created_at, updated_at)
    SELECT n, 'report',
           CASE WHEN n % 20 = 0
                THEN (ARRAY['filed', 'triaged', 'assigned', 'discussion'])[1 + n / 20 % 4]
                ELSE 'closed' END,
           1 + n % ({reports} / 5), (ARRAY['en', 'de', 'fr', 'uk', NULL])[1 + n % 5],
           ARRAY[(ARRAY['spam', 'pile-on', 'slur', 'money'])[1 + n % 4]], n % 4, n / 4 % 4,
           n / 20 % 20, CASE WHEN n % 20 = 0 THEN now() + (n % 100 - 30) * interval '1 hour' END,
           now() - interval '1 day',
           CASE WHEN n % 20 <> 0 THEN (ARRAY['none', 'limit', 'suspend'])[1 + n % 3] END,
           CASE WHEN n % 20 <> 0 THEN now() END, CASE WHEN n % 20 <> 0 THEN now() END,
           now() - n * interval '5 minutes', now()
    FROM generate_series(1, {reports} * 4 / 5) AS n
    """,
    """
    INSERT INTO reports (account_id, target_account_id, category, comment, rule_ids, case_id,
                         resolved_at)
    SELECT 1 + (n * 7) % ({reports} / 5), c.target_account_id,
           (ARRAY['spam', 'other', 'violation'])[1 + n % 3], 'They did it again, number ' || n,
           ARRAY[1 + n % 10]::bigint[], c.id, c.closed_at
    FROM generate_series(1, {reports}) AS n
    JOIN cases c ON c.id = 1 + n % ({reports} * 4 / 5)
    """,
)
VIEWER = 10**12  # somebody none of it is about
SEARCHES = {
    "queue": CaseSearch(),
    "mine": CaseSearch(assigned_to=1),
    "overdue": CaseSearch(is_overdue=True),
    "by rule": CaseSearch(state="any", rule_id=3),
    "by tag": CaseSearch(state="any", tag="slur"),
    "by outcome": CaseSearch(state="closed", outcome="suspend"),
    "by server": CaseSearch(state="any", server="server7.example"),
    "by reporter's server": CaseSearch(state="any", reporter_server="server7.example"),
    "by language": CaseSearch(state="any", language="uk"),
    "by moderator": CaseSearch(state="any", moderator_id=1),
    "nothing": CaseSearch(state="any", tag="no-such-tag", outcome="suspend", language="uk"),
}


async def measure(what: str, do: Callable[[], Awaitable[object]]) -> None:
    """Print the best of five."""
    best = (1e9, 1e9)
    for _ in range(5):
        wall, cpu = time.perf_counter(), time.process_time()
        await do()
        best = min(best, (time.perf_counter() - wall, time.process_time() - cpu))
    print(f"{what:24} {best[0] * 1000:8.1f} ms   {best[1] * 1000:6.1f} CPU ms here")


async def run(ctx: Context, *, reports: int, shows_plans: bool) -> None:
    """Fill and measure."""
    async with ctx.db.pool.acquire() as connection:
        begin = time.perf_counter()
        for statement in FILL:
            await connection.execute(statement.format(reports=reports))
        await connection.execute("VACUUM ANALYZE")
        print(f"{reports} reports written in {time.perf_counter() - begin:.1f} s")
        case_id = await connection.fetchval("SELECT max(id) FROM cases WHERE closed_at IS NULL")
    await measure("words of the queue", lambda: queue_words(ctx, viewer_id=VIEWER))
    for name, search in SEARCHES.items():
        await measure(
            name,
            lambda search=search: cases_for(  # type: ignore[misc]
                ctx, viewer_id=VIEWER, search=search, after_id=None, limit=30, wants_graphic=True
            ),
        )
        if shows_plans:
            sql, args = list_cases_sql(search)
            async with ctx.db.pool.acquire() as connection:
                rows = await connection.fetch(
                    f"EXPLAIN (ANALYZE, BUFFERS) {sql}", VIEWER, True, None, 31, ctx.now(), *args
                )
                print("\n".join(row[0] for row in rows[:40]))
    await measure("a case", lambda: case_file_for(ctx, viewer_id=VIEWER, case_id=case_id))


async def main(reports: int, *, shows_plans: bool, url: str, folder: Path) -> None:
    """Migrate, fill, measure."""
    settings = Settings(
        server=ServerSettings(domain="bench.example", data_dir=folder),
        database=DatabaseSettings(url=url),
    )
    await migrate(url)
    async with assembled(replace(settings), connections=4) as ctx:
        await run(ctx, reports=reports, shows_plans=shows_plans)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--plans", action="store_true")
    given = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="wt-bench-cases-", dir="/tmp"))
    place.chmod(0o755)
    try:
        server = start_embedded(place / "postgres")
        asyncio.run(main(given.reports, shows_plans=given.plans, url=server.url, folder=place))
        server.stop()
    finally:
        shutil.rmtree(place, ignore_errors=True)
    os._exit(0)
