"""What queries are given: a connection to read from, or a transaction to write in.

A transaction also carries what follows from it. Jobs are collected while it runs and written
in one statement just before the commit, so that either everything is recorded or nothing is.
"""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Any, TypeAlias

from watertower.base.queue.job import Job, QueuedJob
from watertower.base.queue.write import insert_jobs

# An asyncpg.Record: values by column name or place. The driver has no types of its own.
Row: TypeAlias = Any

# Counts the queries of whoever set it: a test, or a request that is being traced.
query_counter: ContextVar[list[str] | None] = ContextVar("query_counter", default=None)


class Reading:
    """A connection for reading. Every method takes SQL and its parameters in order."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def _count(self, sql: str) -> None:
        if (seen := query_counter.get()) is not None:
            seen.append(sql)

    async def fetch_all(self, sql: str, *args: Any) -> list[Row]:
        """All rows."""
        self._count(sql)
        rows: list[Row] = await self.connection.fetch(sql, *args)
        return rows

    async def fetch_one(self, sql: str, *args: Any) -> Row | None:
        """The first row, or None."""
        self._count(sql)
        return await self.connection.fetchrow(sql, *args)

    async def fetch_value(self, sql: str, *args: Any) -> Any:
        """The first column of the first row, or None."""
        self._count(sql)
        return await self.connection.fetchval(sql, *args)


class Transaction(Reading):
    """A connection inside a transaction."""

    def __init__(self, connection: Any, reactions: Mapping[Any, Sequence[Job]]) -> None:
        super().__init__(connection)
        self.reactions = reactions
        self._jobs: list[QueuedJob] = []

    async def execute(self, sql: str, *args: Any) -> int:
        """Run a statement; answers how many rows it changed."""
        self._count(sql)
        status: str = await self.connection.execute(sql, *args)
        last = status.rsplit(" ", 1)[-1]
        return int(last) if last.isdigit() else 0

    async def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each row, in one round trip."""
        self._count(sql)
        await self.connection.executemany(sql, rows)

    def enqueue(self, job: QueuedJob) -> None:
        """Have this job done after the commit."""
        self._jobs.append(job)

    async def flush(self) -> None:
        """Write the collected jobs. Called once, right before the commit."""
        if self._jobs:
            jobs, self._jobs = self._jobs, []
            self._count("enqueue")
            await insert_jobs(self.connection, jobs)
