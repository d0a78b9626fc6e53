"""What the form of a report offers."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading
from watertower.moderation.model.report_form import Offered
from watertower.statuses.queries.visible import visible

LIST_RECENT_FOR_REPORT = f"""
    SELECT s.id, s.text, s.content_html AS html, s.content_warning, s.language, s.visibility,
           s.created_at, coalesce(array_length(s.media_ids, 1), 0) AS files
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    WHERE s.account_id = $2 AND {visible()}
      AND (s.id = $3 OR s.id IN (
          SELECT id FROM statuses
          WHERE account_id = $2 AND deleted_at IS NULL AND reblog_of_id IS NULL
          ORDER BY id DESC LIMIT 20
      ))
    ORDER BY s.id IS NOT DISTINCT FROM $3 DESC, s.id DESC
    LIMIT 21
"""


async def list_recent_for_report(
    tx: Reading, *, viewer_id: int, account_id: int, status_id: int | None
) -> list[Offered]:
    """The post that brought somebody here, and the latest twenty that they may see."""
    rows = await tx.fetch_all(LIST_RECENT_FOR_REPORT, viewer_id, account_id, status_id)
    return [Offered(*row.values()) for row in rows]


LIST_OTHER_SERVERS = """
    SELECT DISTINCT a.domain
    FROM statuses s
    JOIN accounts a ON a.id = s.in_reply_to_account_id
    WHERE s.id = ANY($1::bigint[]) AND a.domain IS NOT NULL AND a.domain <> $2
    UNION
    SELECT DISTINCT a.domain
    FROM mentions m JOIN accounts a ON a.id = m.account_id
    WHERE m.status_id = ANY($1::bigint[]) AND a.domain IS NOT NULL AND a.domain <> $2
    ORDER BY 1 LIMIT 10
"""


async def list_other_servers(
    tx: Reading, *, status_ids: Sequence[int], except_domain: str
) -> list[str]:
    """Servers of people these posts speak to."""
    rows = await tx.fetch_all(LIST_OTHER_SERVERS, list(status_ids), except_domain)
    return [row["domain"] for row in rows]


FIND_SERVER_WORRY = """
    SELECT CASE
        WHEN EXISTS (SELECT 1 FROM server_policies p
                     WHERE p.domain = lower($1) AND p.severity <> 'noop') THEN 'limited'
        WHEN EXISTS (SELECT 1 FROM server_reviews v
                     WHERE v.domain = lower($1) AND v.closed_at IS NULL) THEN 'review'
        ELSE '' END
"""


async def find_server_worry(tx: Reading, *, domain: str) -> str:
    """`limited` where we decided something about a server, `review` while we look at it, or empty."""
    found: str = await tx.fetch_value(FIND_SERVER_WORRY, domain)
    return found
