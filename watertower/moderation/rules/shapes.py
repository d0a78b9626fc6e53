"""The shape of a text: what stays when names, numbers, addresses and decoration are taken away.

Spam of one origin says nearly the same everywhere. A shape is four numbers, the least of four
hashes over all runs of three words (minhash); two texts share each of them with the probability
that they share a run. Two shared numbers of four are "nearly the same".
"""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b
from struct import unpack

SKETCHES = 4
RUN = 3
FEWEST_WORDS = 5
MOST_WORDS = 400
NEAR = 2  # shared sketches

_ADDRESS = re.compile(r"https?://([^/\s?#]{1,253})\S{0,2000}", re.IGNORECASE)
_NAME = re.compile(r"@[\w.-]{1,100}(?:@[\w.-]{1,253})?")
_WORD = re.compile(r"[^\W\d_]+")


def plain(text: str) -> str:
    """Folded for comparison: compatibility forms, case and accents do not count."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c))


def hosts_in(text: str) -> frozenset[str]:
    """The hosts of the addresses in a plain text, without `www.` and port."""
    return frozenset(host_of(host) for host in _ADDRESS.findall(text))


def host_of(authority: str) -> str:
    """A host as rules compare it."""
    host = authority.rpartition("@")[2].partition(":")[0].lower().rstrip(".")
    return host.removeprefix("www.")


def words_of(text: str) -> list[str]:
    """The words that make a shape; a link counts as its host."""
    linked = _ADDRESS.sub(lambda found: f" {host_of(found[1]).replace('.', 'dot')} ", text)
    return _WORD.findall(plain(_NAME.sub(" ", linked)))[:MOST_WORDS]


def sketches_of(text: str, media_hashes: Iterable[str] = ()) -> list[int]:
    """Four signed 64-bit numbers; none for what says too little to be told apart."""
    words = words_of(text)
    runs = {" ".join(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1))}
    media = {f"media {one}" for one in media_hashes}
    if len(words) < FEWEST_WORDS and not media:
        return []
    least = [2**63 - 1] * SKETCHES
    for run in runs | media:
        found = unpack(">4q", blake2b(run.encode(), digest_size=32).digest())
        least = [min(pair) for pair in zip(least, found, strict=True)]
    # The place belongs to the number: two texts share a sketch only in the same place.
    return [(number & ~3) | place for place, number in enumerate(least)]


def pile_of(text: str, media_hashes: Iterable[str] = ()) -> int:
    """One number for what nearly the same texts have in common most often."""
    found = sketches_of(text, media_hashes)
    if found:
        return found[0]
    digest = blake2b(plain(text).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def is_near(one: Iterable[int], other: Iterable[int]) -> bool:
    """Whether two shapes are nearly the same."""
    return len(set(one) & set(other)) >= NEAR
