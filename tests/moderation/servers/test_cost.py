"""What the desk's pages cost where 20,000 servers are known and 5,000 were decided about."""

import time

import pytest

from tests.moderation.servers.test_pages import desk

KNOWN, DECIDED, CPU_MS = 20_000, 5_000, 100


@pytest.fixture
async def many(ctx):
    """The servers; taken away again, because tests share the tables."""
    name = "'srv' || n || '.many.example'"
    numbers = f"FROM generate_series(1, {KNOWN}) n"
    async with ctx.transaction() as tx:
        await tx.execute(
            f"INSERT INTO servers (domain, first_seen_at) SELECT {name}, now() {numbers}"
        )
        await tx.execute(
            "INSERT INTO server_facts (domain, accounts, followed_accounts, counted_at, software, "
            f"software_version) SELECT {name}, n, n, now(), 'many', '4.3.' || n % 200 {numbers}"
        )
        await tx.execute(
            "INSERT INTO server_policies (domain, severity) "
            f"SELECT {name}, 'suspend' {numbers} WHERE n <= {DECIDED}"
        )
    yield
    async with ctx.transaction() as tx:
        for table in ("servers", "server_facts", "server_policies"):
            await tx.execute(f"DELETE FROM {table} WHERE domain LIKE '%.many.example'")


async def test_no_page_costs_more_than_100_ms_of_cpu(ctx, client, many):
    visit, _ = await desk(ctx, client)
    cost = {}
    for path in (
        "/desk/servers", "/desk/servers?q=srv199", "/desk/servers?shown=suspended&sort=followed",
        "/desk/servers?page=300", "/desk/servers/srv5.many.example", "/desk/servers/waiting",
        "/desk/servers/reviews", "/desk/servers/friends", "/desk/servers/clean_up",
        "/desk/servers/software?software=many&below_version=4.3.100",
        "/desk/servers/many.example/decide",
    ):  # fmt: skip
        await visit.get(path)
        began = time.process_time()
        assert (await visit.get(path)).status == 200
        cost[path] = (time.process_time() - began) * 1000

    assert {path: ms for path, ms in cost.items() if ms > CPU_MS} == {}
