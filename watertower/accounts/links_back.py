"""Whether a page links to a profile with rel="me" (microformats.org/wiki/rel-me).

The page is a stranger's. Its length is bounded by who fetched it; here every step takes time
that grows with the length only, whatever stands in it: comments and scripts are skipped in one
walk, and the parser is given one tag at a time, never the page.
"""

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser

MOST_TAGS = 5000
LONGEST_TAG = 4096

# What is skipped as a whole, with where it ends. What never ends hides the rest of the page.
_NOT_SHOWN = re.compile(r"<!--|<(script|style|textarea|template|title|xmp)\b", re.IGNORECASE)
_LINK = re.compile(
    r"""<(?:a|link)(?=[\s/])(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""",
    re.IGNORECASE,
)
_LINK_BEGINS = re.compile(r"<(?:a|link)[\s/]", re.IGNORECASE)


def links_back(page: bytes, profile_urls: Collection[str]) -> bool:
    """Whether an <a> or <link> of the page with rel "me" leads to one of these addresses."""
    wanted = {_same(url) for url in profile_urls}
    text = _shown(page.decode("utf-8", "replace"))
    return any("me" in rel.lower().split() and _same(href) in wanted for rel, href in _links(text))


def _same(url: str) -> str:
    """Addresses that differ in case or a slash at the end lead to the same profile."""
    return url.strip().rstrip("/").lower()


def _shown(text: str) -> str:
    """The page without comments, scripts and what else is no part of what it shows."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    kept: list[str] = []
    position = 0
    while (found := _NOT_SHOWN.search(text, position)) is not None:
        kept.append(text[position : found.start()])
        end = "-->" if found[1] is None else f"</{found[1].lower()}"
        position = lower.find(end, found.end())
        if position < 0:
            return "".join(kept)
    kept.append(text[position:])
    return "".join(kept)


def _links(text: str) -> Iterator[tuple[str, str]]:
    """The rel and href of each link."""
    position = 0
    for _ in range(MOST_TAGS):
        begin = _LINK_BEGINS.search(text, position)
        if begin is None:
            return
        tag = _LINK.match(text[begin.start() : begin.start() + LONGEST_TAG])
        position = begin.end()
        if tag is not None:
            position = begin.start() + tag.end()
            reader = _Reader()
            reader.feed(tag[0])
            yield from reader.found


class _Reader(HTMLParser):
    """Reads the attributes of one tag."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The first of two attributes of one name counts, as in browsers."""
        known: dict[str, str] = {}
        for name, value in attrs:
            known.setdefault(name, value or "")
        if known.get("rel") and known.get("href"):
            self.found.append((known["rel"], known["href"]))
