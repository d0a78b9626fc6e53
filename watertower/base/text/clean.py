"""Take out of a text what no database, no parser and no screen should be given.

The doors call this on what arrives, before any rule looks at it. What the member typed is
kept otherwise: no Unicode normalisation, no folding of quotes.
"""

import re

# C0 and C1 controls, the line and paragraph separators, and the marks that reorder text: a name
# of one line that contains them could be shown as something else than it is.
_NOT_IN_A_LINE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+",
)


def clean_text(text: str | None) -> str:
    """The text with LF line ends, without NUL, lone surrogates (U+FFFD) and trailing space.

    Two surrogates that make a pair become the character they mean. None gives "".
    Cleaning twice changes nothing.
    """
    if not text:
        return ""
    if not text.isascii():
        text = _without_surrogates(text)
    if "\0" in text:
        text = text.replace("\0", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.rstrip()


def clean_line(text: str | None, limit: int) -> str:
    """A name of one line, at most `limit` code points, without controls or outer white space.

    Line breaks and other runs of controls become one space.
    """
    line = _NOT_IN_A_LINE.sub(" ", clean_text(text))
    return line.strip()[: max(0, limit)].rstrip()


def _without_surrogates(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
