"""Who listens to what, in this process; and the way of an event from the database to them.

Events are heard in order, made ready a few at a time, and handed out in the order they were
heard. When more are heard than can be made ready, the oldest are left out: apps read the lists
when they come back, so what is lost is only that it was live.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter

import structlog
from prometheus_client import Counter, Histogram

from watertower.accounts.access.viewers import viewers_of_tokens
from watertower.accounts.model import Viewer
from watertower.api.streaming.connection import GOING_AWAY, NOT_ALLOWED, Connection
from watertower.api.streaming.messages import Message
from watertower.api.streaming.streams import Stream
from watertower.base.context import Context
from watertower.base.live import LiveEvent
from watertower.base.metrics import SOCKETS

log = structlog.get_logger()

MOST_HEARD = 5_000  # events that may wait to be made ready
AT_ONCE = 50  # events made ready together
REFRESH_SECONDS = 60.0

EVENTS = Counter("watertower_streaming_events_total", "Live events", ["event", "outcome"])
EVENT_SECONDS = Histogram(
    "watertower_streaming_event_seconds",
    "From hearing a live event to having it queued for every listener",
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)

Told = tuple[Connection, Stream, Message]
Prepare = Callable[["Hub", Sequence[LiveEvent]], Awaitable[Sequence[Sequence[Told]]]]


class Hub:
    """The connections of one process. `prepare` says who is told what about events; never raises."""

    def __init__(self, ctx: Context, prepare: Prepare) -> None:
        self.ctx = ctx
        self.listeners: dict[Stream, dict[int, set[Connection]]] = {}
        self.kills_heard = 0
        self._prepare = prepare
        self._by_account: dict[int, set[Connection]] = defaultdict(set)
        self._heard: deque[tuple[float, LiveEvent]] = deque(maxlen=MOST_HEARD)
        self._wake = asyncio.Event()

    # -- connections ---------------------------------------------------------------------------

    def add(self, connection: Connection) -> None:
        """A new connection, which listens to nothing yet."""
        self._by_account[connection.account_id].add(connection)
        SOCKETS.inc()

    def remove(self, connection: Connection) -> None:
        """Forget a connection."""
        for stream in list(connection.streams):
            self.unsubscribe(connection, stream)
        of_account = self._by_account.get(connection.account_id)
        if of_account is not None and connection in of_account:
            of_account.discard(connection)
            if not of_account:
                del self._by_account[connection.account_id]
            SOCKETS.dec()

    def subscribe(self, connection: Connection, stream: Stream, shown: tuple[str, ...]) -> None:
        """From now on the connection hears this stream, under this name."""
        connection.streams[stream] = shown
        accounts = self.listeners.setdefault(stream, {})
        accounts.setdefault(connection.account_id, set()).add(connection)

    def unsubscribe(self, connection: Connection, stream: Stream) -> None:
        """And from now on no longer. Not having listened is no error."""
        connection.streams.pop(stream, None)
        accounts = self.listeners.get(stream)
        if accounts is None:
            return
        connections = accounts.get(connection.account_id, set())
        connections.discard(connection)
        if not connections:
            accounts.pop(connection.account_id, None)
        if not accounts:
            del self.listeners[stream]

    def connections_of(self, account_id: int) -> Sequence[Connection]:
        """The open connections of an account."""
        return list(self._by_account.get(account_id, ()))

    def listening(self, stream: Stream, account_id: int) -> Sequence[Connection]:
        """The connections of an account that hear a stream."""
        return list(self.listeners.get(stream, {}).get(account_id, ()))

    def viewer_of(self, account_id: int) -> Viewer:
        """How an account that listens is seen: its state is the same for all its connections."""
        return next(iter(self._by_account[account_id])).viewer

    def end_all(self) -> None:
        """Close everything: the process stops."""
        for connections in list(self._by_account.values()):
            for connection in list(connections):
                connection.end(GOING_AWAY)

    # -- events --------------------------------------------------------------------------------

    def hear(self, event: LiveEvent) -> None:
        """Take an event in; never blocks. A kill takes effect before this returns."""
        if event.name == "kill":
            self._kill(event)
            return
        if not self._by_account:
            return
        if len(self._heard) == MOST_HEARD:
            EVENTS.labels(self._heard[0][1].name, "left_out").inc()
        self._heard.append((perf_counter(), event))
        self._wake.set()

    async def run(self) -> None:
        """Hand out what is heard, until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._heard:
                batch = [self._heard.popleft() for _ in range(min(AT_ONCE, len(self._heard)))]
                ready = await self._prepare(self, [event for _, event in batch])
                for (heard_at, event), told in zip(batch, ready, strict=True):
                    for connection, stream, message in told:
                        connection.push(message, stream)
                    EVENT_SECONDS.observe(perf_counter() - heard_at)
                    EVENTS.labels(event.name, "told" if told else "nobody").inc()
                await asyncio.sleep(0)  # let the sockets write

    def _kill(self, event: LiveEvent) -> None:
        self.kills_heard += 1
        tokens = set(event.ids.get("token_ids") or ())
        account_id = event.ids.get("account_id")
        for connections in list(self._by_account.values()):
            for connection in list(connections):
                if connection.viewer.token_id in tokens or connection.account_id == account_id:
                    connection.end(NOT_ALLOWED)

    # -- who listens changes while they listen ---------------------------------------------------

    async def keep_fresh(self) -> None:
        """Look at every token again once a minute, in case a kill was not heard."""
        while True:
            await asyncio.sleep(REFRESH_SECONDS)
            try:
                await self.refresh()
            except Exception:  # the next minute comes
                log.warning("streams could not be checked", exc_info=True)

    async def refresh(self, account_id: int | None = None) -> None:
        """Read anew who is behind the tokens of an account, or of all, and close what ended."""
        open_now = [
            connection
            for owner, connections in self._by_account.items()
            if account_id is None or owner == account_id
            for connection in connections
        ]
        if not open_now:
            return
        tokens = list({connection.viewer.token_id for connection in open_now})
        viewers = await viewers_of_tokens(self.ctx, token_ids=tokens)
        for connection in open_now:
            viewer = viewers.get(connection.viewer.token_id)
            if viewer is None or not may_listen(viewer):
                connection.end(NOT_ALLOWED)
            else:
                connection.viewer = viewer


def may_listen(viewer: Viewer) -> bool:
    """Whether the viewer is a member whose login may be used; who is frozen may read."""
    return viewer.account_id is not None and not (
        viewer.is_suspended
        or viewer.is_memorial
        or not (viewer.is_confirmed and viewer.is_approved)
    )
