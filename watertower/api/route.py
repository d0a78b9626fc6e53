"""What a row of the route table says."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from watertower.accounts.model import Permission
from watertower.api.gate import Needs, Rule, allowed_scopes
from watertower.api.request import ApiRequest
from watertower.base.web import Response

Handler = Callable[[ApiRequest], Awaitable[Response]]


@dataclass(frozen=True)
class Route:
    """One operation: its method, path and handler, and who may call it with which scope."""

    method: str
    path: str
    handler: Handler
    rule: Rule
    rate: str = "general"  # which limit counts it, see rates.py
    takes_files: bool = False
    deadline_seconds: float = 0.0  # 0: the usual one
    deprecated: str = ""  # value of the Deprecation header (RFC 9745)


def route(
    method: str,
    path: str,
    handler: Handler,
    *,
    scope: str = "",
    needs: Needs = Needs.MEMBER,
    permission: Permission | None = None,
    rate: str = "general",
    takes_files: bool = False,
    deadline_seconds: float = 0.0,
    deprecated: str = "",
    frozen: bool | None = None,
) -> Route:
    """A row: `scope` lists alternatives as "read|read:accounts"; a parent scope always fits.

    `frozen`: whether a frozen member may do this. Unsaid: whoever is frozen may read what any
    member may, and do nothing, least of all as a moderator.
    """
    if frozen is None:
        frozen = method == "GET" and permission is None
    rule = Rule(needs, allowed_scopes(scope), permission, frozen)
    return Route(method, path, handler, rule, rate, takes_files, deadline_seconds, deprecated)
