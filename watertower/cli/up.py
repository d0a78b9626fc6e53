"""`watertower up`: the whole server with one command.

PostgreSQL, then the shape of the database, then keys, then ports, then processes. The
application is imported once, before the processes are forked, so that they share its memory.
"""

import asyncio
import gc
import importlib
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from types import FrameType

from asyncpg.exceptions import InterfaceError, PostgresError

from watertower.base.db.embedded import EmbeddedPostgres, make_data_dir, start_embedded
from watertower.base.db.inspect_server import ServerFacts, inspect_server
from watertower.base.metrics_folder import count_together
from watertower.base.read_settings import read_settings
from watertower.base.secrets import load_or_make_secrets
from watertower.base.settings import Settings
from watertower.cli.child import Child
from watertower.cli.connection_budget import require_connections
from watertower.cli.database import migrate_now, with_url
from watertower.cli.failure import CommandFailed
from watertower.cli.listen import bound_to, listen_on
from watertower.cli.start_page import given_by_environment, start_page
from watertower.cli.supervise import Supervisor


def up() -> None:
    """Start the whole server on this machine, database included, and keep it running."""
    # Until the supervisor takes over, SIGTERM unwinds like Ctrl-C, so that the database stops.
    signal.signal(signal.SIGTERM, _leave)
    settings = read_settings()
    given = given_by_environment(os.environ)
    settings = _with_server(settings, data_dir=settings.server.data_dir.resolve())
    make_data_dir(settings.server.data_dir)
    web, stream, settings = _open_ports(settings)
    postgres = None
    try:
        if not settings.database.url:
            postgres = start_embedded(settings.server.data_dir, say=_say)
            settings = with_url(settings, postgres.url)
        facts = _inspect(settings)
        require_connections(settings, facts)
        _migrate(settings)
        load_or_make_secrets(settings.server.data_dir)
        children = _children(settings, web, stream)
    except KeyboardInterrupt:
        if postgres is not None:
            postgres.stop()
        raise SystemExit(130) from None
    except BaseException:
        if postgres is not None:
            postgres.stop()
        raise
    supervisor = Supervisor(children, postgres, _say)
    supervisor.start()
    described = _described(facts, postgres)
    _say(start_page(settings, listens_on=bound_to(web), database=described, given=given))
    sys.exit(supervisor.run())


def _open_ports(settings: Settings) -> tuple[socket.socket, socket.socket, Settings]:
    """Both listening sockets, and the settings with the ports they really have."""
    web = listen_on(*settings.bind, setting="WATERTOWER_BIND")
    settings = _with_server(settings, bind=bound_to(web))
    stream = listen_on(*settings.streaming_bind, setting="WATERTOWER_STREAMING_BIND")
    streaming = replace(settings.streaming, bind=bound_to(stream))
    return web, stream, replace(settings, streaming=streaming)


def _inspect(settings: Settings) -> ServerFacts:
    """What the database server says, if it can be used. Raises CommandFailed."""
    try:
        facts = asyncio.run(inspect_server(settings.database.url))
    except (
        OSError,
        TimeoutError,
        PostgresError,
        InterfaceError,
        ValueError,
    ) as error:
        raise CommandFailed(
            f"The database cannot be used: {error or 'no answer in 10 s'}. Check DATABASE_URL."
        ) from error
    if not facts.is_new_enough:
        raise CommandFailed(f"PostgreSQL 15 or newer is needed, this is {facts.version_text}.")
    if not facts.letters_are_right:
        raise CommandFailed(
            "The database does not know that the small form of ÀÉ is àé, so names and search would "
            "go wrong. Make it anew: CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE "
            "'C.UTF-8'."
        )
    return facts


def _migrate(settings: Settings) -> None:
    applied = migrate_now(settings.database.url)
    if applied:
        _say(f"Database: {len(applied)} migrations applied, the last is {applied[-1]}.")


def _children(settings: Settings, web: socket.socket, stream: socket.socket) -> list[Child]:
    """The processes to run. Imports the application, so that every fork shares it."""
    count_together(settings.server.data_dir / "metrics")
    # Imported by name: only this process, and only now, pays for the whole application.
    serve_http: Callable[..., None] = importlib.import_module("watertower.asgi").serve
    serve_jobs: Callable[..., None] = importlib.import_module("watertower.worker").serve
    gc.collect()
    gc.freeze()  # what exists now is never looked at again, so its pages stay shared

    def run_web() -> None:
        stream.close()
        serve_http(settings, web, role="web")

    def run_stream() -> None:
        web.close()
        serve_http(settings, stream, role="stream")

    def run_worker() -> None:
        web.close()
        stream.close()
        serve_jobs(settings)

    # For whatever a child starts by exec.
    os.environ["DATABASE_URL"] = settings.database.url
    server = settings.server
    return [
        *(Child(f"web {n + 1}", run_web) for n in range(server.web_processes)),
        Child("stream", run_stream),
        *(Child(f"worker {n + 1}", run_worker) for n in range(server.worker_processes)),
    ]


def _described(facts: ServerFacts, postgres: EmbeddedPostgres | None) -> str:
    if postgres is None:
        return f"PostgreSQL {facts.version_text} at DATABASE_URL"
    return f"PostgreSQL {facts.version_text}, embedded; its log is {postgres.log}"


def _with_server(settings: Settings, **changes: object) -> Settings:
    return replace(settings, server=replace(settings.server, **changes))  # type: ignore[arg-type]


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(text: str) -> None:
    with suppress(OSError):  # the terminal may be gone; the server stays
        print(text, flush=True)
