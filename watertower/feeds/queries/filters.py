"""Filters of members."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Transaction
from watertower.base.json import from_json

LIST_FILTERS_WITH_PARTS = """
    SELECT f.id, f.title, f.contexts, f.action, f.expires_at,
           coalesce((SELECT jsonb_agg(k ORDER BY k.id) FROM filter_keywords k
                     WHERE k.filter_id = f.id), '[]') AS keywords,
           coalesce((SELECT jsonb_agg(s ORDER BY s.id) FROM filter_statuses s
                     WHERE s.filter_id = f.id), '[]') AS statuses
    FROM filters f
    WHERE f.account_id = $1
    ORDER BY f.id
    LIMIT 500
"""


async def list_filters_with_parts(tx: Reading, *, account_id: int) -> list[dict[str, Any]]:
    """All filters of an account with their keywords and statuses."""
    rows = await tx.fetch_all(LIST_FILTERS_WITH_PARTS, account_id)
    return [
        dict(row) | {"keywords": from_json(row["keywords"]), "statuses": from_json(row["statuses"])}
        for row in rows
    ]


INSERT_FILTER = """
    INSERT INTO filters (account_id, title, contexts, action, expires_at)
    SELECT $1, $2, $3, $4, $5
    WHERE (SELECT count(*) FROM filters WHERE account_id = $1) < 500
    RETURNING id
"""


async def insert_filter(
    tx: Transaction,
    *,
    account_id: int,
    title: str,
    contexts: Sequence[str],
    action: str,
    expires_at: datetime | None,
) -> int | None:
    """Make a filter; its id, None past five hundred."""
    made: int | None = await tx.fetch_value(
        INSERT_FILTER, account_id, title, list(contexts), action, expires_at
    )
    return made


UPDATE_FILTER = """
    UPDATE filters
    SET title = coalesce($3, title), contexts = coalesce($4, contexts),
        action = coalesce($5, action),
        expires_at = CASE WHEN $6::boolean THEN $7 ELSE expires_at END
    WHERE account_id = $1 AND id = $2
"""


async def update_filter(
    tx: Transaction,
    *,
    account_id: int,
    filter_id: int,
    title: str | None,
    contexts: Sequence[str] | None,
    action: str | None,
    changes_expiry: bool,
    expires_at: datetime | None,
) -> int:
    """Change what is given; 0 if the member has no such filter."""
    return await tx.execute(
        UPDATE_FILTER,
        account_id,
        filter_id,
        title,
        contexts and list(contexts),
        action,
        changes_expiry,
        expires_at,
    )


DELETE_FILTER = "DELETE FROM filters WHERE account_id = $1 AND id = $2"


async def delete_filter(tx: Transaction, *, account_id: int, filter_id: int) -> int:
    """Remove a filter with its keywords and statuses."""
    return await tx.execute(DELETE_FILTER, account_id, filter_id)


INSERT_KEYWORD = """
    INSERT INTO filter_keywords (filter_id, keyword, is_whole_word)
    SELECT id, $3, $4 FROM filters
    WHERE account_id = $1 AND id = $2
      AND (SELECT count(*) FROM filter_keywords WHERE filter_id = $2) < 500
    RETURNING id
"""


async def insert_keyword(
    tx: Transaction, *, account_id: int, filter_id: int, keyword: str, is_whole_word: bool
) -> int | None:
    """Add a keyword; its id, None if the member has no such filter or it is full."""
    made: int | None = await tx.fetch_value(
        INSERT_KEYWORD, account_id, filter_id, keyword, is_whole_word
    )
    return made


UPDATE_KEYWORD = """
    UPDATE filter_keywords k
    SET keyword = coalesce($3, k.keyword), is_whole_word = coalesce($4, k.is_whole_word)
    FROM filters f
    WHERE f.id = k.filter_id AND f.account_id = $1 AND k.id = $2
"""


async def update_keyword(
    tx: Transaction,
    *,
    account_id: int,
    keyword_id: int,
    keyword: str | None,
    is_whole_word: bool | None,
) -> int:
    """Change a keyword; 0 if the member has no such keyword."""
    return await tx.execute(UPDATE_KEYWORD, account_id, keyword_id, keyword, is_whole_word)


DELETE_KEYWORD = """
    DELETE FROM filter_keywords k
    USING filters f
    WHERE f.id = k.filter_id AND f.account_id = $1 AND k.id = $2
"""


async def delete_keyword(tx: Transaction, *, account_id: int, keyword_id: int) -> int:
    """Remove a keyword."""
    return await tx.execute(DELETE_KEYWORD, account_id, keyword_id)


INSERT_FILTER_STATUS = """
    INSERT INTO filter_statuses (filter_id, status_id)
    SELECT id, $3 FROM filters WHERE account_id = $1 AND id = $2
    ON CONFLICT (filter_id, status_id) DO UPDATE SET status_id = excluded.status_id
    RETURNING id
"""


async def insert_filter_status(
    tx: Transaction, *, account_id: int, filter_id: int, status_id: int
) -> int | None:
    """Filter one status; the row's id, None if the member has no such filter."""
    made: int | None = await tx.fetch_value(INSERT_FILTER_STATUS, account_id, filter_id, status_id)
    return made


DELETE_FILTER_STATUS = """
    DELETE FROM filter_statuses s
    USING filters f
    WHERE f.id = s.filter_id AND f.account_id = $1 AND s.id = $2
"""


async def delete_filter_status(tx: Transaction, *, account_id: int, filter_status_id: int) -> int:
    """Stop filtering one status."""
    return await tx.execute(DELETE_FILTER_STATUS, account_id, filter_status_id)
