"""The door of live updates."""

from watertower.base.context import Context
from watertower.base.web import Receive, Scope, Send


class StreamingDoor:
    """Serves /api/v1/streaming."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def takes(self, scope: Scope) -> bool:
        """Whether the request opens a stream."""
        return False

    async def start(self) -> None:
        """Begin to listen."""

    async def stop(self) -> None:
        """Close all sockets."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one stream."""
