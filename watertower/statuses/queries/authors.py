"""Who writes a status: what publishing needs to know of an account, in one row."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from watertower.base.db.transaction import Reading
from watertower.base.json import from_json
from watertower.statuses.posting import PostingRules


@dataclass(frozen=True)
class Author:
    """An account that writes here."""

    id: int
    username: str
    uri: str
    may_act: bool
    is_limited: bool
    locale: str
    preferences: Mapping[str, Any]  # by the names of accounts.model.Preferences; may lack any
    posting: PostingRules | None = None  # None: posts as people do


FIND_AUTHOR = """
    SELECT a.id, a.username, a.uri,
           a.suspended_at IS NULL AND l.frozen_at IS NULL AS may_act,
           a.limited_at IS NOT NULL AS is_limited,
           coalesce(l.locale, 'en') AS locale, coalesce(l.settings, '{}') AS settings,
           p.account_id IS NOT NULL AS has_rules, p.refusal, p.most_a_day, p.counts_all,
           p.required_tags, p.only_summoned
    FROM accounts a
    LEFT JOIN logins l ON l.account_id = a.id
    LEFT JOIN posting_rules p ON p.account_id = a.id
    WHERE a.id = $1 AND a.deleted_at IS NULL
"""


async def find_author(tx: Reading, *, account_id: int) -> Author | None:
    """The account as an author, None if there is no such account."""
    row = await tx.fetch_one(FIND_AUTHOR, account_id)
    if row is None:
        return None
    values = dict(row)
    preferences = from_json(values.pop("settings"))
    rules = {f.name: values.pop(f.name) for f in fields(PostingRules)}
    posting = PostingRules(**rules) if values.pop("has_rules") else None
    return Author(**values, preferences=preferences, posting=posting)
