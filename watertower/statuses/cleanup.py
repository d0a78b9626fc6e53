"""Which of a member's old posts are deleted by themselves. Pure."""

from dataclasses import dataclass

from watertower.base.errors import Invalid

AGES_DAYS = (7, 14, 30, 60, 90, 180, 365, 730)  # as Mastodon offers them


@dataclass(frozen=True)
class CleanupPolicy:
    """A member's choice. What is kept is kept whatever else applies to it."""

    is_enabled: bool = False
    min_age_days: int = 14
    keeps_direct: bool = True
    keeps_pinned: bool = True
    keeps_polls: bool = False
    keeps_media: bool = False
    keeps_own_favourites: bool = True
    keeps_own_bookmarks: bool = True
    keeps_from_favourites: int | None = None  # posts with at least as many stay
    keeps_from_boosts: int | None = None


def require_good_policy(policy: CleanupPolicy) -> None:
    """Raise Invalid for an age that is not on offer and for counts below one."""
    if policy.min_age_days not in AGES_DAYS:
        raise Invalid("Please choose one of the ages on offer")
    for count in (policy.keeps_from_favourites, policy.keeps_from_boosts):
        if count is not None and not 1 <= count <= 1_000_000_000:
            raise Invalid("Counts must be at least 1; leave them empty for no limit")
