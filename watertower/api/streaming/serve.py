"""What a socket and an event stream have in common: joining, running until one side ends."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from watertower.accounts.model import Viewer
from watertower.api.streaming.connection import Connection
from watertower.api.streaming.hub import Hub
from watertower.api.streaming.messages import Message
from watertower.api.streaming.streams import StreamRefused
from watertower.base.errors import Busy
from watertower.base.web import Send

MOST_CONNECTIONS = 50  # of one member


@asynccontextmanager
async def joined(
    hub: Hub,
    viewer: Viewer,
    written: Callable[[Message, tuple[str, ...]], str],
    *,
    kills_heard: int,
) -> AsyncIterator[Connection]:
    """A connection that the hub knows, for as long as the block lasts.

    `kills_heard` is the hub's count from before the token was read: a kill that came since then
    found nothing to close, so the token is read again.
    """
    account_id = viewer.account_id or 0
    if len(hub.connections_of(account_id)) >= MOST_CONNECTIONS:
        raise StreamRefused("Too many connections", 429)
    most = hub.ctx.settings.streaming.socket_queue_events
    connection = Connection(viewer, account_id, most, written)
    hub.add(connection)
    try:
        if hub.kills_heard != kills_heard:
            try:
                await hub.refresh(account_id)
            except Busy as busy:
                raise StreamRefused(busy.says, 503) from busy
        yield connection
    finally:
        hub.remove(connection)


async def run_until_ended(connection: Connection, *parts: Awaitable[None]) -> None:
    """Run reading and writing until one of them, or the connection, ends; then stop the rest."""
    tasks = [asyncio.ensure_future(part) for part in parts]
    ended = asyncio.ensure_future(connection.ended.wait())
    try:
        await asyncio.wait([*tasks, ended], return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (*tasks, ended):
            task.cancel()
        for task in (*tasks, ended):
            # A peer that went away in the middle of a write is how most connections end.
            with suppress(asyncio.CancelledError, Exception):
                await task


def abort(send: Send) -> None:
    """Cut the connection of somebody who no longer reads.

    A proper close would wait behind everything they have not read. ASGI has no word for this,
    so we look for the transport that uvicorn's `send` is bound to; without it the server
    closes as soon as the peer reads on.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()
