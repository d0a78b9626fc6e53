"""Newer and older, for a list of which one row more than shown was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.paging import Page
from watertower.statuses.model import StatusLine


@dataclass(frozen=True)
class Pager:
    """Addresses of the pages before and after; None where there is none."""

    newer: str | None
    older: str | None


def paged(
    lines: Sequence[StatusLine], page: Page, path: str, *, is_first: bool
) -> tuple[list[StatusLine], Pager]:
    """The lines to show, and the links. The lines are newest first, `page.limit` at most."""
    size = page.limit - 1
    has_more = len(lines) > size
    shown = list(lines[-size:] if page.upwards else lines[:size])
    if not shown:
        return [], Pager(None, None)
    newer = f"{path}?min_id={shown[0].sort}"
    older = f"{path}?max_id={shown[-1].sort}"
    if page.upwards:
        return shown, Pager(newer if has_more else path, older)
    return shown, Pager(None if is_first else newer, older if has_more else None)
