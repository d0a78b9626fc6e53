"""The way to the sign-in page and back."""

from urllib.parse import quote

from watertower.base.web import Response, redirect
from watertower.web.request import WebRequest


def to_sign_in(request: WebRequest) -> Response:
    """Send a visitor to the sign-in page; a page that was asked for comes after it."""
    if request.method not in {"GET", "HEAD"}:
        return redirect("/auth/sign_in", 303)
    return redirect(f"/auth/sign_in?next={quote(request.address, safe='/')}")
