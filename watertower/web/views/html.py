"""HTML that may be shown as it is: content that was made safe before, with its emoji put in."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from watertower.base.context import Context

# A tag as our sanitiser writes it: attribute values in double quotes, which may contain ">".
_TAG = re.compile(r'(<(?:[^">]|"[^"]*")*>)')
_CODE = re.compile(r":([A-Za-z0-9_]{2,}):")
Emojis = Sequence[Mapping[str, Any]]


def safe_content(ctx: Context, html: str, emojis: Emojis) -> Markup:
    """Content that was made safe when it was stored, with `:codes:` in its words as pictures."""
    pictures = _pictures(ctx, emojis)
    if not pictures or ":" not in html:
        return Markup(html)  # noqa: S704  # base.text made it safe
    parts = _TAG.split(html)
    parts[::2] = [_with_pictures(words, pictures) for words in parts[::2]]
    return Markup("".join(parts))  # noqa: S704  # words were safe, pictures are escaped


def text_with_emoji(ctx: Context, text: str, emojis: Emojis) -> Markup:
    """Plain text (a name, a warning) with its emoji."""
    return Markup(_with_pictures(str(escape(text)), _pictures(ctx, emojis)))  # noqa: S704  # escaped


def _pictures(ctx: Context, emojis: Emojis) -> dict[str, str]:
    """An img element for each emoji of which we hold a copy; others stay as words."""
    found = {}
    for emoji in emojis:
        key = emoji.get("static_key") or emoji.get("key")
        if key:
            found[emoji["shortcode"]] = str(
                Markup(
                    '<img class="emoji" src="{}" alt=":{}:" title=":{}:" loading="lazy">'
                ).format(ctx.storage.url(key), emoji["shortcode"], emoji["shortcode"])
            )
    return found


def _with_pictures(words: str, pictures: Mapping[str, str]) -> str:
    if not pictures:
        return words
    return _CODE.sub(lambda code: pictures.get(code[1], code[0]), words)
