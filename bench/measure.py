"""What one PostgreSQL backend does for a query: CPU time from the kernel, and the plan it used.

CPU and not wall time, because a machine that does other things as well only makes us wait.
"""

import json
import statistics
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg


class Backend:
    """A connection whose server process is on this machine."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection
        self._schedstat = Path(f"/proc/{connection.get_server_pid()}/schedstat")

    def cpu_ms(self) -> float:
        """CPU time of the backend since it began."""
        return int(self._schedstat.read_text().split()[0]) / 1e6

    async def run(
        self, sql: str, variants: Sequence[Sequence[Any]], *, seconds: float = 0.4
    ) -> tuple[float, float]:
        """Run with each set of parameters in turn, as the server does; (CPU ms, rows) of one.

        The first eight runs do not count: after five the database may settle on a generic plan.
        """
        prepared = await self.connection.prepare(sql)
        begun = time.perf_counter()
        for n in range(8):
            await prepared.fetch(*variants[n % len(variants)])
        if time.perf_counter() - begun > 1:
            variants = variants[:3]
        costs, rows, end = [], 0, time.perf_counter() + seconds
        while time.perf_counter() < end or len(costs) < 2:
            before = self.cpu_ms()
            for variant in variants:
                rows += len(await prepared.fetch(*variant))
            costs.append((self.cpu_ms() - before) / len(variants))
        return statistics.median(costs), rows / len(costs) / len(variants)

    async def explain(self, sql: str, args: Sequence[Any]) -> "Plan":
        """The plan that serves any parameters, as run with these."""
        prepared = await self.connection.prepare(sql)
        kinds = [_sql_name(p) for p in prepared.get_parameters()]
        literals = [
            await self.connection.fetchval(f"SELECT quote_nullable($1::{kind}::text)", value)
            for kind, value in zip(kinds, args, strict=True)
        ]
        given = ", ".join(f"{text}::{kind}" for text, kind in zip(literals, kinds, strict=True))
        await self.connection.execute(
            f"PREPARE asked ({', '.join(kinds)}) AS {sql}" if kinds else f"PREPARE asked AS {sql}"
        )
        await self.connection.execute("SET plan_cache_mode = force_generic_plan")
        try:
            execute = f"EXECUTE asked ({given})" if kinds else "EXECUTE asked"
            text = await self.connection.fetchval(
                f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {execute}"
            )
        finally:
            await self.connection.execute("RESET plan_cache_mode; DEALLOCATE asked")
        return plan_of(json.loads(text)[0])


def _sql_name(kind: Any) -> str:
    name: str = kind.name
    return f"{name[:-2]}[]" if name.endswith("[]") else name


@dataclass
class Plan:
    """What matters of a plan. Sorts and filters count rows that were handled for nothing."""

    indexes: list[str] = field(default_factory=list)
    scanned: list[str] = field(default_factory=list)  # tables read from end to end
    most_sorted: int = 0
    most_filtered: int = 0
    buffers: int = 0
    text: str = ""


def plan_of(document: dict[str, Any]) -> Plan:
    """A plan in JSON, read."""
    top = document["Plan"]
    plan = Plan(buffers=top.get("Shared Hit Blocks", 0) + top.get("Shared Read Blocks", 0))
    for depth, node in _nodes(top, 0):
        if name := node.get("Index Name"):
            plan.indexes += [name] * (name not in plan.indexes)
        loops, rows = node["Actual Loops"], round(node["Actual Rows"])
        if node["Node Type"] == "Seq Scan" and loops:
            plan.scanned += [node["Relation Name"]] * (node["Relation Name"] not in plan.scanned)
        if "Sort" in node["Node Type"]:
            plan.most_sorted = max(
                [
                    plan.most_sorted,
                    *(round(c["Actual Rows"] * c["Actual Loops"]) for c in node["Plans"]),
                ]
            )
        removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Join Filter", 0)
        plan.most_filtered = max(plan.most_filtered, round(removed * loops))
        place = name or node.get("Relation Name") or node.get("CTE Name") or ""
        time_ms = node["Actual Total Time"] * loops
        plan.text += f"{'  ' * depth}{node['Node Type']} {place} rows={rows} loops={loops} removed={removed} {time_ms:.2f} ms\n"
    return plan


def _nodes(node: dict[str, Any], depth: int) -> Iterator[tuple[int, dict[str, Any]]]:
    yield depth, node
    for child in node.get("Plans", ()):
        yield from _nodes(child, depth + 1)


@asynccontextmanager
async def backend(url: str) -> AsyncIterator[Backend]:
    """A connection of its own."""
    connection = await asyncpg.connect(url)
    try:
        yield Backend(connection)
    finally:
        await connection.close()


class Asking:
    """Stands where rooms' queries expect a connection, and keeps what they ask."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self.asked: list[tuple[str, tuple[Any, ...]]] = []

    async def fetch(self, sql: str, *args: Any) -> list[Any]:
        """Run it and keep it."""
        self.asked.append((sql, args))
        return await self._connection.fetch(sql, *args)

    async def fetchrow(self, sql: str, *args: Any) -> Any:
        """The same for one row."""
        self.asked.append((sql, args))
        return await self._connection.fetchrow(sql, *args)

    async def fetchval(self, sql: str, *args: Any) -> Any:
        """The same for one value."""
        self.asked.append((sql, args))
        return await self._connection.fetchval(sql, *args)

    async def execute(self, sql: str, *args: Any) -> str:
        """The same for a statement."""
        self.asked.append((sql, args))
        return await self._connection.execute(sql, *args)
