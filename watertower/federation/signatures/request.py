"""The part of a request that signatures speak of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from watertower.federation.signatures.errors import MalformedSignature, NotCovered

DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True)
class RequestHead:
    """Method, path with query exactly as on the wire, and headers by lower-case name."""

    method: str
    target: str
    headers: Mapping[str, str]

    def header(self, name: str) -> str:
        """A signed header. Raises NotCovered when it is absent."""
        value = self.headers.get(name)
        if value is None:
            raise NotCovered
        return value

    def host_for(self, host: str, *, scheme: str) -> str:
        """The Host to verify with, `host` being ours.

        The sender's own spelling if it means us, else our name: a proxy may have put another
        Host in, and a request that was signed for another server must not hold here.
        """
        received = self.headers.get("host", "")
        is_ours = authority(received, scheme=scheme) == authority(host, scheme=scheme)
        return received if is_ours else host


@dataclass(frozen=True)
class ReceivedSignature:
    """A signature that could be read and is not yet proved. Nothing in it is to be believed.

    `components` are the names of the covered parts. `created_text` and `expires_text` are as
    written, for the text that was signed. `parameters` is RFC 9421's last line.
    """

    scheme: str
    key_id: str
    algorithm: str
    components: tuple[str, ...]
    signature: bytes = field(repr=False)
    head: RequestHead = field(repr=False)
    created_text: str = ""
    expires_text: str = ""
    parameters: str = ""


def read_head(method: str, target: str, headers: Iterable[tuple[str, str]]) -> RequestHead:
    """Gather the headers; several of one name are joined with a comma (both schemes say so)."""
    gathered: dict[str, list[str]] = {}
    for name, value in headers:
        gathered.setdefault(name.lower(), []).append(value.strip(" \t"))
    joined = {name: ", ".join(values) for name, values in gathered.items()}
    return RequestHead(method.upper(), target, joined)


def authority(host: str, *, scheme: str) -> str:
    """A host in lower case, without the scheme's own port (RFC 9421, 2.2.3)."""
    return host.strip().lower().removesuffix(DEFAULT_PORTS.get(scheme, ":443"))


def as_bytes(lines: Iterable[str]) -> bytes:
    """The text that was signed, in the bytes that came over the wire."""
    text = "\n".join(lines)
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        raise MalformedSignature from None
