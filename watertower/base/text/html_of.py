"""What a member typed, as the HTML that Mastodon's apps know how to read.

Apps look for these classes to open a profile or a tag inside the app instead of a browser,
and hide the parts of a link marked `invisible`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from watertower.base.text.clean import clean_text
from watertower.base.text.find import Found, Kind, find_all

SHOWN_OF_A_LINK = 30
"""How many characters of a link are shown, after the scheme and "www."."""

_HIDDEN_PREFIX = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_HOST = re.compile(r"[/?#]")  # where it ends
_BLANK_LINES = re.compile(r"\n{2,}")


@dataclass(frozen=True, slots=True)
class MentionLink:
    """Where a mention leads: the profile's `url`; `shown_name` is shown after the '@'."""

    url: str
    shown_name: str


def html_of(
    text: str, *, mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str]
) -> str:
    """The text as HTML: blank lines make paragraphs, everything else is escaped.

    `mentions` maps the handle as typed, in lower case (`alice`, `alice@remote.example`), to
    its link; what is not in it stays plain text. `tag_url` is given the tag as typed, without
    '#'. An empty text gives "".
    """
    body = linked(clean_text(text), mentions=mentions, tag_url=tag_url).strip("\n")
    if not body:
        return ""
    if "\n" not in body:
        return f"<p>{body}</p>"
    body = "</p><p>".join(_BLANK_LINES.split(body)).replace("\n", "<br />")
    return f"<p>{body}</p>"


def linked(text: str, *, mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str]) -> str:
    """A piece of clean text with its names, tags and addresses as links, the rest escaped."""
    parts: list[str] = []
    position = 0
    for found in find_all(text):
        link = _link(found, mentions, tag_url)
        if link is None:
            continue
        parts.append(escape(text[position : found.start]))
        parts.append(link)
        position = found.end
    parts.append(escape(text[position:]))
    return "".join(parts)


def link_html(url: str, *, rel: str = "nofollow noopener") -> str:
    """A link that shows 30 characters of its address and hides the scheme, "www." and the rest.

    A host is shown whole however long it is: its end says whose it is.
    """
    prefix_match = _HIDDEN_PREFIX.match(url)
    prefix = prefix_match[0] if prefix_match else ""
    end = len(prefix) + max(SHOWN_OF_A_LINK, len(_HOST.split(url[len(prefix) :], 1)[0]))
    shown, rest = url[len(prefix) : end], url[end:]
    return (
        f'<a href="{escape(url)}" target="_blank" rel="{rel}" translate="no">'
        f'<span class="invisible">{prefix}</span>'
        f'<span class="{"ellipsis" if rest else ""}">{escape(shown)}</span>'
        f'<span class="invisible">{escape(rest)}</span></a>'
    )


def escape(text: str) -> str:
    """The text as it may stand between tags and inside a quoted attribute."""
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#39;")
    )


def _link(
    found: Found, mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str]
) -> str | None:
    if found.kind is Kind.URL:
        return link_html(found.value)
    if found.kind is Kind.TAG:
        return (
            f'<a href="{escape(tag_url(found.value))}" class="mention hashtag" rel="tag">'
            f"#<span>{escape(found.value)}</span></a>"
        )
    mention = mentions.get(found.value.lower())
    if mention is None:
        return None
    return (
        f'<span class="h-card" translate="no"><a href="{escape(mention.url)}" '
        f'class="u-url mention">@<span>{escape(mention.shown_name)}</span></a></span>'
    )
