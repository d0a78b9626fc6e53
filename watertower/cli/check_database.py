"""Whether the database is there, new enough, correct, up to date and large enough for us."""

import asyncio
from collections.abc import Iterator

from asyncpg.exceptions import InterfaceError, PostgresError

from watertower.base.db.embedded import running_url
from watertower.base.db.embedded_binaries import find_binaries
from watertower.base.db.embedded_cluster import made_by_major
from watertower.base.db.embedded_errors import EmbeddedPostgresError
from watertower.base.db.embedded_place import place_of
from watertower.base.db.embedded_user import require_reachable, server_user
from watertower.base.db.inspect_server import ServerFacts, inspect_server
from watertower.base.db.migrate import pending
from watertower.base.settings import Settings
from watertower.cli.connection_budget import declared_connections
from watertower.cli.finding import Finding, fail, ok, warn

_CLOCK_SECONDS = 2.0


def check_database(settings: Settings) -> Iterator[Finding]:
    """Everything about PostgreSQL. Changes nothing and starts nothing."""
    url = settings.database.url or running_url(settings.server.data_dir)
    if not url:
        yield _check_embedded(settings)
        return
    try:
        facts = asyncio.run(inspect_server(url))
        missing = asyncio.run(pending(url))
    except (
        OSError,
        TimeoutError,
        PostgresError,
        InterfaceError,
        ValueError,
    ) as error:
        yield fail("database", f"It does not answer: {error or 'timed out'}. Check DATABASE_URL.")
        return
    yield from _check_facts(facts)
    if missing:
        yield warn("migrations", f"{len(missing)} are missing. Run: watertower migrate")
    else:
        yield ok("migrations", "all applied")
    yield _check_connections(settings, facts)


def _check_embedded(settings: Settings) -> Finding:
    """Whether the embedded server, which does not run, could."""
    data_dir = settings.server.data_dir.resolve()
    try:
        user = server_user(data_dir / "postgres")
        place = place_of(data_dir, user)
        if user.is_dropped:
            require_reachable(place.home, user)
        binaries = find_binaries(major=made_by_major(place))
    except EmbeddedPostgresError as refusal:
        return fail("database", str(refusal))
    return ok(
        "database",
        f"embedded PostgreSQL {binaries.major}, run by {user.name}, not running: watertower up",
    )


def _check_facts(facts: ServerFacts) -> Iterator[Finding]:
    size = f"{facts.bytes / 1024**2:.0f} MiB"
    if facts.is_new_enough:
        yield ok("database", f"PostgreSQL {facts.version_text}, {size}")
    else:
        yield fail(
            "database", f"PostgreSQL {facts.version_text} is too old: 15 or newer is needed."
        )
    if not facts.letters_are_right:
        yield fail(
            "letters",
            "lower('ÀÉ') is not 'àé', so names and search go wrong. Make the database anew with "
            "LOCALE 'C.UTF-8'.",
        )
    if not facts.is_durable:
        yield warn("durability", "fsync or synchronous_commit is off: a power cut loses posts.")
    if abs(facts.clock_ahead_seconds) > _CLOCK_SECONDS:
        yield warn(
            "clock",
            f"The database's clock is {facts.clock_ahead_seconds:+.0f} s from ours. Run NTP on both.",
        )


def _check_connections(settings: Settings, facts: ServerFacts) -> Finding:
    declared = declared_connections(settings)
    says = f"{declared} declared, PostgreSQL allows {facts.connections}"
    if declared > facts.connections:
        return fail("connections", f"{says}. Lower the shares or raise max_connections.")
    return ok("connections", says)
