"""Brings the database to the shape this version needs.

Migrations are SQL files, `0001_pre_name.sql`; `pre` runs before the new code starts, `post`
once no old code runs. They only add; removing waits for a release in which nothing reads the
old thing. One migrator at a time holds an advisory lock; each file is one transaction.
"""

from importlib import resources
from pathlib import Path

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries

_LOCK = 7_267_001  # any number, as long as it is ours

CREATE_TABLE = """
    CREATE TABLE IF NOT EXISTS migrations (
        name text PRIMARY KEY,
        applied_at timestamptz NOT NULL DEFAULT now()
    )
"""


def migration_files() -> list[Path]:
    """All migrations, in order."""
    folder = Path(str(resources.files("watertower"))) / "migrations"
    return sorted(folder.glob("[0-9]*.sql"))


async def migrate(url: str) -> list[str]:
    """Apply what is missing; answers the names applied."""
    connection = await asyncpg.connect(url, timeout=10)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        queue = Queries(AsyncpgDriver(connection))
        if not await queue.has_table(queue.qbe.settings.queue_table):
            await queue.install()
        await connection.execute(CREATE_TABLE)
        done = {row["name"] for row in await connection.fetch("SELECT name FROM migrations")}
        applied = []
        for file in migration_files():
            if file.stem in done:
                continue
            async with connection.transaction():
                await connection.execute(file.read_text(encoding="utf-8"))
                await connection.execute("INSERT INTO migrations (name) VALUES ($1)", file.stem)
            applied.append(file.stem)
        return applied
    finally:
        await connection.close()


async def pending(url: str) -> list[str]:
    """Names of migrations that have not been applied."""
    connection = await asyncpg.connect(url, timeout=10)
    try:
        if not await connection.fetchval("SELECT to_regclass('migrations') IS NOT NULL"):
            return [file.stem for file in migration_files()]
        done = {row["name"] for row in await connection.fetch("SELECT name FROM migrations")}
        return [file.stem for file in migration_files() if file.stem not in done]
    finally:
        await connection.close()
