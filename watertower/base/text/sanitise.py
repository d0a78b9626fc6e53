"""HTML from other servers, made safe to show inside our pages and apps.

nh3 (ammonia, html5ever) is the wall: nothing leaves here that it did not write. What stands
before it only rewrites what it would lose (headings, formulas) and keeps it from being given a
tree that takes long to build. The rules are Mastodon's, so that a post looks the same here.
"""

import html as entities
import re
from collections.abc import Callable

import nh3

from watertower.base.text.balance import DROPPED_WHOLE, ELEMENTS, balanced
from watertower.base.text.clean import clean_text
from watertower.base.text.formulas import formulas_as_tex

MAX_HTML_CHARACTERS = 65536

_ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href", "class", "translate"},
    "span": {"class", "translate"},
    "p": {"class"},
    "ol": {"start", "reversed"},
    "li": {"value"},
}
_SCHEMES = {
    *("http", "https", "dat", "dweb", "ipfs", "ipns", "ssb", "gopher", "xmpp", "magnet"),
    "gemini",
}
_CLASS = re.compile(
    r"(?:h|p|u|dt|e)-[\w-]+|mention|hashtag|ellipsis|invisible|quote-inline", re.ASCII
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,6}")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_HEADING = re.compile(r"<(/?)h[1-6](?![^\s/>])[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"<a(?: [^>]*)?>|</a>")
_LINK_WITHOUT_ADDRESS = re.compile(r"<a(?![^>]* href=)(?: [^>]*)?>")

# A tree with fewer tags than this is small whatever its shape.
_MAX_TAGS_UNBALANCED = 400
_MAX_ROUNDS = 8

# A line end in the source right after a tag is layout, not a line break.
_ANY_TAG = re.compile(r"(<[^>]*>)\n?")
_BREAKS = {"<br>": "\n", "</p>": "\n\n", "</pre>": "\n\n", "</li>": "\n", "</blockquote>": "\n"}
_MANY_BREAKS = re.compile(r"\n{3,}")


def safe_html(html: str | None, *, limit: int = MAX_HTML_CHARACTERS) -> str:
    """The HTML with only the elements, classes and links that posts may have.

    Never longer than `limit` characters; what is longer is cut. Sanitising the result again
    gives the same: when that cannot be reached the text is given without any markup. Never
    raises; None and NUL are fine.
    """
    text = _cut(html or "", limit)
    for _ in range(_MAX_ROUNDS):
        cleaned = _cleaned_once(text)
        if len(cleaned) > limit:
            # Attributes are added and open tags closed, so the input is cut by more.
            text = _cut(text, min(len(text) - 1, len(text) * limit * 9 // (len(cleaned) * 10)))
        elif cleaned == text:
            return cleaned
        else:
            text = cleaned
    return _without_markup(text, limit)


def plain_text(html: str | None) -> str:
    """The words of the HTML: for search, RSS and notifications. Never raises.

    `<br>` becomes a line break and `</p>` an empty line; entities are decoded. What html_of
    made of a text without runs of blank lines, comes back as that text.
    """
    text = clean_text((html or "")[:MAX_HTML_CHARACTERS])
    if "<" in text:
        text = nh3.clean(
            _prepared(text),
            tags={"p", "br", "pre", "li", "blockquote"},
            attributes={},
            clean_content_tags=set(DROPPED_WHOLE),
            link_rel=None,
        )
        text = _ANY_TAG.sub(lambda tag: _BREAKS.get(tag[1], ""), text)
    text = clean_text(entities.unescape(text))
    return _MANY_BREAKS.sub("\n\n", text).strip()


def _cleaned_once(text: str) -> str:
    text = nh3.clean(
        _prepared(clean_text(text)),
        tags=set(ELEMENTS),
        clean_content_tags=set(DROPPED_WHOLE),
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel="nofollow noopener",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_schemes=_SCHEMES,
        url_relative="deny",
    )
    if _LINK_WITHOUT_ADDRESS.search(text):
        text = _LINK.sub(_keep_links_with_address(), text)
    return clean_text(text)


def _prepared(text: str) -> str:
    """The same for the reader, but something nh3 keeps and parses in linear time."""
    text = formulas_as_tex(text)
    text = _HEADING.sub(lambda tag: "</strong></p>" if tag[1] else "<p><strong>", text)
    return balanced(text) if text.count("<") > _MAX_TAGS_UNBALANCED else text


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(filter(_CLASS.fullmatch, value.split())) or None
    if name == "translate":
        return value if value == "no" else None
    if name == "lang":
        return value if _LANGUAGE.fullmatch(value) else None
    if name in {"start", "value"}:
        return value if _NUMBER.fullmatch(value) else None
    if name == "reversed":
        return ""
    return value


def _keep_links_with_address() -> Callable[[re.Match[str]], str]:
    """Drop the tags of links that lead nowhere (refused scheme, relative); their text stays."""
    kept: list[bool] = []

    def replace(tag: re.Match[str]) -> str:
        if tag[0] == "</a>":
            return tag[0] if kept and kept.pop() else ""
        kept.append(_LINK_WITHOUT_ADDRESS.match(tag[0]) is None)
        return tag[0] if kept[-1] else ""

    return replace


def _cut(text: str, limit: int) -> str:
    """At most `limit` characters, not ending inside a tag."""
    if len(text) <= limit:
        return text
    text = text[: max(0, limit)]
    opened = text.rfind("<")
    return text[:opened] if opened > text.rfind(">") else text


def _without_markup(text: str, limit: int) -> str:
    # nh3 writes these four so; six characters is the longest of them.
    words = plain_text(text)[: max(0, limit) // 6].rstrip()
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return words.replace("\xa0", "&nbsp;")
