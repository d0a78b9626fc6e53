"""Who does not want to see somebody, or shall not: many viewers, one author, one query."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading

# By the author, who has few blocks and mutes, and not by the viewers, who are many.
LIST_APART = """
    SELECT account_id FROM blocks
    WHERE target_account_id = $1 AND account_id = ANY($2::bigint[])
    UNION ALL
    SELECT target_account_id FROM blocks
    WHERE account_id = $1 AND target_account_id = ANY($2::bigint[])
    UNION ALL
    SELECT account_id FROM mutes
    WHERE target_account_id = $1 AND account_id = ANY($2::bigint[])
      AND (expires_at IS NULL OR expires_at > now())
    UNION ALL
    SELECT account_id FROM domain_mutes
    WHERE domain = $3 AND account_id = ANY($2::bigint[])
"""


async def list_apart(
    tx: Reading, *, author_id: int, author_domain: str | None, viewer_ids: Sequence[int]
) -> set[int]:
    """Those of the viewers who blocked or muted the author or its server, or whom it blocked."""
    rows = await tx.fetch_all(LIST_APART, author_id, list(viewer_ids), author_domain)
    return {row["account_id"] for row in rows}
