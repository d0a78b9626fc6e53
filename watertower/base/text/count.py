"""How long a status is, counted the way the apps count it for the member."""

import re
import unicodedata

from watertower.base.text.clean import clean_text
from watertower.base.text.find import Kind, find_all
from watertower.base.text.letters import MARKS

URL_COUNTS_AS = 23
"""Every link counts the same, however long, so that nobody needs a shortener."""

# What is drawn together with the character before it (a close reading of UAX #29): marks,
# the Thai and Lao vowels drawn with their consonant, joiners with the pictograph they join,
# skin tones, tag characters of flags. And the second half of a flag.
_DRAWN_WITH_THE_ONE_BEFORE = re.compile(
    f"(?<=[^\\n])(?:[{MARKS}\u0e33\u0eb3\u200c\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    "|\u200d[\u2190-\u2bff\U0001f000-\U0001faff]?)"
    "|(?<=[\U0001f1e6-\U0001f1ff])[\U0001f1e6-\U0001f1ff]",
)
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


def length_of(text: str, spoiler: str = "") -> int:
    """Characters as people see them, after NFC; the content warning counts too.

    A link counts 23, a remote mention without its domain (`@bob@remote.example` counts 4).
    One character may hold any number of code points: callers that store the text also limit
    those.
    """
    text = clean_text(text)
    length = 0
    kept: list[str] = []
    position = 0
    for found in find_all(text):
        if found.kind is Kind.URL:
            length += URL_COUNTS_AS
            # The gap keeps what stands around the link apart when graphemes are counted.
            kept.append(text[position : found.start])
            position = found.end
        elif found.kind is Kind.MENTION:
            username = found.value.partition("@")[0]
            kept.append(text[position : found.start + 1 + len(username)])
            position = found.end
    kept.append(text[position:])
    return length + sum(map(_graphemes, kept)) + _graphemes(clean_text(spoiler))


def _graphemes(text: str) -> int:
    if text.isascii():
        return len(text)
    text = _FLAG.sub("x", unicodedata.normalize("NFC", text))
    return len(_DRAWN_WITH_THE_ONE_BEFORE.sub("", text))
