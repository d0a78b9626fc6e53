"""A member's filters, ready to be matched against statuses.

Kept per account until their version grows; the version comes with the token, so a member
without filters (version 0) costs nothing and a change is seen by the very next request.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from watertower.accounts.model import Viewer
from watertower.base.context import Context
from watertower.base.json import to_json_bytes
from watertower.feeds.queries.filters import list_filters_with_parts

MAX_KEPT = 20_000


@dataclass(frozen=True)
class Filter:
    """One filter: when it matches, in which contexts, and what then happens."""

    id: int
    title: str
    contexts: frozenset[str]
    action: str
    expires_at: datetime | None
    pattern: re.Pattern[str] | None
    status_ids: frozenset[int]
    shape: Mapping[str, Any]


@dataclass(frozen=True)
class Filters:
    """All filters of one member."""

    filters: Sequence[Filter] = ()

    def hides(self, words: str, status_id: int, context: str) -> bool:
        """Whether a filter that hides matches in this context."""
        return any(
            f.action == "hide" and context in f.contexts and _match(f, words, status_id)
            for f in self.filters
        )

    def matches(self, words: str, status_id: int) -> bytes:
        """FilterResult entities of the filters that match, as JSON."""
        if not self.filters:
            return b"[]"
        return to_json_bytes(
            [
                {"filter": f.shape, "keyword_matches": found[0], "status_matches": found[1]}
                for f in self.filters
                if (found := _match(f, words, status_id)) is not None
            ]
        )


NO_FILTERS = Filters()
_kept: dict[int, tuple[int, Filters]] = {}


async def filters_of(ctx: Context, *, viewer: Viewer | None) -> Filters:
    """The viewer's filters; no query for those who have none, or whose filters are kept."""
    if viewer is None or viewer.account_id is None or not viewer.filters_version:
        return NO_FILTERS
    kept = _kept.get(viewer.account_id)
    if kept is not None and kept[0] == viewer.filters_version:
        return kept[1]
    async with ctx.reading() as tx:
        rows = await list_filters_with_parts(tx, account_id=viewer.account_id)
    filters = Filters([_filter(row) for row in rows])
    if len(_kept) >= MAX_KEPT:
        _kept.clear()
    _kept[viewer.account_id] = (viewer.filters_version, filters)
    return filters


def _match(
    f: Filter, words: str, status_id: int
) -> tuple[list[str] | None, list[str] | None] | None:
    """Keywords and statuses that matched, or None."""
    if f.expires_at is not None and f.expires_at <= datetime.now(UTC):
        return None
    keywords = sorted({m.group(0) for m in f.pattern.finditer(words)}) if f.pattern else []
    by_status = status_id in f.status_ids
    if not keywords and not by_status:
        return None
    return (keywords or None), ([str(status_id)] if by_status else None)


def _filter(row: Mapping[str, Any]) -> Filter:
    keywords = row["keywords"]
    parts = [_keyword_pattern(k["keyword"], is_whole_word=k["is_whole_word"]) for k in keywords]
    expires_at = row["expires_at"]
    return Filter(
        id=row["id"],
        title=row["title"],
        contexts=frozenset(row["contexts"]),
        action=row["action"],
        expires_at=expires_at,
        pattern=re.compile("|".join(parts)) if parts else None,
        status_ids=frozenset(s["status_id"] for s in row["statuses"]),
        shape={
            "id": str(row["id"]),
            "title": row["title"],
            "context": row["contexts"],
            "expires_at": expires_at and expires_at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "filter_action": row["action"],
        },
    )


def _keyword_pattern(keyword: str, *, is_whole_word: bool) -> str:
    """A keyword as a pattern; word bounds only at ends that are word characters."""
    word = keyword.lower()
    pattern = re.escape(word)
    if is_whole_word:
        if re.match(r"\w", word):
            pattern = r"\b" + pattern
        if re.search(r"\w$", word):
            pattern += r"\b"
    return pattern
