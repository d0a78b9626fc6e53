"""Runs what a command does with the whole outside world at hand, as the server has it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from watertower.assemble import assembled
from watertower.base.context import Context
from watertower.base.read_settings import read_settings
from watertower.cli.database import with_database

T = TypeVar("T")
CONNECTIONS = 4


def in_context(do: Callable[[Context], Awaitable[T]], *, connections: int = CONNECTIONS) -> T:
    """What `do` answers. The database is the one that is set or runs, else started for this."""

    async def run() -> T:
        async with assembled(settings, connections=connections) as ctx:
            return await do(ctx)

    with with_database(read_settings()) as settings:
        return asyncio.run(run())
