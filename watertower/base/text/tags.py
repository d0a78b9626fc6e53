"""The name of a hashtag: one spelling under which all the others are found."""

import unicodedata

MAX_TAG_CHARACTERS = 100


def tag_name(shown: str) -> str:
    """The normalised name of a tag: no '#', NFKC, lower case, at most 100 code points.

    The spelling the author chose is kept elsewhere, for showing. Normalising twice changes
    nothing. A text with nothing in it gives "".
    """
    name = unicodedata.normalize("NFKC", shown).lower()
    if not name.isascii():
        # Lower case can fall apart: "İ" becomes "i" and a combining dot.
        name = unicodedata.normalize("NFKC", name)
    return name.strip().lstrip("#").strip()[:MAX_TAG_CHARACTERS].rstrip()
