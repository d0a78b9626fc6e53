"""What the desk's queries cost at 100,000 reports, and that pages add little to them.

The same rows, printed as a table and with plans: bench/cases.py.
"""

import importlib
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from tests.moderation.desk import a_moderator, a_report
from watertower.assemble import assembled
from watertower.base.db.migrate import migrate
from watertower.base.settings import DatabaseSettings
from watertower.moderation.access.case_file import case_file_for
from watertower.moderation.access.cases import cases_for, queue_words

REPORTS, MOST_MS = 100_000, 100
BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
async def large(database_url, settings, monkeypatch):
    """A context on a database of its own, filled."""
    monkeypatch.syspath_prepend(str(BENCH))
    bench = importlib.import_module("cases")
    server = await asyncpg.connect(database_url)
    await server.execute("CREATE DATABASE many_cases")
    url = database_url.replace(f"{urlsplit(database_url).path}?", "/many_cases?")
    await migrate(url)
    async with assembled(
        replace(settings, database=DatabaseSettings(url=url)), connections=2
    ) as ctx:
        async with ctx.db.pool.acquire() as connection:
            for statement in bench.FILL:
                await connection.execute(statement.format(reports=REPORTS))
            await connection.execute("ANALYZE")
        yield ctx, bench
    await server.execute("DROP DATABASE many_cases WITH (FORCE)")
    await server.close()


async def test_no_list_of_the_desk_takes_100_ms_at_100_000_reports(large):
    ctx, bench = large
    asked = {
        name: lambda search=search: cases_for(
            ctx, viewer_id=bench.VIEWER, search=search, after_id=None, limit=30, wants_graphic=True
        )
        for name, search in bench.SEARCHES.items()
    }
    asked["words"] = lambda: queue_words(ctx, viewer_id=bench.VIEWER)
    asked["further on"] = lambda: cases_for(
        ctx,
        viewer_id=bench.VIEWER,
        search=bench.SEARCHES["queue"],
        after_id=40_000,
        limit=30,
        wants_graphic=True,
    )
    asked["a case"] = lambda: case_file_for(ctx, viewer_id=bench.VIEWER, case_id=40_000)
    cost = {}
    for name, ask in asked.items():
        times = []
        for _ in range(5):
            began = time.perf_counter()
            await ask()
            times.append((time.perf_counter() - began) * 1000)
        cost[name] = min(times)

    assert {name: ms for name, ms in cost.items() if ms > MOST_MS} == {}


async def test_the_pages_themselves_cost_less_than_100_ms_of_cpu(ctx, client):
    moderator = await a_moderator(ctx, client)
    cases = [(await a_report(ctx))[1] for _ in range(30)]
    cost = {}
    for path in (
        "/desk/cases",
        f"/desk/cases/{cases[0]}",
        f"/desk/cases/{cases[0]}?evidence=shown",
    ):
        await moderator.get(path)
        began = time.process_time()
        assert (await moderator.get(path)).status == 200
        cost[path] = (time.process_time() - began) * 1000

    assert {path: ms for path, ms in cost.items() if ms > MOST_MS} == {}
