"""The pool of database connections: a declared budget, and a deadline on every wait and query.

A wait for a connection that takes too long is answered "busy" at once (OPS-05) instead of
piling up requests until everything fails together.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from watertower.base.db.transaction import Reading, Transaction
from watertower.base.errors import Busy
from watertower.base.queue.job import Job
from watertower.base.settings import DatabaseSettings


class Database:
    """Connections to one PostgreSQL, and to a replica for reads that may be a moment old."""

    def __init__(
        self,
        pool: asyncpg.Pool,
        replica: asyncpg.Pool | None,
        wait_seconds: float,
        reactions: Mapping[Any, Sequence[Job]],
    ) -> None:
        self.pool = pool
        self._reactions = reactions
        self._replica = replica or pool
        self._wait_seconds = wait_seconds

    @asynccontextmanager
    async def _connection(self, pool: asyncpg.Pool) -> AsyncIterator[PoolConnectionProxy]:
        connection = await borrow(pool, self._wait_seconds)
        try:
            yield connection
        finally:
            await pool.release(connection)

    def reading(self, *, may_lag: bool = False) -> "Borrowed":
        """A connection for reading; each query stands alone. `may_lag` allows the replica."""
        return Borrowed(self._replica if may_lag else self.pool, self._wait_seconds)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """A transaction: committed at the end of the block, rolled back by any exception."""
        async with self._connection(self.pool) as connection, connection.transaction():
            tx = Transaction(connection, self._reactions)
            yield tx
            await tx.flush()

    async def close(self) -> None:
        """Close all connections, waiting a little for those in use."""
        for pool in {self.pool, self._replica}:
            try:
                await asyncio.wait_for(pool.close(), 5)
            except TimeoutError:
                pool.terminate()


async def borrow(pool: asyncpg.Pool, wait_seconds: float) -> PoolConnectionProxy:
    """A connection of the pool; Busy when none gets free in time or there is no database."""
    try:
        if pool.get_idle_size():
            return await pool.acquire()
        # The pool's own timeout would start a task for every query.
        async with asyncio.timeout(wait_seconds):
            return await pool.acquire()
    except TimeoutError as error:
        raise Busy from error
    except (OSError, asyncpg.TooManyConnectionsError, asyncpg.CannotConnectNowError) as error:
        raise Busy("The database cannot be reached. Please try again shortly.") from error


class Borrowed:
    """A connection for reading, given back at the end of the block."""

    __slots__ = ("_connection", "_pool", "_wait_seconds")

    def __init__(self, pool: asyncpg.Pool, wait_seconds: float) -> None:
        self._pool = pool
        self._wait_seconds = wait_seconds

    async def __aenter__(self) -> Reading:
        self._connection = await borrow(self._pool, self._wait_seconds)
        return Reading(self._connection)

    async def __aexit__(self, *_: object) -> None:
        await self._pool.release(self._connection)


async def open_database(
    settings: DatabaseSettings, *, connections: int, reactions: Mapping[Any, Sequence[Job]]
) -> Database:
    """Connect. `reactions` says which jobs follow from which event. Raises OSError or asyncpg.PostgresError when that is impossible."""
    pool = await _open_pool(settings, settings.url, connections)
    replica = None
    if settings.replica_url:
        replica = await _open_pool(settings, settings.replica_url, connections)
    return Database(pool, replica, settings.connect_deadline_seconds, reactions)


# JSON columns arrive as text: queries decode them with base.json, or pass them on as they are.
async def _open_pool(settings: DatabaseSettings, url: str, connections: int) -> asyncpg.Pool:
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=connections,
        command_timeout=settings.query_deadline_seconds,
        statement_cache_size=settings.statement_cache,
        max_inactive_connection_lifetime=300,
        # We use no session state, so the reset query after each use would be a wasted round trip.
        reset=_keep,
    )


async def _keep(connection: Any) -> None:
    """Nothing to reset."""
