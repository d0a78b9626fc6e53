"""One open app: who it is, what it listens to, and what waits to be sent to it.

Nothing that the hub does to a connection can block: events are put into a queue of limited
length, and an app that does not read fast enough loses its connection, not the others theirs.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from watertower.accounts.model import Viewer
from watertower.api.streaming.messages import Message
from watertower.api.streaming.streams import Stream

MOST_SUBSCRIPTIONS = 100

# Codes of RFC 6455, section 7.4.1, and of its registry.
GOING_AWAY = 1001
ONLY_TEXT = 1003
NOT_ALLOWED = 1008
TRY_AGAIN = 1013


@dataclass(eq=False)
class Connection:
    """A socket or an event stream. `written` writes a message in the way of the two."""

    viewer: Viewer
    account_id: int
    most_waiting: int
    written: Callable[[Message, tuple[str, ...]], str]
    streams: dict[Stream, tuple[str, ...]] = field(default_factory=dict)
    waiting: deque[str] = field(default_factory=deque)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    end_code: int = GOING_AWAY

    def push(self, message: Message, stream: Stream) -> None:
        """Have a message sent, or end the connection when too many wait already."""
        shown = self.streams.get(stream)
        if shown is not None:
            self.push_text(self.written(message, shown))

    def push_text(self, text: str) -> None:
        """Have a text sent as it is."""
        if self.ended.is_set():
            return
        if len(self.waiting) >= self.most_waiting:
            self.end(TRY_AGAIN)
            return
        self.waiting.append(text)
        self.wake.set()

    def end(self, code: int) -> None:
        """Close it; what still waits is not sent."""
        if not self.ended.is_set():
            self.end_code = code
            self.waiting.clear()
            self.ended.set()

    async def next_texts(self) -> list[str]:
        """Everything that waits, oldest first; waits for the first."""
        while not self.waiting:
            self.wake.clear()
            await self.wake.wait()
        texts = list(self.waiting)
        self.waiting.clear()
        return texts
