"""The door of other servers: WebFinger, NodeInfo, documents, inboxes."""

from watertower.base.context import Context
from watertower.base.web import Receive, Response, Routes, Scope, Send
from watertower.federation.routes import ROUTES, FederationRoute


class FederationDoor:
    """Serves the routes of federation/routes.py."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._routes: Routes[FederationRoute] = Routes()
        for row in ROUTES:
            self._routes.add(row.method, row.path, row)

    def takes(self, scope: Scope) -> bool:
        """Whether the request is for another server's eyes."""
        if scope["type"] != "http":
            return False
        return isinstance(self._routes.find(scope["method"], scope["path"]), tuple)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await Response(b"", 404)(scope, receive, send)
