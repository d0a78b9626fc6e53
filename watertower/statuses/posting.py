"""What an account of a special type may post, as moderation decided it. Pure; no I/O.

People have no such rules. Bots, curated feeds and organisations do: so many posts a day by
machine, a hashtag by which others can leave them out, answers only to whoever asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from watertower.base.errors import Invalid
from watertower.base.text.tags import tag_name

WINDOW = timedelta(hours=24)


class MayNotPost(Invalid):
    """The account's type does not allow this post; `says` explains why and what to do."""

    def __init__(self, problem: str, code: str) -> None:
        super().__init__(f"Validation failed: {problem}", details={"base": [(code, problem)]})


@dataclass(frozen=True)
class PostingRules:
    """The rules of one account."""

    refusal: str = ""  # why nothing may be posted at present
    most_a_day: int | None = None  # None: not counted
    counts_all: bool = False  # False: only what was scheduled
    required_tags: Sequence[str] = ()
    only_summoned: bool = False


@dataclass(frozen=True)
class Parent:
    """What a post answers, as far as the rules ask."""

    is_own: bool
    names_author: bool
    answers_author: bool


@dataclass(frozen=True)
class Counter:
    """How much of the day's posts is used, and when there is room again."""

    used: int
    first_at: datetime | None

    def next_at(self, now: datetime) -> datetime:
        """When the oldest counted post no longer counts."""
        return (self.first_at or now) + WINDOW


def counts(rules: PostingRules, *, is_scheduled: bool, parent: Parent | None) -> bool:
    """Whether a post uses up one of the day's. An answer to whoever asked does not."""
    if rules.most_a_day is None:
        return False
    is_answer = parent is not None and not parent.is_own
    return is_scheduled or (rules.counts_all and not is_answer)


def require_tags(rules: PostingRules, tags: Sequence[str]) -> None:
    """Raise MayNotPost unless the tags by which others leave such posts out are there."""
    carried = {tag_name(tag) for tag in tags}
    missing = [tag for tag in rules.required_tags if tag not in carried]
    if missing:
        named = " and ".join(f"#{tag}" for tag in missing)
        raise MayNotPost(
            f"Posts of this account have to carry {named}, so that people can leave them out",
            "ERR_TAG_MISSING",
        )


def require_summoned(rules: PostingRules, *, parent: Parent | None, mentions_others: bool) -> None:
    """Raise MayNotPost for an answer nobody asked for, and for one more in a chain of answers."""
    if not rules.only_summoned:
        return
    if parent is None:
        if mentions_others:
            raise MayNotPost(
                "An automated account names people only in answer to them", "ERR_NOT_SUMMONED"
            )
        return
    if parent.is_own:
        return
    if not parent.names_author:
        raise MayNotPost("An automated account answers only posts that name it", "ERR_NOT_SUMMONED")
    if parent.answers_author:
        raise MayNotPost(
            "An automated account does not answer every reply in a thread", "ERR_CHAIN"
        )


def require_room(rules: PostingRules, counter: Counter, *, now: datetime) -> None:
    """Raise MayNotPost when the day's posts are used up."""
    if rules.most_a_day is not None and counter.used >= rules.most_a_day:
        when = counter.next_at(now)
        raise MayNotPost(
            f"This account may post {rules.most_a_day} times in 24 hours by machine or schedule, "
            f"and has. The next post is possible from {when:%Y-%m-%d %H:%M} UTC",
            "ERR_TOO_MANY_A_DAY",
        )
