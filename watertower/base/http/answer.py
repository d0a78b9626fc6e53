"""What came back from another machine."""

from dataclasses import dataclass

from multidict import CIMultiDictProxy


@dataclass(frozen=True)
class Answer:
    """Status, headers (names in any case), content and the address it finally came from.

    Whoever believes a document must compare its id with `url`, which is where the last redirect
    led, never with the address that was asked for. The body of an error (status 400 and above)
    may be cut short.
    """

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes
    url: str

    @property
    def is_ok(self) -> bool:
        """Whether the status is one of success."""
        return 200 <= self.status < 300

    @property
    def content_type(self) -> str:
        """The Content-Type as it was sent, or ''."""
        return self.headers.get("Content-Type", "")
