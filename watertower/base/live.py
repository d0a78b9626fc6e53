"""Live events for open apps: what happened, by ids, carried by NOTIFY when a transaction commits.

The streaming processes listen, find out whom of their listeners it concerns, and render it
for them. Payloads are small (PostgreSQL allows 8,000 bytes) and hold no content, so nothing
private is in them. What is lost when nobody listens is only the liveness: every app reads the
lists when it comes back.
"""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import structlog

from watertower.base.db.transaction import Transaction
from watertower.base.json import from_json, to_json

log = structlog.get_logger()

CHANNEL = "watertower_live"

NOTIFY = "SELECT pg_notify($1, $2)"

FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 15.0
CONNECT_SECONDS = 10.0
# How often a quiet connection is asked whether it is still there, and for how long we wait.
PROBE_EVERY_SECONDS = 15.0
PROBE_SECONDS = 5.0


async def publish(tx: Transaction, event: str, **ids: Any) -> None:
    """Tell the streams, once the transaction commits. `event` names what happened."""
    await tx.fetch_value(NOTIFY, CHANNEL, to_json({"event": event, **ids}))


@dataclass(frozen=True)
class LiveEvent:
    """What happened: a name and ids."""

    name: str
    ids: dict[str, Any] = field(default_factory=dict)


class Listener:
    """The one connection of a process that listens, opened again whenever it is lost.

    `heard` is called for every event and must not block. `connected` is awaited each time
    listening begins: what happened before that moment was not heard.
    """

    def __init__(
        self,
        url: str,
        *,
        heard: Callable[[LiveEvent], None],
        connected: Callable[[], Awaitable[None]],
    ) -> None:
        self._url = url
        self._heard = heard
        self._connected = connected
        self.is_listening = asyncio.Event()

    async def run(self) -> None:
        """Listen until cancelled."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                await self._listen()
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("listening failed", error=str(error) or type(error).__name__)
            pause = FIRST_PAUSE_SECONDS if self.is_listening.is_set() else pause * 2
            self.is_listening.clear()
            pause = min(pause, LONGEST_PAUSE_SECONDS)
            # All processes lose a restarted database together; they come back one by one.
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  # jitter

    async def _listen(self) -> None:
        """One connection's life. Ends, or raises, when it is lost."""
        lost = asyncio.Event()
        connection = await asyncpg.connect(
            self._url, timeout=CONNECT_SECONDS, command_timeout=PROBE_SECONDS
        )
        try:
            connection.add_termination_listener(lambda *_: lost.set())
            await connection.add_listener(CHANNEL, self._received)
            self.is_listening.set()
            await self._connected()
            while not lost.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(lost.wait(), PROBE_EVERY_SECONDS)
                    return
                await connection.fetchval("SELECT 1")
        finally:
            connection.terminate()

    def _received(self, _connection: Any, _pid: int, _channel: str, payload: str) -> None:
        try:
            ids = from_json(payload)
            event = LiveEvent(ids.pop("event"), ids)
        except (ValueError, KeyError, AttributeError, TypeError):
            log.warning("live event not understood", payload=payload[:200])
            return
        self._heard(event)
