"""One outgoing request, as its caller means it, and what of it a redirect may carry along."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from multidict import CIMultiDict
from yarl import URL

from watertower.base.http.errors import BadRedirect
from watertower.base.http.rules import OutgoingRules
from watertower.base.http.urls import checked_url, origin_of

# Called as sign(method, url, headers, body) for every hop; gives the headers to add.
Sign = Callable[[str, str, Mapping[str, str], bytes], Mapping[str, str]]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What proves who we are. It was meant for one server and goes to no other.
SECRETS = (
    "Authorization",
    "Proxy-Authorization",
    "Cookie",
    "Signature",
    "Signature-Input",
    "Digest",
    "Content-Digest",
)


@dataclass(frozen=True)
class Question:
    """A request before it is sent. `limit_bytes` bounds the answer, packed and unpacked."""

    method: str
    url: URL
    headers: Mapping[str, str]
    body: bytes
    limit_bytes: int
    accept_types: tuple[str, ...]
    max_redirects: int
    sign: Sign | None
    deadline_seconds: float

    def headers_for(self, url: URL, rules: OutgoingRules) -> CIMultiDict[str]:
        """The headers to send to this hop, signed for it and without secrets of another."""
        headers: CIMultiDict[str] = CIMultiDict(self.headers)
        headers.setdefault("User-Agent", rules.user_agent)
        headers.setdefault("Accept", ", ".join(self.accept_types) or "*/*")
        headers["Accept-Encoding"] = "gzip, deflate"
        if origin_of(url) != origin_of(self.url):
            for name in SECRETS:
                headers.popall(name, None)
        if self.sign is not None:
            headers.update(self.sign(self.method, str(url), dict(headers), self.body))
        headers.popall("Host", None)  # The address says it; nothing else may.
        return headers

    def next_hop(self, at: URL, status: int, location: str, rules: OutgoingRules) -> URL | None:
        """Where a redirect leads, checked like the first address; None when it is not followed.

        Only requests without a body follow. Raises BadRedirect from https down to http, even
        where http is permitted, and the errors of `checked_url`.
        """
        is_followed = self.method in {"GET", "HEAD"} and self.max_redirects > 0
        if status not in REDIRECTS or not location or not is_followed:
            return None
        try:
            target = str(at.join(URL(location)))
        except (ValueError, TypeError):
            raise BadRedirect(host=at.raw_host or "") from None
        if at.scheme == "https" and not target.startswith("https:"):
            raise BadRedirect(host=at.raw_host or "")
        return checked_url(target, rules)
