"""Reading an address before anything is sent to it.

The `URL` made here is the one that is checked, signed and connected to: there is no second
parser that could read it differently.
"""

import re

from yarl import URL

from watertower.base.http.addresses import may_connect
from watertower.base.http.errors import AddressRefused, BadAddress
from watertower.base.http.rules import OutgoingRules

URL_LIMIT_CHARACTERS = 4096
NAME = re.compile(r"(?=.{1,254}\Z)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")
CANONICAL_V4 = re.compile(r"(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}")
# A last label of digits or of 0x… means an IPv4 address to some resolver (WHATWG URL 3.5).
ENDS_IN_NUMBER = re.compile(r"(?:.*\.)?([0-9]+|0x[0-9a-f]*)\.?", re.IGNORECASE)
NOT_IN_URLS = re.compile(r"[\x00-\x20\x7f\\]")
HIGH_PORTS_FROM = 1024


def checked_url(text: str, rules: OutgoingRules) -> URL:
    """The address in canonical form, without its fragment.

    Many small servers live on a port like 8443, so https may go to 443 and to every port from
    1024 up; the ports below are other services' and are refused. `allow_http` lifts both limits.
    Raises BadAddress, or AddressRefused for a literal that is not public or is oddly written.
    """
    if len(text) > URL_LIMIT_CHARACTERS or NOT_IN_URLS.search(text):
        raise BadAddress
    try:
        url = URL(text).with_fragment(None)
        host, port = url.raw_host or "", url.port or 0
    except (ValueError, TypeError):
        raise BadAddress from None
    if url.scheme not in (("https", "http") if rules.allow_http else ("https",)):
        raise BadAddress(host=host)
    if url.raw_user is not None or url.raw_password is not None:
        raise BadAddress(host=host)
    check_host(host, rules)
    if not (port == 443 or port >= HIGH_PORTS_FROM or (rules.allow_http and port > 0)):
        raise BadAddress(host=host)
    return url


def check_host(host: str, rules: OutgoingRules) -> None:
    """Refuse what is neither a name nor a plainly written, permitted literal."""
    if ":" in host or CANONICAL_V4.fullmatch(host):
        if not may_connect(host, rules.allowed_networks):
            raise AddressRefused(host=host)
    elif ENDS_IN_NUMBER.fullmatch(host):
        raise AddressRefused(host=host)
    elif not NAME.fullmatch(host):
        raise BadAddress(host=host)


def origin_of(url: URL) -> tuple[str, str, int]:
    """Scheme, host and port: what must not change if a secret is to be sent along."""
    return url.scheme, (url.raw_host or "").rstrip("."), url.port or 0
