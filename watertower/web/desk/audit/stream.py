"""An answer whose length nobody knows before it is sent."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field

from watertower.base.web import Receive, Response, Scope, Send


@dataclass
class StreamedResponse(Response):
    """Sent a piece at a time, so that a log of years needs no memory."""

    pieces: AsyncIterator[bytes] | None = field(default=None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it."""
        headers = [
            (b"content-type", self.content_type.encode()),
            *((name.encode(), value.encode()) for name, value in self.headers.items()),
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        if self.pieces is not None:
            async with aclosing(self.pieces) as pieces:  # type: ignore[type-var]
                async for piece in pieces:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
