"""Rewrite HTML with very many tags so that building its tree stays cheap.

An HTML parser must reopen formatting that was left open, in every later paragraph, and looks
up through all open elements at every `<p>`: some 60 kB can keep it busy for a second. Here
every tag is closed in order and nothing is nested deeper than any real post.
"""

import re

ELEMENTS = frozenset(
    {
        *("p", "br", "span", "a", "del", "s", "pre", "blockquote", "code", "b", "strong"),
        *("u", "i", "em", "ul", "ol", "li", "ruby", "rt", "rp"),
    }
)
"""The elements a post may have (Mastodon's list)."""

DROPPED_WHOLE = frozenset(
    {
        *("script", "style", "template", "iframe", "noembed", "noframes"),
        *("svg", "object", "title"),
    }
)
"""Elements that go with all that is inside: it was never meant to be read."""

_MAX_DEPTH = 32
# Before these an open paragraph ends.
_BLOCKS = {"p", "pre", "blockquote", "ul", "ol"}
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*+)([^<>]*+)>")


def balanced(html: str) -> str:
    """The HTML with only the elements posts may have, closed in order, at most 32 deep.

    Linear time. It is no sanitiser: attributes are left as they are.
    """
    html = _without_comments(html)
    parts: list[str] = []
    opened: list[str] = []
    dropping = ""
    position = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if not dropping:
            parts.append(html[position : tag.start()].replace("<", "&lt;"))
        position = tag.end()
        if dropping:
            if tag[1] and name == dropping:
                dropping = ""
        elif name in DROPPED_WHOLE:
            dropping = "" if tag[1] else name
        elif name == "br":
            parts.append("<br>")
        elif name not in ELEMENTS:
            continue
        elif tag[1]:
            if name in opened:
                _close_until(name, opened, parts)
        else:
            if name in _BLOCKS and "p" in opened:
                _close_until("p", opened, parts)
            if name == "a" and "a" in opened:
                _close_until("a", opened, parts)
            if len(opened) < _MAX_DEPTH:
                opened.append(name)
                parts.append(f"<{name}{tag[3]}>")
    if not dropping:
        parts.append(html[position:].replace("<", "&lt;"))
    parts.extend(f"</{name}>" for name in reversed(opened))
    return "".join(parts)


def _close_until(name: str, opened: list[str], parts: list[str]) -> None:
    while True:
        closed = opened.pop()
        parts.append(f"</{closed}>")
        if closed == name:
            return


def _without_comments(html: str) -> str:
    if "<!--" not in html:
        return html
    parts: list[str] = []
    position = 0
    while (start := html.find("<!--", position)) != -1:
        parts.append(html[position:start])
        end = html.find("-->", start)
        if end == -1:
            return "".join(parts)
        position = end + 3
    parts.append(html[position:])
    return "".join(parts)
