"""What a PostgreSQL says about itself, for `watertower up` and `watertower doctor`."""

import time
from dataclasses import dataclass

import asyncpg

OLDEST_VERSION = 150_000

FACTS = """
    SELECT current_setting('server_version_num')::int AS version,
           current_setting('server_version') AS version_text,
           current_setting('max_connections')::int
             - current_setting('superuser_reserved_connections')::int AS connections,
           lower('ÀÉ') = 'àé' AS letters_are_right,
           current_setting('synchronous_commit') <> 'off' AND current_setting('fsync')::bool
             AS is_durable,
           extract(epoch FROM clock_timestamp())::float8 AS unix_time,
           pg_database_size(current_database()) AS bytes
"""


@dataclass(frozen=True)
class ServerFacts:
    """What matters to us about a database server."""

    version: int  # as 180006
    version_text: str
    connections: int  # for us and everybody else, without those reserved for superusers
    letters_are_right: bool  # whether lower() knows more than ASCII
    is_durable: bool  # whether an acknowledged commit survives a power cut
    clock_ahead_seconds: float  # of the server's clock before ours
    bytes: int

    @property
    def is_new_enough(self) -> bool:
        """Whether we support this version."""
        return self.version >= OLDEST_VERSION


async def inspect_server(url: str, *, timeout_seconds: float = 10) -> ServerFacts:
    """Connect and ask. Raises OSError or asyncpg.PostgresError when that is impossible."""
    connection = await asyncpg.connect(url, timeout=timeout_seconds)
    try:
        begin = time.time()
        row = await connection.fetchrow(FACTS)
        middle = (begin + time.time()) / 2
        return ServerFacts(
            version=row["version"],
            version_text=row["version_text"],
            connections=row["connections"],
            letters_are_right=row["letters_are_right"],
            is_durable=row["is_durable"],
            clock_ahead_seconds=row["unix_time"] - middle,
            bytes=row["bytes"],
        )
    finally:
        await connection.close(timeout=5)
