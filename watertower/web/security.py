"""Headers that every page carries. No page needs a script, a frame or a foreign style."""

import re
from urllib.parse import urlsplit

from watertower.base.settings import Settings

_SAFE_SOURCE = re.compile(r"[a-z][a-z0-9+.-]*:(//[a-zA-Z0-9.:\[\]_-]+)?")


def page_headers(
    settings: Settings,
    *,
    may_be_framed: bool = False,
    form_target: str | None = None,
    has_script: bool = False,
) -> dict[str, str]:
    """The headers of a page.

    `form_target` is an address that a form of the page may end up at, after our redirect:
    browsers apply form-action to redirects too. `has_script` allows files of our own, which no
    page needs: the one that does a proof of work has a way without.
    """
    return {
        "content-security-policy": content_policy(
            settings,
            may_be_framed=may_be_framed,
            form_target=form_target,
            has_script=has_script,
        ),
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
        **({} if may_be_framed else {"x-frame-options": "DENY"}),
        **(
            {"strict-transport-security": "max-age=31536000"}
            if settings.base_url.startswith("https:")
            else {}
        ),
    }


def content_policy(
    settings: Settings,
    *,
    may_be_framed: bool = False,
    form_target: str | None = None,
    has_script: bool = False,
) -> str:
    """The Content-Security-Policy."""
    media = source_of(settings.media_url)
    places = "'self'" if media is None or media == settings.base_url else f"'self' {media}"
    target = source_of(form_target) if form_target else None
    return "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            *(["script-src 'self'"] if has_script else []),
            f"img-src {places} data:",
            f"media-src {places}",
            "manifest-src 'self'",
            "base-uri 'none'",
            f"form-action 'self'{f' {target}' if target else ''}",
            f"frame-ancestors {'*' if may_be_framed else chr(39) + 'none' + chr(39)}",
        ]
    )


def source_of(url: str) -> str | None:
    """An address as a source of a policy: its origin, or for an app's own scheme the scheme."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    source = f"{parts.scheme}:"
    if parts.scheme in {"http", "https"}:
        source += f"//{parts.netloc.rpartition('@')[2]}"
    return source if _SAFE_SOURCE.fullmatch(source) else None
