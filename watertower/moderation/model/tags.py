"""What moderators decide about hashtags."""

from dataclasses import dataclass

from watertower.feeds.model import TagLine


@dataclass(frozen=True)
class TagRules:
    """What moderators decided about a hashtag. In a change, None leaves a thing as it is."""

    shown_name: str | None = None
    is_usable: bool | None = None
    is_listable: bool | None = None
    is_trendable: bool | None = None  # None of a tag: nobody reviewed it yet


@dataclass(frozen=True)
class ReviewedTag:
    """A hashtag with what was decided about it."""

    line: TagLine
    rules: TagRules
