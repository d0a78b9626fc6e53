"""Gives a command its database: the one that is set, the one that runs, or one for the moment."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from asyncpg.exceptions import InterfaceError, PostgresError

from watertower.base.db.embedded import running_url, start_embedded
from watertower.base.db.migrate import migrate
from watertower.base.settings import Settings
from watertower.cli.failure import CommandFailed


def with_url(settings: Settings, url: str) -> Settings:
    """The same settings with the address of the database."""
    return replace(settings, database=replace(settings.database, url=url))


def with_running_database(settings: Settings) -> Settings:
    """Settings with the address of a database that runs already.

    For processes that serve: they must not own the database. Raises CommandFailed.
    """
    url = settings.database.url or running_url(settings.server.data_dir)
    if not url:
        raise CommandFailed(
            f"No database runs for {settings.server.data_dir.resolve()}. Start everything with "
            "`watertower up`, or set DATABASE_URL."
        )
    return with_url(settings, url)


@contextmanager
def with_database(settings: Settings) -> Iterator[Settings]:
    """Settings with the address of a database, for a command that does one thing and ends.

    Where none runs, the embedded one is started and migrated for as long as the block lasts.
    """
    url = settings.database.url or running_url(settings.server.data_dir)
    if url:
        yield with_url(settings, url)
        return
    server = start_embedded(settings.server.data_dir, say=say_aside)
    try:
        migrate_now(server.url)
        yield with_url(settings, server.url)
    finally:
        server.stop()


def migrate_now(url: str) -> list[str]:
    """Apply the migrations that are missing; answers their names. Raises CommandFailed."""
    try:
        return asyncio.run(migrate(url))
    except (OSError, TimeoutError, InterfaceError) as error:
        raise CommandFailed(f"The database cannot be reached: {error or 'timed out'}.") from error
    except PostgresError as error:
        raise CommandFailed(f"The database refused: {error}") from error


def say_aside(text: str) -> None:
    """Tell the operator on standard error, so that the output stays fit for scripts."""
    print(text, file=sys.stderr, flush=True)
