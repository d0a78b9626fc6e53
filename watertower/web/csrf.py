"""Proof that a form was sent from our own page, by the browser it was made for.

Two checks, either of which is enough against today's browsers: where the request says it comes
from (Sec-Fetch-Site, Origin), and a token that only our page knows, bound to the session or,
for visitors, to a cookie of their own. The second also covers signing somebody in unawares.
"""

import hashlib
import hmac
from urllib.parse import urlsplit

from watertower.base.errors import Forbidden
from watertower.base.settings import Settings

FIELD = "authenticity_token"


class ForeignForm(Forbidden):
    """The form was not ours, or is older than the session it was made for."""

    says = "This page was open for too long, or was sent from somewhere else. Please try again."


def form_token(key: str, binding: str) -> str:
    """The token for forms of this session or visit."""
    return hmac.new(key.encode(), b"form:" + binding.encode(), hashlib.sha256).hexdigest()


def require_own_form(
    headers: dict[str, str], settings: Settings, *, key: str, binding: str | None, given: object
) -> None:
    """Raise ForeignForm unless the request comes from a page of ours."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        raise ForeignForm
    origin = headers.get("origin")
    if origin is not None and not _is_ours(origin, headers, settings):
        raise ForeignForm
    if binding is None or not isinstance(given, str):
        raise ForeignForm
    if not hmac.compare_digest(given.encode("utf-8", "replace"), form_token(key, binding).encode()):
        raise ForeignForm


def _is_ours(origin: str, headers: dict[str, str], settings: Settings) -> bool:
    """Whether the origin is the site, by its configured name or the name it was asked under.

    The second is safe: a page of another name has none of our cookies.
    """
    if origin == settings.base_url:
        return True
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return False
    return host != "" and host == headers.get("host")
