"""Does a rule match? Pure, linear in the length of the text whatever the pattern is."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from watertower.moderation.errors.inbound import RuleInvalid
from watertower.moderation.model.inbound import (
    LONGEST_PATTERN,
    MOST_PATTERNS,
    Arrival,
    Conditions,
    Effects,
    Origin,
    Writer,
)
from watertower.moderation.rules.shapes import plain


def check_rule(conditions: Conditions, effects: Effects) -> None:
    """Raise RuleInvalid for a rule that could not be meant."""
    if not conditions.is_narrow:
        raise RuleInvalid("Say at least one thing that has to be so, beside media and links")
    if not effects.names:
        raise RuleInvalid("Choose what happens to what matches")
    for words in (
        conditions.texts,
        conditions.link_hosts,
        conditions.domains,
        conditions.software,
        conditions.languages,
        conditions.media_hashes,
    ):
        if len(words) > MOST_PATTERNS:
            raise RuleInvalid(f"At most {MOST_PATTERNS} entries of one kind")
        if any(len(word) > LONGEST_PATTERN for word in words):
            raise RuleInvalid(f"An entry has at most {LONGEST_PATTERN} characters")
    for pattern in conditions.texts:
        if len(plain(pattern).replace("*", "").strip()) < 3:
            raise RuleInvalid("A text needs at least three characters beside *")
    if conditions.mentions_at_least is not None and not 1 <= conditions.mentions_at_least <= 1000:
        raise RuleInvalid("Mentions: from 1 to 1,000")
    if conditions.younger_than_days is not None and not 1 <= conditions.younger_than_days <= 3650:
        raise RuleInvalid("Days: from 1 to 3,650")
    if effects.hold and (effects.limit or effects.sensitise or effects.quiet):
        raise RuleInvalid("What is held is not there yet: nothing else can happen to it")
    if len(effects.tag) > 50:
        raise RuleInvalid("A tag has at most 50 characters")


def may_match(conditions: Conditions, arrival: Arrival) -> bool:
    """Everything that is known without looking at the account."""
    is_local = arrival.domain is None
    if conditions.origin is not Origin.ANY and is_local != (conditions.origin is Origin.LOCAL):
        return False
    if conditions.has_media and not arrival.has_media:
        return False
    if conditions.has_link and not arrival.hosts:
        return False
    wanted = conditions.mentions_at_least
    if wanted is not None and arrival.mentions_count < wanted:
        return False
    if conditions.domains and not _is_host_in([arrival.domain or ""], conditions.domains):
        return False
    if conditions.link_hosts and not _is_host_in(arrival.hosts, conditions.link_hosts):
        return False
    language = (arrival.language or "").partition("-")[0]
    if conditions.languages and language not in conditions.languages:
        return False
    if conditions.media_hashes and arrival.media_hashes.isdisjoint(conditions.media_hashes):
        return False
    if not conditions.texts:
        return True
    text = " ".join(plain(arrival.text).split())
    return any(has_text(text, pattern) for pattern in conditions.texts)


def matches_writer(conditions: Conditions, writer: Writer, now: datetime) -> bool:
    """The rest: what only the account can tell."""
    days = conditions.younger_than_days
    if days is not None and writer.created_at < now - timedelta(days=days):
        return False
    if conditions.has_no_followers_here and writer.followers_here:
        return False
    return not conditions.software or writer.software.lower() in conditions.software


def has_text(folded: str, pattern: str) -> bool:
    """Whether the pieces between the `*` occur one after the other in a text that is folded.

    Each piece is looked for once, behind the one before: no pattern can take long.
    """
    place = 0
    for piece in " ".join(plain(pattern).split()).split("*"):
        if not piece:
            continue
        found = folded.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def is_below(host: str, pattern: str) -> bool:
    """`host` is the pattern; with `*.` before it, also anything below it."""
    pattern = pattern.lower().rstrip(".")
    if pattern.startswith("*."):
        return host == pattern[2:] or host.endswith(pattern[1:])
    return host == pattern


def _is_host_in(hosts: Iterable[str], patterns: Iterable[str]) -> bool:
    return any(is_below(host, pattern) for host in hosts for pattern in patterns)
