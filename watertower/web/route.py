"""One row of the table of pages."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from watertower.accounts.model import Permission
from watertower.base.web import Response
from watertower.web.request import WebRequest

Handler = Callable[[WebRequest], Awaitable[Response]]


@dataclass(frozen=True)
class Route:
    """A page: where it is, who answers it, and what the door checks before that."""

    method: str
    path: str
    handler: Handler
    needs_member: bool = False
    needs_login: bool = False
    takes_files: bool = False
    may_be_framed: bool = False
    knows_session: bool = True
    takes_foreign_forms: bool = False
    permission: Permission | None = None
    is_for_frozen: bool = False  # a frozen member may do this as well


def route(
    method: str,
    path: str,
    handler: Handler,
    *,
    needs_member: bool = False,
    needs_login: bool = False,
    takes_files: bool = False,
    may_be_framed: bool = False,
    knows_session: bool = True,
    takes_foreign_forms: bool = False,
    permission: Permission | None = None,
    frozen: bool | None = None,
) -> Route:
    """A row.

    `needs_member` sends visitors to the sign-in page and back, and those who are not let in yet
    to the page that says why; `needs_login` is content with the latter. `knows_session` False leaves
    the session and the site's words unread, for files. `takes_foreign_forms` is for what programs
    send without ever having seen a page: the request itself must carry its proof. `permission` is what the member's role
    must grant; to everybody else the page does not exist. `frozen`: whether a frozen member may do
    this; unsaid, they may look at every page of members and keep their login safe, and no more.
    """
    if frozen is None:
        frozen = permission is None and (method == "GET" or not needs_member)
    return Route(
        method,
        path,
        handler,
        needs_member or permission is not None,
        needs_login,
        takes_files,
        may_be_framed,
        knows_session,
        takes_foreign_forms,
        permission,
        frozen,
    )
