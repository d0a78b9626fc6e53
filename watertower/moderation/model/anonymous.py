"""Takes the people out of a text: names become letters, addresses become places. Pure."""

import re
from collections.abc import Iterable, Mapping

_HANDLE = re.compile(r"(?<![\w.+-])@[\w-]+(?:\.[\w-]+)*(?:@[\w-]+(?:\.[\w-]+)*)?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"\+?\d[\d ()/-]{6,}\d")
SHORTEST = 3  # characters of a display name that is taken out; shorter ones are words


def letters(people: Iterable[tuple[str, str | None, str]]) -> Mapping[str, str]:
    """Each way a person is called -> Person A, Person B …. People are (username, domain, name)."""
    found: dict[str, str] = {}
    for place, (username, domain, name) in enumerate(people):
        word = f"Person {_letter(place)}"
        if domain:
            found[f"@{username}@{domain}".lower()] = word
        found.setdefault(f"@{username}".lower(), word)
        for said in (name, username):
            if len(said.strip()) >= SHORTEST:
                found.setdefault(said.strip().lower(), word)
    return found


def anonymous(text: str, called: Mapping[str, str]) -> str:
    """The text without people: known ones as letters, others as somebody; no links, no numbers."""
    text = _LINK.sub("[a link]", text)
    text = _HANDLE.sub(lambda found: called.get(found.group().lower(), "somebody"), text)
    text = _MAIL.sub(lambda found: called.get(f"@{found.group()}".lower(), "[an address]"), text)
    text = _NUMBER.sub("[a number]", text)
    for said in sorted(called, key=len, reverse=True):
        if not said.startswith("@"):
            text = re.sub(
                rf"(?<!\w){re.escape(said)}(?!\w)", called[said], text, flags=re.IGNORECASE
            )
    return text


def _letter(place: int) -> str:
    word = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        word = chr(ord("A") + rest) + word
    return word
