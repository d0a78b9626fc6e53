"""Cookies: read from the request, written with every protection a browser offers.

The session cookie is HttpOnly and SameSite=Lax; over https it is Secure and carries the
`__Host-` prefix (RFC 6265bis section 4.1.3.2), so that no sibling domain can set it.
"""

from watertower.base.settings import Settings

SESSION = "session"
VISIT = "visit"
PENDING = "pending"
MAX_COOKIES = 50


def read_cookies(header: str) -> dict[str, str]:
    """Cookies by name; the first of a name counts, what is malformed is left out."""
    cookies: dict[str, str] = {}
    for pair in header.split(";", MAX_COOKIES)[:MAX_COOKIES]:
        name, found, value = pair.strip().partition("=")
        if found and name:
            cookies.setdefault(name, value.strip('"'))
    return cookies


def cookie_name(settings: Settings, name: str) -> str:
    """The name as the browser knows it."""
    return f"__Host-{name}" if is_secure(settings) else f"watertower_{name}"


def is_secure(settings: Settings) -> bool:
    """Whether pages are served over https."""
    return settings.base_url.startswith("https:")


def cookie(settings: Settings, name: str, value: str, *, max_age_seconds: int | None = None) -> str:
    """A Set-Cookie header. Without an age it ends with the browser's session."""
    parts = [f"{cookie_name(settings, name)}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if max_age_seconds is not None:
        parts.append(f"Max-Age={max_age_seconds}")
    if is_secure(settings):
        parts.append("Secure")
    return "; ".join(parts)


def forgotten(settings: Settings, name: str) -> str:
    """A Set-Cookie header that removes it."""
    return cookie(settings, name, "", max_age_seconds=0)
