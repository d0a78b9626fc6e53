"""All that a member has of one kind, to be taken along. Oldest first."""

from typing import Any

from watertower.base.db.transaction import Reading
from watertower.base.json import from_json

MOST = 100_000  # rows of one file

LIST_FOLLOWS = """
    SELECT a.username, a.domain, f.shows_reblogs, f.notifies, f.languages
    FROM follows f
    JOIN accounts a ON a.id = f.target_account_id
    WHERE f.account_id = $1 AND a.deleted_at IS NULL
    ORDER BY f.id
    LIMIT $2
"""
LIST_BLOCKS = """
    SELECT a.username, a.domain
    FROM blocks b
    JOIN accounts a ON a.id = b.target_account_id
    WHERE b.account_id = $1 AND a.deleted_at IS NULL
    ORDER BY b.id
    LIMIT $2
"""
LIST_MUTES = """
    SELECT a.username, a.domain, m.hides_notifications
    FROM mutes m
    JOIN accounts a ON a.id = m.target_account_id
    WHERE m.account_id = $1 AND a.deleted_at IS NULL
      AND (m.expires_at IS NULL OR m.expires_at > now())
    ORDER BY m.id
    LIMIT $2
"""
LIST_DOMAIN_BLOCKS = """
    SELECT domain AS hidden_domain FROM domain_mutes WHERE account_id = $1 ORDER BY id LIMIT $2
"""
LIST_LISTS = """
    SELECT li.title, a.username, a.domain
    FROM lists li
    JOIN list_accounts la ON la.list_id = li.id
    JOIN accounts a ON a.id = la.account_id
    WHERE li.account_id = $1 AND a.deleted_at IS NULL
    ORDER BY li.id, la.id
    LIMIT $2
"""
LIST_BOOKMARKS = """
    SELECT s.uri
    FROM bookmarks b
    JOIN statuses s ON s.id = b.status_id
    WHERE b.account_id = $1 AND s.deleted_at IS NULL
    ORDER BY b.id
    LIMIT $2
"""
LIST_FILTERS = """
    SELECT f.title, f.contexts, f.action, f.expires_at,
           coalesce((
               SELECT jsonb_agg(jsonb_build_array(k.keyword, k.is_whole_word) ORDER BY k.id)
               FROM filter_keywords k WHERE k.filter_id = f.id
           ), '[]') AS keywords
    FROM filters f
    WHERE f.account_id = $1
    ORDER BY f.id
    LIMIT $2
"""
_SQL = {
    "follows": LIST_FOLLOWS,
    "blocks": LIST_BLOCKS,
    "mutes": LIST_MUTES,
    "domain_blocks": LIST_DOMAIN_BLOCKS,
    "lists": LIST_LISTS,
    "bookmarks": LIST_BOOKMARKS,
    "filters": LIST_FILTERS,
}


async def list_exported(
    tx: Reading, *, account_id: int, kind: str, own_domain: str
) -> list[dict[str, Any]]:
    """The rows of one kind, as transfer.py describes them."""
    found = []
    for row in await tx.fetch_all(_SQL[kind], account_id, MOST):
        values = dict(row)
        if "username" in values:
            values["handle"] = f"{values.pop('username')}@{values.pop('domain') or own_domain}"
        if "hidden_domain" in values:
            values["domain"] = values.pop("hidden_domain")
        if "keywords" in values:
            values["keywords"] = from_json(values["keywords"])
        found.append(values)
    return found


COUNT_EXPORTED = """
    SELECT (SELECT count(*) FROM follows WHERE account_id = $1) AS follows,
           (SELECT count(*) FROM blocks WHERE account_id = $1) AS blocks,
           (SELECT count(*) FROM mutes WHERE account_id = $1) AS mutes,
           (SELECT count(*) FROM domain_mutes WHERE account_id = $1) AS domain_blocks,
           (SELECT count(*) FROM lists WHERE account_id = $1) AS lists,
           (SELECT count(*) FROM bookmarks WHERE account_id = $1) AS bookmarks,
           (SELECT count(*) FROM filters WHERE account_id = $1) AS filters
"""


async def count_exported(tx: Reading, *, account_id: int) -> dict[str, int]:
    """How much there is of each kind."""
    return dict(await tx.fetch_one(COUNT_EXPORTED, account_id) or {})
