"""The thin layer between ASGI and a door: routes, requests, answers.

Routing is a tree of path segments, so that four hundred routes cost a request no more than
four. Parameters are merged from path, query and body into one nested dict (see params.py).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from watertower.base.json import to_json_bytes

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
T = TypeVar("T")


@dataclass
class Response:
    """An answer held in memory: a status, a body, headers by lower-case name."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    cookies: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        headers = [(b"content-length", str(len(self.body)).encode())]
        if self.content_type:
            headers.append((b"content-type", self.content_type.encode()))
        headers += [(name.encode(), value.encode()) for name, value in self.headers.items()]
        headers += [(b"set-cookie", cookie.encode()) for cookie in self.cookies]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        body = b"" if scope.get("method") == "HEAD" else self.body
        await send({"type": "http.response.body", "body": body})


def json_response(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A value as JSON."""
    return Response(to_json_bytes(value), status, headers=headers or {})


def redirect(location: str, status: int = 302) -> Response:
    """Send the browser elsewhere."""
    return Response(status=status, content_type="", headers={"location": location})


def header_of(scope: Scope, name: bytes) -> str:
    """A header of a request by its lower-case name; empty if absent."""
    for key, value in scope["headers"]:
        if key == name:
            text: str = value.decode("latin-1")
            return text
    return ""


class Routes(Generic[T]):
    """A tree of path segments. `:name` takes one segment, `*name` takes the rest."""

    def __init__(self) -> None:
        self._root = _Node[T]()

    def add(self, method: str, path: str, target: T) -> None:
        """Register; a later registration of the same method and path is an error."""
        node = self._root
        names = []
        for segment in path.strip("/").split("/"):
            if segment.startswith((":", "*")):
                names.append(segment[1:])
                key = segment[0]
            else:
                key = segment
            node = node.children.setdefault(key, _Node())
        if method in node.targets:
            raise ValueError(f"{method} {path} is routed twice")
        node.targets[method] = (target, tuple(names))

    def find(self, method: str, path: str) -> tuple[T, dict[str, str]] | frozenset[str]:
        """The target and the path's parameters, or the methods that this path does have."""
        segments = path.strip("/").split("/")
        values: list[str] = []
        node = _walk(self._root, segments, 0, values)
        if node is None:
            return frozenset()
        found = node.targets.get("GET" if method == "HEAD" else method)
        if found is None:
            return frozenset(node.targets)
        return found[0], dict(zip(found[1], values, strict=True))


class _Node(Generic[T]):
    __slots__ = ("children", "targets")

    def __init__(self) -> None:
        self.children: dict[str, _Node[T]] = {}
        self.targets: dict[str, tuple[T, tuple[str, ...]]] = {}


def _walk(node: _Node[T], segments: list[str], at: int, values: list[str]) -> _Node[T] | None:
    """Literal segments win over parameters, one segment over the rest."""
    if at == len(segments):
        return node if node.targets else None
    segment = segments[at]
    if (child := node.children.get(segment)) is not None and segment not in {":", "*"}:
        found = _walk(child, segments, at + 1, values)
        if found is not None:
            return found
    if (child := node.children.get(":")) is not None and segment:
        values.append(segment)
        found = _walk(child, segments, at + 1, values)
        if found is not None:
            return found
        values.pop()
    if (child := node.children.get("*")) is not None:
        values.append("/".join(segments[at:]))
        return child
    return None
