"""Names of servers, as they are kept: lower case, ASCII, a port only where there is one."""

import re

from watertower.base.errors import Invalid

_NAME = re.compile(
    r"(?=.{1,253}(?::|$))[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?"
    r"(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*(?::[0-9]{1,5})?",
    re.ASCII,
)


def domain_name(text: str) -> str | None:
    """The name as it is kept, from what somebody typed; None if it is no name of a server.

    Takes "@Example.COM", "https://example.com/about" and names in other scripts (IDNA).
    """
    name = text.strip()[:500].lower()
    name = name.removeprefix("https://").removeprefix("http://").lstrip("@")
    name = name.partition("/")[0].rstrip(".")
    if not name.isascii():
        host, colon, port = name.partition(":")
        try:
            name = host.encode("idna").decode("ascii") + colon + port
        except UnicodeError:
            return None
    return name if _NAME.fullmatch(name) else None


def require_domain(domain: str) -> str:
    """The name as it is kept; Invalid if it is none."""
    name = domain_name(domain)
    if name is None:
        problem = "is not a valid domain name"
        raise Invalid(
            f"Validation failed: Domain {problem}", details={"domain": [("ERR_INVALID", problem)]}
        )
    return name
