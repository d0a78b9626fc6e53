"""The desk's numbers by kind: which languages, servers, apps. One query for each.

$1 and $2 are the first moment of the range and the first after it, $3 and $4 the first ids of
them, $5 what the number is about, $6 how many rows. Rows are key and value.
"""

from datetime import datetime

from watertower.base.db.transaction import Reading, Row
from watertower.base.ids import first_id_at

_TIMES = "$1::timestamptz IS NOT NULL AND $2::timestamptz IS NOT NULL"
_IDS = "$3::bigint IS NOT NULL AND $4::bigint IS NOT NULL"
_UNUSED = "($5::text IS NULL OR true)"
_LAST = "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $6"

DIMENSIONS = {
    "languages": f"""
        SELECT locale AS key, count(*) AS value FROM logins
        WHERE last_active_at >= $1 AND last_active_at < $2 AND {_IDS} AND {_UNUSED} {_LAST}
    """,
    "sources": f"""
        SELECT coalesce(o.name, '') AS key, count(*) AS value
        FROM logins l LEFT JOIN oauth_applications o ON o.id = l.application_id
        WHERE l.created_at >= $1 AND l.created_at < $2 AND {_IDS} AND {_UNUSED} {_LAST}
    """,
    # The newest hundred thousand posts tell which servers are busiest as well as all of them.
    "servers": f"""
        SELECT coalesce(a.domain, '') AS key, count(*) AS value
        FROM (
            SELECT account_id FROM statuses
            WHERE id >= $3 AND id < $4 AND deleted_at IS NULL
            ORDER BY id DESC
            LIMIT 100000
        ) s
        JOIN accounts a ON a.id = s.account_id
        WHERE {_TIMES} AND {_UNUSED} {_LAST}
    """,
    "tag_servers": f"""
        SELECT coalesce(a.domain, '') AS key, count(*) AS value
        FROM status_tags t
        JOIN statuses s ON s.id = t.status_id
        JOIN accounts a ON a.id = s.account_id
        WHERE t.tag_id = $5::text::bigint AND t.status_id >= $3 AND t.status_id < $4
          AND {_TIMES} {_LAST}
    """,
    "tag_languages": f"""
        SELECT coalesce(s.language, 'und') AS key, count(*) AS value
        FROM status_tags t JOIN statuses s ON s.id = t.status_id
        WHERE t.tag_id = $5::text::bigint AND t.status_id >= $3 AND t.status_id < $4
          AND {_TIMES} {_LAST}
    """,
    "instance_accounts": f"""
        SELECT a.username AS key, count(*) AS value
        FROM follows f
        JOIN accounts a ON a.id = f.target_account_id AND lower(a.domain) = lower($5::text)
        WHERE {_IDS} AND {_TIMES} {_LAST}
    """,
    "instance_languages": f"""
        SELECT coalesce(s.language, 'und') AS key, count(*) AS value
        FROM statuses s
        JOIN accounts a ON a.id = s.account_id AND lower(a.domain) = lower($5::text)
        WHERE s.id >= $3 AND s.id < $4 AND s.reblog_of_id IS NULL AND {_TIMES} {_LAST}
    """,
    "space_usage": f"""
        SELECT key, value FROM (
            SELECT 'postgresql' AS key, pg_database_size(current_database()) AS value
            UNION ALL
            SELECT 'media', coalesce(sum(file_bytes), 0)::bigint FROM media_attachments
        ) each_one
        WHERE {_IDS} AND {_TIMES} AND {_UNUSED} ORDER BY key DESC LIMIT $6
    """,
    "software_versions": f"""
        SELECT 'postgresql' AS key, current_setting('server_version') AS value
        WHERE {_IDS} AND {_TIMES} AND {_UNUSED} LIMIT $6
    """,
}


async def list_dimension(
    tx: Reading, *, key: str, start: datetime, end: datetime, about: str | None, limit: int
) -> list[Row]:
    """Rows of key and value, the largest first."""
    return await tx.fetch_all(
        DIMENSIONS[key], start, end, first_id_at(start), first_id_at(end), about, limit
    )
