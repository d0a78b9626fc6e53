"""The value of a profile field: text, or one link that may prove whose page it is."""

from watertower.base.text.clean import clean_text
from watertower.base.text.find import find_urls
from watertower.base.text.html_of import escape, link_html


def field_html(value: str) -> str:
    """The field's value as HTML: a link with `rel="me"` when all of it is one URL, else text.

    Mentions and tags stay plain text. Line breaks become spaces.
    """
    value = " ".join(clean_text(value).split())
    if find_urls(value) == [value]:
        return link_html(value, rel="me nofollow noopener")
    return escape(value)
