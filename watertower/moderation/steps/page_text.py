"""The words of a page elsewhere, as somebody reads them."""

from html.parser import HTMLParser

from watertower.base.context import Context
from watertower.base.errors import Invalid, Unreachable
from watertower.base.http.answer import Answer

LIMIT_BYTES = 2_000_000
LONGEST_TEXT = 400_000  # characters


async def fetch_text(ctx: Context, url: str) -> str:
    """The words of a page. Raises Invalid for what is no text, Unreachable."""
    if not url.startswith(("https://", "http://")):
        raise Invalid("Validation failed: The address must begin with https://")
    answer = await ctx.http.request(
        "GET",
        url,
        headers={"Accept": "text/html, text/plain, text/markdown;q=0.9"},
        limit_bytes=LIMIT_BYTES,
    )
    if not answer.is_ok:
        raise Unreachable(f"The page answered {answer.status}")
    words = words_of(answer)
    if not words:
        raise Invalid("Validation failed: There are no words at this address")
    return words[:LONGEST_TEXT]


def words_of(answer: Answer) -> str:
    """The text that a reader sees, a line for each block."""
    body = answer.body.decode("utf-8", "replace").replace("\0", "")
    if "html" not in answer.content_type:
        return body.strip()
    reader = _Words()
    reader.feed(body)
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    """Collects what stands between the tags."""

    UNSEEN = frozenset({"script", "style", "noscript", "template", "nav", "svg"})
    INLINE = frozenset({"a", "b", "i", "em", "strong", "span", "code", "abbr", "small", "u"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        """A new block begins a new line."""
        self._unseen += tag in self.UNSEEN
        if tag not in self.INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """What was not to be seen ends."""
        if tag in self.UNSEEN:
            self._unseen = max(0, self._unseen - 1)

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._unseen:
            self.parts.append(data)
