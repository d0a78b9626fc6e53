"""Register an app. Anybody may: it is how every client begins."""

import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

from watertower.accounts.credentials import Application
from watertower.accounts.oauth_rules import NOT_IN_ADDRESSES, OUT_OF_BAND
from watertower.accounts.queries.applications import insert_application
from watertower.accounts.scopes import DEFAULT_SCOPES, unknown_scopes
from watertower.base.context import Context
from watertower.base.errors import Invalid

LONGEST_NAME, LONGEST_URL, MOST_REDIRECTS = 60, 2000, 50
# What a browser would run instead of visiting (Doorkeeper's forbid_redirect_uri, and more).
FORBIDDEN_SCHEMES = frozenset({"data", "vbscript", "javascript", "blob", "about"})


async def register_app(
    ctx: Context,
    *,
    name: str,
    redirect_uris: Sequence[str],
    scopes: Sequence[str] = (),
    website: str | None = None,
) -> Application:
    """The new application with its secret. Raises Invalid with Mastodon's words."""
    if not name.strip():
        raise _invalid("name", "can't be blank", "ERR_BLANK")
    if len(name) > LONGEST_NAME:
        says = f"is too long (maximum is {LONGEST_NAME} characters)"
        raise _invalid("name", says, "ERR_TOO_LONG")
    website = website.strip() if website else None
    if website:
        if len(website) > LONGEST_URL:
            says = f"is too long (maximum is {LONGEST_URL} characters)"
            raise _invalid("website", says, "ERR_TOO_LONG")
        if not is_web_address(website):
            raise _invalid("website", "must be a valid URL", "ERR_INVALID")
    wanted = list(dict.fromkeys(scopes)) or list(DEFAULT_SCOPES)
    if unknown_scopes(wanted):
        raise _invalid(
            "scopes", "doesn't match configured on the server.", "ERR_NOT_MATCH_CONFIGURED"
        )
    uris = _checked_redirects(redirect_uris)
    async with ctx.transaction() as tx:
        return await insert_application(
            tx,
            name=name.strip(),
            website=website or None,
            client_id=secrets.token_urlsafe(32),
            client_secret=secrets.token_urlsafe(32),
            redirect_uris=uris,
            scopes=wanted,
            at=ctx.now(),
        )


def is_web_address(text: str) -> bool:
    """Whether this is an http or https address with a host."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _checked_redirects(uris: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(uri.strip() for uri in uris if uri.strip()))
    if not found:
        raise _invalid("redirect_uri", "can't be blank", "ERR_BLANK")
    if len(found) > MOST_REDIRECTS or any(len(uri) > LONGEST_URL for uri in found):
        says = f"is too long (maximum is {LONGEST_URL} characters)"
        raise _invalid("redirect_uri", says, "ERR_TOO_LONG")
    for uri in found:
        if uri == OUT_OF_BAND:
            continue
        if problem := _redirect_problem(uri):
            raise _invalid("redirect_uri", problem, "ERR_INVALID_URI")
    return found


def _redirect_problem(uri: str) -> str | None:
    """What is wrong with a redirect address. Apps have schemes of their own: `myapp://done`."""
    try:
        parts = urlsplit(uri)
        host = parts.hostname
    except ValueError:
        return "must be a valid URI."
    if not parts.scheme or any(c.isspace() for c in uri) or NOT_IN_ADDRESSES.search(uri):
        return "must be an absolute URI."
    if "#" in uri:
        return "cannot contain a fragment."  # RFC 6749 section 3.1.2
    if parts.scheme.lower() in FORBIDDEN_SCHEMES:
        return "is forbidden by the server."
    if parts.scheme.lower() in {"http", "https"} and not host:
        return "must be a valid URI."
    return None


def _invalid(field: str, says: str, code: str) -> Invalid:
    shown = field.replace("_", " ").capitalize().replace("uri", "URI")
    return Invalid(f"Validation failed: {shown} {says}", details={field: [(code, says)]})
