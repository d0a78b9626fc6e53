"""A poll as pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watertower.base.context import Context


@dataclass(frozen=True)
class OptionView:
    """One choice; `percent` is None while the numbers are kept back."""

    title: str
    percent: int | None


@dataclass(frozen=True)
class PollView:
    """A poll."""

    options: Sequence[OptionView]
    people: int
    ends_at: datetime | None
    has_ended: bool


def poll_view(ctx: Context, poll: Mapping[str, Any]) -> PollView:
    """The poll, given as a row of polls in JSON."""
    ends = poll["expires_at"]
    ends_at = datetime.fromisoformat(ends) if isinstance(ends, str) else ends
    has_ended = ends_at is not None and ends_at <= ctx.now()
    tallies: list[int] = poll["tallies"]
    whole = (poll["voters_count"] or 0) if poll["is_multiple"] else 0
    whole = max(whole or sum(tallies), 1)
    shows = has_ended or not poll["hides_totals"]
    options = [
        OptionView(title, min(100, round(100 * tally / whole)) if shows else None)
        for title, tally in zip(poll["options"], tallies, strict=True)
    ]
    people = poll["voters_count"] if poll["voters_count"] is not None else sum(tallies)
    return PollView(options, people, ends_at, has_ended)
