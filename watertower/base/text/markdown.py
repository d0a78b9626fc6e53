"""Markdown, as the HTML that other servers and apps show: CommonMark without images and raw HTML.

Headings become bold paragraphs and rules disappear, because Mastodon's sanitiser has neither.
Names, tags and addresses in the words are links as in any post; not in code, nor in a link.
"""

from collections.abc import Callable, Iterator, Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from watertower.base.text.clean import clean_text
from watertower.base.text.html_of import MentionLink, escape, linked

PLAIN, MARKDOWN = "text/plain", "text/markdown"
DEEPEST = 12  # quotes in lists in quotes …

_parser = (
    MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": DEEPEST})
    .enable("strikethrough")
    .disable(["image", "html_block", "html_inline"])
)

# Token types that are written as they are; everything else is left out, its words stay.
_TAGS = {
    "paragraph": "p", "bullet_list": "ul", "list_item": "li", "blockquote": "blockquote",
    "em": "em", "strong": "strong", "s": "del",
}  # fmt: skip


def markdown_html(
    text: str, *, mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str]
) -> str:
    """The text as HTML; `mentions` and `tag_url` as in html_of. An empty text gives ""."""
    parts: list[str] = []
    for token in _parser.parse(clean_text(text)):
        if token.type == "inline":
            parts.extend(_inline(token.children or [], mentions, tag_url))
        else:
            parts.append(_block(token))
    return "".join(parts)


def markdown_words(text: str) -> str:
    """The words in which names, tags and addresses count: not code, but where links lead."""
    return "\n".join(_words(_parser.parse(clean_text(text))))


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type != "inline":
            continue
        words: list[str] = []
        in_link = False
        for child in token.children or []:
            if child.type == "link_open":
                in_link = True
                words.append(f" {child.attrGet('href')} ")
            elif child.type == "link_close":
                in_link = False
            elif child.type == "text" and not in_link:
                words.append(child.content)
            else:
                words.append(" ")
        yield "".join(words)


def _block(token: Token) -> str:
    name, _, end = token.type.rpartition("_")
    if token.type in {"fence", "code_block"}:
        return f"<pre><code>{escape(token.content)}</code></pre>"
    if name == "heading":
        return "<p><strong>" if end == "open" else "</strong></p>"
    if name == "paragraph" and token.hidden:  # of a tight list
        return ""
    if token.type == "ordered_list_open":
        start = token.attrGet("start")
        return f'<ol start="{int(start)}">' if isinstance(start, int) else "<ol>"
    if token.type == "ordered_list_close":
        return "</ol>"
    tag = _TAGS.get(name)
    return "" if tag is None else f"<{tag}>" if end == "open" else f"</{tag}>"


def _inline(
    tokens: list[Token], mentions: Mapping[str, MentionLink], tag_url: Callable[[str], str]
) -> Iterator[str]:
    open_links: list[bool] = []
    for token in tokens:
        if token.type == "text":
            yield (
                escape(token.content)
                if any(open_links)
                else linked(token.content, mentions=mentions, tag_url=tag_url)
            )
        elif token.type == "code_inline":
            yield f"<code>{escape(token.content)}</code>"
        elif token.type in {"softbreak", "hardbreak"}:
            yield "<br />"
        elif token.type == "link_open":
            href = str(token.attrGet("href") or "")
            open_links.append(href.lower().startswith(("https://", "http://")))
            if open_links[-1]:
                yield f'<a href="{escape(href)}" target="_blank" rel="nofollow noopener">'
        elif token.type == "link_close":
            if open_links and open_links.pop():
                yield "</a>"
        else:
            name, _, end = token.type.rpartition("_")
            tag = _TAGS.get(name)
            if tag is not None:
                yield f"<{tag}>" if end == "open" else f"</{tag}>"
