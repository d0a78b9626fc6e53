"""A request of another server (or of somebody who follows its links)."""

from dataclasses import dataclass, field
from functools import cached_property

from watertower.base.body import read_body
from watertower.base.context import Context
from watertower.base.errors import TooLarge
from watertower.base.http.content_types import parse_content_type
from watertower.base.params import parse_query
from watertower.base.web import Receive, Scope

BODY_LIMIT_BYTES = 1_048_576
_DOCUMENT_KINDS = frozenset({"application/activity+json", "application/ld+json"})


@dataclass
class FederationRequest:
    """What a handler is given. `target` is path and query exactly as on the wire."""

    ctx: Context
    method: str
    path: str
    target: str
    path_params: dict[str, str]
    header_pairs: list[tuple[str, str]]
    query_string: bytes
    receive: Receive
    headers: dict[str, str] = field(default_factory=dict)

    @cached_property
    def query(self) -> dict[str, str]:
        """Plain parameters of the query."""
        found = parse_query(self.query_string)
        return {name: value for name, value in found.items() if isinstance(value, str)}

    @property
    def is_signed(self) -> bool:
        """Whether there is a signature at all, good or bad."""
        return "signature" in self.headers or "signature-input" in self.headers

    @property
    def wants_page(self) -> bool:
        """Whether a browser asks, who is better served with a page."""
        accept = self.headers.get("accept", "")
        return "text/html" in accept and not wants_document(accept)

    async def body(self) -> bytes:
        """The whole body; TooLarge past a megabyte."""
        declared = self.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > BODY_LIMIT_BYTES:
            raise TooLarge("The activity is too large")
        return await read_body(self.receive, BODY_LIMIT_BYTES)


def wants_document(accept: str) -> bool:
    """Whether an Accept header names one of ActivityPub's types."""
    return any(parse_content_type(one)[0] in _DOCUMENT_KINDS for one in accept.split(","))


def request_of(
    ctx: Context, scope: Scope, receive: Receive, path_params: dict[str, str]
) -> FederationRequest:
    """The ASGI scope as a request."""
    pairs = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"]]
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope.get("query_string", b"")
    target = raw.partition(b"?")[0] + (b"?" + query if query else b"")
    return FederationRequest(
        ctx=ctx,
        method=scope["method"],
        path=scope["path"],
        target=target.decode("latin-1"),
        path_params=path_params,
        header_pairs=pairs,
        query_string=query,
        receive=receive,
        headers={name.lower(): value for name, value in pairs},
    )
