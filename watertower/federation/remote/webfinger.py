"""Who is behind a handle: WebFinger (RFC 7033), with host-meta where a server needs it."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import unescape

from watertower.base.context import Context
from watertower.base.errors import Unreachable
from watertower.base.http.answer import Answer
from watertower.base.http.content_types import is_acceptable
from watertower.federation.errors import DocumentGone, DocumentRefused
from watertower.federation.model import ACTIVITY_JSON, LD_JSON
from watertower.federation.policies import require_served
from watertower.federation.reading import host_of, objects_of, uri_of
from watertower.federation.remote.fetch_document import parse_document

LIMIT_BYTES = 262_144
LONGEST_DOMAIN = 300  # characters: 253 (RFC 1035) and a port
# The colon is for servers, which are named after their domain with its port.
USERNAME = re.compile(r"[\w.~!$&'()*+,;:=%-]{1,2048}")
_DOMAIN = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*(:[0-9]{1,5})?|\[[0-9a-f:]+\](:[0-9]{1,5})?")
_TEMPLATE = re.compile(r"<Link\b[^>]*\brel=[\"']lrdd[\"'][^>]*>", re.IGNORECASE)
_TEMPLATE_VALUE = re.compile(r"\btemplate=(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


@dataclass(frozen=True)
class Finger:
    """A handle as its domain writes it, and the actor it stands for."""

    username: str
    domain: str
    actor_uri: str


def split_handle(handle: str) -> tuple[str, str] | None:
    """`@name@domain`, `name@domain` or `acct:name@domain` as a pair; domain canonical."""
    text = handle.strip().removeprefix("acct:").removeprefix("@")
    username, _, domain = text.rpartition("@")
    canonical = canonical_domain(domain)
    if canonical is None or not USERNAME.fullmatch(username):
        return None
    return username, canonical


def canonical_domain(domain: str) -> str | None:
    """A domain in lower case and punycode, with an unusual port; None if it is none."""
    if not domain or "/" in domain or len(domain) > LONGEST_DOMAIN:
        return None
    found = host_of(f"https://{domain.strip()}")
    return found if found and _DOMAIN.fullmatch(found) else None


async def look_up(ctx: Context, *, username: str, domain: str) -> Finger:
    """Ask the domain. One answer for another handle is followed and must confirm itself.

    Raises DocumentGone when there is no such account, DocumentRefused for contradictions, and
    Unreachable.
    """
    found = await _ask(ctx, username, domain)
    if (found.username.lower(), found.domain) == (username.lower(), domain):
        return found
    confirmed = await _ask(ctx, found.username, found.domain)
    same = (found.username.lower(), found.domain)
    if (confirmed.username.lower(), confirmed.domain) != same:
        raise DocumentRefused("WebFinger leads from one handle to the next")
    return confirmed


async def _ask(ctx: Context, username: str, domain: str) -> Finger:
    await require_served(ctx, host=domain)
    resource = quote(f"acct:{username}@{domain}", safe="")
    scheme = "http" if ctx.settings.federation.allow_http and _is_local(domain) else "https"
    base = f"{scheme}://{domain}"
    answer = await _get(ctx, f"{base}/.well-known/webfinger?resource={resource}")
    if answer.status == 404:
        template = await _template(ctx, base)
        if template is None:
            raise DocumentGone("There is no such account")
        answer = await _get(ctx, template.replace("{uri}", resource))
    if answer.status in {404, 410}:
        raise DocumentGone("There is no such account", is_for_ever=answer.status == 410)
    if not answer.is_ok:
        raise Unreachable(f"WebFinger answered {answer.status}")
    document = parse_document(answer.body)
    subject = document.get("subject")
    handle = split_handle(subject) if isinstance(subject, str) else None
    if handle is None:
        raise DocumentRefused("WebFinger names no subject")
    actor_uri = _self_link(document.get("links"))
    if actor_uri is None:
        raise DocumentRefused("WebFinger names no actor")
    return Finger(handle[0], handle[1], actor_uri)


def _self_link(links: Any) -> str | None:
    for link in objects_of(links):
        kind = link.get("type")
        if (
            link.get("rel") == "self"
            and isinstance(kind, str)
            and is_acceptable(kind, (ACTIVITY_JSON, LD_JSON))
            and (found := uri_of(link.get("href")))
        ):
            return found
    return None


async def _get(ctx: Context, url: str) -> Answer:
    return await ctx.http.request(
        "GET",
        url,
        headers={"Accept": "application/jrd+json, application/json"},
        limit_bytes=LIMIT_BYTES,
    )


async def _template(ctx: Context, base: str) -> str | None:
    """The address pattern of a server whose WebFinger is elsewhere (RFC 6415)."""
    answer = await ctx.http.request(
        "GET",
        f"{base}/.well-known/host-meta",
        headers={"Accept": "application/xrd+xml, application/xml"},
        limit_bytes=LIMIT_BYTES,
    )
    if not answer.is_ok:
        return None
    for link in _TEMPLATE.finditer(answer.body.decode("utf-8", "replace")):
        value = _TEMPLATE_VALUE.search(link[0])
        template = unescape(value[1] or value[2] or "") if value else ""
        if "{uri}" in template and uri_of(template.replace("{uri}", "x")):
            return (
                template if template != f"{base}/.well-known/webfinger?resource={{uri}}" else None
            )
    return None


def _is_local(domain: str) -> bool:
    """Plain http is tried only where there can be no certificate: on this machine."""
    host = domain.rpartition(":")[0] or domain
    return host in {"localhost", "127.0.0.1", "[::1]"} or host.endswith(".localhost")
