"""A request for a page: who asks, and what was typed into its form."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from watertower.accounts.access.site import Site
from watertower.accounts.actions.sessions import SignedInAs
from watertower.accounts.credentials import Login
from watertower.accounts.model import Viewer
from watertower.base.context import Context
from watertower.base.errors import NotFound, NotSignedIn
from watertower.base.ids import MAX_ID
from watertower.base.paging import Page
from watertower.base.params import Params, Upload
from watertower.base.text.clean import clean_text
from watertower.web.cookies import VISIT, cookie, cookie_name
from watertower.web.csrf import form_token

MAX_TEXT = 10_000  # characters of any field
PAGE_SIZE = 20


@dataclass
class WebRequest:
    """What a page's handler is given."""

    ctx: Context
    viewer: Viewer | None  # None also for a login that may not be used yet or any more
    signed_in: SignedInAs | None
    session_token: str | None
    method: str
    path: str
    query: str
    params: Params  # query and form
    path_params: dict[str, str]
    headers: dict[str, str]
    cookies: dict[str, str]
    ip: str
    site: Site
    new_cookies: list[str] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)
    _new_visit: str | None = None

    @property
    def me(self) -> Viewer:
        """The member of a page that needs one."""
        if self.viewer is None:
            raise NotSignedIn
        return self.viewer

    @property
    def my_account_id(self) -> int:
        """The member's account."""
        if self.me.account_id is None:
            raise NotSignedIn
        return self.me.account_id

    @property
    def login(self) -> Login:
        """The login of who is signed in, whether it may be used or not."""
        if self.signed_in is None:
            raise NotSignedIn
        return self.signed_in.login

    @property
    def user_agent(self) -> str:
        """What the browser calls itself, at most 500 characters."""
        return self.headers.get("user-agent", "")[:500]

    @property
    def address(self) -> str:
        """Path and query, to come back to."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def prefers_json(self) -> bool:
        """Whether a program asks that would rather have errors as JSON."""
        accept = self.headers.get("accept", "")
        return "json" in accept and "text/html" not in accept

    def text(self, name: str, limit: int = MAX_TEXT) -> str:
        """A field without NUL and lone surrogates, cut at the limit; "" if absent."""
        value = self.params.get(name)
        if isinstance(value, bool | int | float):
            value = str(value)
        return clean_text(value[:limit]) if isinstance(value, str) else ""

    def line(self, name: str, limit: int = 500) -> str:
        """A field of one line, without outer white space."""
        return " ".join(self.text(name, limit).split())

    def raw(self, name: str) -> str | None:
        """A parameter that has to go back exactly as it came; None if absent."""
        value = self.params.get(name)
        return value[:MAX_TEXT] if isinstance(value, str) else None

    def secret(self, name: str) -> str:
        """A password, as it was typed."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return ""
        return value[:1000].encode("utf-8", "replace").decode()

    def is_on(self, name: str) -> bool:
        """Whether a box was ticked."""
        value: Any = self.params.get(name)
        return value is True or (isinstance(value, str) and value in {"1", "true", "on", "yes"})

    def path_id(self, name: str = "id") -> int:
        """An id in the path. What cannot be an id does not exist: NotFound."""
        number = id_of(self.path_params[name])
        if number is None:
            raise NotFound
        return number

    def page(self, limit: int = PAGE_SIZE) -> Page:
        """The part of a list that max_id or min_id ask for; one row more than is shown."""
        before = id_of(self.params.get("max_id"))
        after = id_of(self.params.get("min_id"))
        return Page(
            limit + 1,
            MAX_ID if before is None else before,
            after or 0,
            after is not None and before is None,
        )

    @property
    def binding(self) -> str | None:
        """What forms are bound to: the session, or the visit of somebody without one."""
        if self.session_token is not None:
            return self.session_token
        return self._new_visit or self.cookies.get(cookie_name(self.ctx.settings, VISIT))

    def form_token(self) -> str:
        """The token of a form on this page. A visitor gets a cookie to bind it to."""
        binding = self.binding
        if not binding:
            binding = self._new_visit = secrets.token_urlsafe(24)
            self.new_cookies.append(cookie(self.ctx.settings, VISIT, binding))
        return form_token(self.ctx.secrets.key, binding)


def id_of(value: Any) -> int | None:
    """A value as a 64-bit id; None if it cannot be one."""
    if not isinstance(value, str) or not value.isascii() or not value.isdigit():
        return None
    return number if len(value) <= 19 and (number := int(value)) <= MAX_ID else None
