"""Who does not want to see somebody, or shall not: many of both, one query."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading

# By the author, who has few blocks and mutes, and not by the viewers, who are many.
LIST_APART = """
    SELECT target_account_id AS author_id, account_id AS viewer_id FROM blocks
    WHERE target_account_id = ANY($1::bigint[]) AND account_id = ANY($2::bigint[])
    UNION ALL
    SELECT account_id, target_account_id FROM blocks
    WHERE account_id = ANY($1::bigint[]) AND target_account_id = ANY($2::bigint[])
    UNION ALL
    SELECT target_account_id, account_id FROM mutes
    WHERE target_account_id = ANY($1::bigint[]) AND account_id = ANY($2::bigint[])
      AND (expires_at IS NULL OR expires_at > now())
    UNION ALL
    SELECT a.id, d.account_id
    FROM accounts a
    JOIN domain_mutes d ON d.domain = a.domain
    WHERE a.id = ANY($1::bigint[]) AND d.account_id = ANY($2::bigint[])
"""


async def list_apart(
    tx: Reading, *, author_ids: Sequence[int], viewer_ids: Sequence[int]
) -> set[tuple[int, int]]:
    """(author, viewer): who blocked or muted the author or its server, or was blocked by it."""
    rows = await tx.fetch_all(LIST_APART, list(author_ids), list(viewer_ids))
    return {(row["author_id"], row["viewer_id"]) for row in rows}
