"""Hot queries never read a large table from end to end, whatever the database knows of it.

The whole table of queries with their costs: `bench/plans.py`, docs/decisions/plans.md.
"""

import argparse
import importlib
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from watertower.base.db.migrate import migrate
from watertower.base.db.transaction import Reading

BENCH = Path(__file__).parents[2] / "bench"
STATUSES = 4_000
# Those that grow for as long as the community lives.
LARGE = {
    *("statuses", "status_stats", "home_feed", "notifications", "follows", "favourites"),
    *("mentions", "bookmarks", "status_tags", "media_attachments", "conversations"),
}


@pytest.fixture(params=["counted", "just set up"])
async def community(request, database_url, monkeypatch):
    """A database of its own with 4,000 statuses, with statistics and without."""
    monkeypatch.syspath_prepend(str(BENCH))
    generate = importlib.import_module("generate")
    name = "plans_" + request.param.replace(" ", "_")
    server = await asyncpg.connect(database_url)
    await server.execute(f"CREATE DATABASE {name}")
    parts = urlsplit(database_url)
    url = database_url.replace(f"{parts.path}?", f"/{name}?")
    await migrate(url)
    await generate.generate(
        argparse.Namespace(
            url=url,
            base="http://localhost:3000",
            accounts=300,
            statuses=STATUSES,
            follows=20,
            home=40,
            tokens=1,
            without_statistics=request.param == "just set up",
        )
    )
    yield url
    await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await server.close()


async def test_no_hot_query_reads_a_large_table_from_end_to_end(community):
    measure, plans = importlib.import_module("measure"), importlib.import_module("plans")
    read = []
    async with measure.backend(community) as one:
        world = await plans.world_of(one.connection)
        for name, ask in plans.QUESTIONS:
            asking = measure.Asking(one.connection)
            await ask(Reading(asking), world, 0)
            for sql, args in asking.asked:
                plan = await one.explain(sql, args)
                read += [(name, table) for table in plan.scanned if table in LARGE]
                # Many more rows thrown away than there are: a table was read once for each row.
                if plan.most_filtered > 3 * STATUSES and not name.startswith("search"):
                    read.append((name, plan.most_filtered))
    assert read == []
