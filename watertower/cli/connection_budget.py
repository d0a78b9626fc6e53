"""The database connections that this installation may open, against what the server allows.

Every process declares its share (INF-12): running out under load is how servers fell over.
"""

from watertower.base.db.inspect_server import ServerFacts
from watertower.base.settings import Settings
from watertower.cli.failure import CommandFailed

# The operator's commands, a backup, and a migration beside the running server.
_SPARE_CONNECTIONS = 5
# Each process that can stream listens to the database on a connection of its own.
_LISTENER = 1


def declared_connections(settings: Settings) -> int:
    """The most connections that `watertower up` and a few commands open together."""
    database, server = settings.database, settings.server
    return (
        server.web_processes * (database.web_connections + _LISTENER)
        + database.stream_connections
        + _LISTENER
        + server.worker_processes * database.worker_connections
        + _SPARE_CONNECTIONS
    )


def require_connections(settings: Settings, facts: ServerFacts) -> None:
    """Raise CommandFailed when the declared connections are more than the server allows."""
    declared = declared_connections(settings)
    if declared > facts.connections:
        raise CommandFailed(
            f"The processes may open {declared} database connections, but PostgreSQL allows "
            f"{facts.connections}. Lower WATERTOWER_WEB_PROCESSES, WATERTOWER_WORKER_PROCESSES or "
            "the WATERTOWER_DATABASE_…_CONNECTIONS, or raise max_connections."
        )
