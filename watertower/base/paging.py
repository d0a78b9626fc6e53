"""A page of a list, by id: max_id, since_id and min_id as Mastodon has them."""

from dataclasses import dataclass

from watertower.base.ids import MAX_ID


@dataclass(frozen=True)
class Page:
    """Which part of a list is wanted.

    Ids are exclusive bounds. With `upwards` (min_id was given) the rows nearest above
    `after_id` are wanted; otherwise the newest below `before_id`. Answers are newest first.
    """

    limit: int
    before_id: int = MAX_ID
    after_id: int = 0
    upwards: bool = False
