r"""Find in a text what a member means to be more than text: mentions, tags, links, emoji codes.

One walk from left to right finds them all, so a tag inside a URL is part of the URL. Every
pattern is built so that hostile text takes linear time: repetitions are possessive, nothing
that was refused is read again, and what follows a host is only read once the host is good.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from watertower.base.text.letters import WORD
from watertower.base.text.tags import tag_name


class Kind(Enum):
    """What was found."""

    MENTION = "mention"
    TAG = "tag"
    URL = "url"


class Found(NamedTuple):
    """One thing found: `text[start:end]`. `value` is the handle, the tag without '#', the URL."""

    kind: Kind
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention as typed: `handle` is the user name, with `@domain` if one was given."""

    handle: str
    username: str
    domain: str | None
    start: int
    end: int


# The separators Mastodon allows inside a tag: middle dot, katakana middle dot, ZWNJ.
_SEPARATORS = "\u00b7\u30fb\u200c"
_USER = r"[A-Za-z0-9_]++(?:[.-]++[A-Za-z0-9_]++)*+"
# A port is only believed where it cannot be prose: on the machines of developers.
_DOMAIN = rf"(?:(?:localhost|127\.0\.0\.1):[0-9]{{2,5}}+|[{WORD}]++(?:[.-]++[{WORD}]++)*+)"
_HOST = rf"(?:[{WORD}-]++(?:\.[{WORD}-]++)*+|\[[0-9A-Fa-f:.]{{2,45}}\])"

# The first class lets the engine skip quickly; the look-behinds then say which one it was and
# what may not stand before it: mentions not after a word, "=" or "/" (mail addresses, paths),
# tags in addition not after ")", links not after a word, "@", "#" or "$".
_START = re.compile(
    r"[@#\uff03hH](?:"
    rf"(?<=@)(?<![=/\w]@)(?P<mention>{_USER}(?:@{_DOMAIN})?)"
    rf"|(?<=[#\uff03])(?<![=/)\w].)(?P<tag>[{WORD}{_SEPARATORS}]++)"
    rf"|(?<=[hH])(?<![\w@#$\uff03].)[tT][tT][pP][sS]?://(?P<host>{_HOST})(?P<port>:[0-9]{{1,5}}+)?"
    r")",
)

# What ends a link besides white space: quotes, brackets of CJK, marks that reorder the text.
_NOT_IN_A_LINK = (
    r"\s()<>\"`\\\x00-\x1f\x7f「」『』（）。、“”«»\u200e\u200f\u202a-\u202e\u2066-\u2069"
)
_PART = rf"[^{_NOT_IN_A_LINK}]"
# Parentheses belong to a link only in pairs, at most two deep.
_REST = re.compile(rf"[/?#](?:{_PART}++|\((?:{_PART}++|\({_PART}*+\))*+\))*+")
_TRAILING = ".,;:!?'*~…]["
_LATIN_THEN_OTHER = re.compile(r"([A-Za-z]{2,})[^\x00-\x7f]")
_IPV4 = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")

_SHORTCODE = re.compile(r"(?<![^\W_])(?<!:):([a-zA-Z0-9_]{2,}+):(?![^\W_]|:)")


def find_all(text: str) -> Iterator[Found]:
    """Everything in the order of the text, nothing overlapping."""
    position = 0
    while (match := _START.search(text, position)) is not None:
        start = match.start()
        kind = match.lastgroup
        if kind == "mention":
            position = match.end()
            yield Found(Kind.MENTION, match["mention"], start, position)
        elif kind == "tag":
            position = match.end()
            tag = match["tag"].strip(_SEPARATORS)
            # A tag starts right after the '#', so leading separators make it none.
            if text.startswith(tag, start + 1) and _is_tag(tag):
                yield Found(Kind.TAG, tag, start, start + 1 + len(tag))
        else:
            end = _end_of_link(text, match)
            position = end or match.end("host")
            if end is not None:
                yield Found(Kind.URL, text[start:end], start, end)


def find_mentions(text: str) -> list[Mention]:
    """Every mention in order, repeated ones too. User names are ASCII, domains may be IDN."""
    return [_mention(found) for found in find_all(text) if found.kind is Kind.MENTION]


def find_tags(text: str) -> list[str]:
    """The tags as typed, without '#', each once: `#Cats #cats` gives `["Cats"]`."""
    tags: dict[str, str] = {}
    for found in find_all(text):
        if found.kind is Kind.TAG:
            tags.setdefault(tag_name(found.value), found.value)
    return list(tags.values())


def find_urls(text: str) -> list[str]:
    """Every http and https link in order, repeated ones too, without punctuation at its end."""
    return [found.value for found in find_all(text) if found.kind is Kind.URL]


def find_shortcodes(text: str) -> list[str]:
    """The custom emoji codes, each once: `:blobcat:` gives `["blobcat"]`.

    Two or more of [a-zA-Z0-9_], no letter, digit or colon right before or after.
    """
    return list(dict.fromkeys(_SHORTCODE.findall(text)))


def _mention(found: Found) -> Mention:
    username, _, domain = found.value.partition("@")
    return Mention(found.value, username, domain or None, found.start, found.end)


def _is_tag(tag: str) -> bool:
    """Mastodon's rule: a letter somewhere, or a separator (underscore too) between two others."""
    if tag.isdecimal():
        return False
    inner = tag[1:-1]
    return any(map(str.isalpha, tag)) or any(mark in inner for mark in "_" + _SEPARATORS)


def _end_of_link(text: str, match: re.Match[str]) -> int | None:
    """Where the link ends that this match begins; None when its host is no host."""
    host = match["host"]
    last_label = host.rpartition(".")[2]
    if host[0] == "[" or host.lower() == "localhost" or _IPV4.fullmatch(host):
        pass
    elif "." not in host or len(last_label.strip("-")) < 2 or last_label[0].isdecimal():
        return None
    elif last_label[-1] == "-":
        return match.end("host") - len(last_label) + len(last_label.rstrip("-"))
    elif not host.isascii() and (latin := _LATIN_THEN_OTHER.match(last_label)):
        # "https://example.comをみて": scripts without spaces run on right after the domain.
        return match.end("host") - len(last_label) + len(latin[1])
    rest = _REST.match(text, match.end())
    if rest is None:
        return match.end()
    return match.end() + len(rest[0].rstrip(_TRAILING))
