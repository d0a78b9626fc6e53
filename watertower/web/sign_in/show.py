"""The way to the sign-in page and back."""

from urllib.parse import quote

from watertower.base.web import Response, redirect
from watertower.web.request import WebRequest

MOST_CHARACTERS = 7000  # proxies and browsers refuse headers from 8,000 on


def to_sign_in(request: WebRequest) -> Response:
    """Send a visitor to the sign-in page; a page that was asked for comes after it."""
    if request.method not in {"GET", "HEAD"}:
        return redirect("/auth/sign_in", 303)
    return redirect(sign_in_path(request.address))


def sign_in_path(then: str, *, is_anew: bool = False) -> str:
    """The sign-in page that leads on to `then`; `is_anew` asks those signed in as well."""
    path = f"/auth/sign_in?next={quote(then, safe='/')}{'&again=1' if is_anew else ''}"
    return path if len(path) <= MOST_CHARACTERS else "/auth/sign_in"
