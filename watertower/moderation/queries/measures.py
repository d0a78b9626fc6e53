"""The numbers of the desk by day: one query for each, over a range of ids or of days.

In all of them $1 and $2 are the first moment of the range and the first after it, $3 and $4 the
first ids of these moments, $5 what the number is about: a domain or the id of a hashtag.
Sources: the documented keys of Mastodon's admin measures.
"""

from datetime import date, datetime

from watertower.base.db.transaction import Reading
from watertower.base.ids import first_id_at

_UNUSED = "($5::text IS NULL OR true)"
_DAY = "(x.created_at AT TIME ZONE 'UTC')::date AS day"
_THERE = "JOIN accounts a ON a.id = {} AND lower(a.domain) = lower($5::text)"
_TIMES = "$1::timestamptz IS NOT NULL AND $2::timestamptz IS NOT NULL"
_IDS = "$3::bigint IS NOT NULL AND $4::bigint IS NOT NULL"

BY_DAY = {
    "active_users": f"""
        SELECT day, count(*) AS value FROM active_days
        WHERE day >= ($1 AT TIME ZONE 'UTC')::date AND day < ($2 AT TIME ZONE 'UTC')::date
          AND {_IDS} AND {_UNUSED}
        GROUP BY day
    """,
    "new_users": f"""
        SELECT {_DAY}, count(*) AS value FROM logins x
        WHERE x.created_at >= $1 AND x.created_at < $2 AND {_IDS} AND {_UNUSED}
        GROUP BY 1
    """,
    "interactions": f"""
        SELECT {_DAY}, count(*) AS value FROM (
            SELECT f.created_at FROM favourites f JOIN logins l ON l.account_id = f.account_id
            WHERE f.id >= $3 AND f.id < $4
            UNION ALL
            SELECT s.created_at FROM statuses s
            WHERE s.id >= $3 AND s.id < $4 AND s.is_local AND s.deleted_at IS NULL
              AND (s.reblog_of_id IS NOT NULL OR s.in_reply_to_id IS NOT NULL)
        ) x
        WHERE {_TIMES} AND {_UNUSED}
        GROUP BY 1
    """,
    "opened_reports": f"""
        SELECT {_DAY}, count(*) AS value FROM reports x
        WHERE x.id >= $3 AND x.id < $4 AND {_TIMES} AND {_UNUSED}
        GROUP BY 1
    """,
    "resolved_reports": f"""
        SELECT (x.resolved_at AT TIME ZONE 'UTC')::date AS day, count(*) AS value FROM reports x
        WHERE x.resolved_at >= $1 AND x.resolved_at < $2 AND {_IDS} AND {_UNUSED}
        GROUP BY 1
    """,
    "tag_accounts": f"""
        SELECT day, count(*) AS value FROM tag_days
        WHERE tag_id = $5::text::bigint AND day >= ($1 AT TIME ZONE 'UTC')::date
          AND day < ($2 AT TIME ZONE 'UTC')::date AND {_IDS}
        GROUP BY day
    """,
    "tag_uses": f"""
        SELECT day, sum(uses)::bigint AS value FROM tag_days
        WHERE tag_id = $5::text::bigint AND day >= ($1 AT TIME ZONE 'UTC')::date
          AND day < ($2 AT TIME ZONE 'UTC')::date AND {_IDS}
        GROUP BY day
    """,
    "tag_servers": f"""
        SELECT {_DAY}, count(DISTINCT coalesce(a.domain, '')) AS value
        FROM status_tags t
        JOIN statuses x ON x.id = t.status_id
        JOIN accounts a ON a.id = x.account_id
        WHERE t.tag_id = $5::text::bigint AND t.status_id >= $3 AND t.status_id < $4 AND {_TIMES}
        GROUP BY 1
    """,
    "instance_accounts": f"""
        SELECT {_DAY}, count(*) AS value FROM accounts x
        WHERE lower(x.domain) = lower($5::text) AND x.created_at >= $1 AND x.created_at < $2
          AND {_IDS}
        GROUP BY 1
    """,
    "instance_media_attachments": f"""
        SELECT {_DAY}, sum(x.file_bytes)::bigint AS value
        FROM media_attachments x {_THERE.format("x.account_id")}
        WHERE x.id >= $3 AND x.id < $4 AND {_TIMES}
        GROUP BY 1
    """,
    "instance_reports": f"""
        SELECT {_DAY}, count(*) AS value
        FROM reports x {_THERE.format("x.target_account_id")}
        WHERE x.id >= $3 AND x.id < $4 AND {_TIMES}
        GROUP BY 1
    """,
    "instance_statuses": f"""
        SELECT {_DAY}, count(*) AS value
        FROM statuses x {_THERE.format("x.account_id")}
        WHERE x.id >= $3 AND x.id < $4 AND x.deleted_at IS NULL AND {_TIMES}
        GROUP BY 1
    """,
    "instance_follows": f"""
        SELECT {_DAY}, count(*) AS value
        FROM follows x {_THERE.format("x.target_account_id")}
        WHERE x.id >= $3 AND x.id < $4 AND {_TIMES}
        GROUP BY 1
    """,
    "instance_followers": f"""
        SELECT {_DAY}, count(*) AS value
        FROM follows x {_THERE.format("x.account_id")}
        WHERE x.id >= $3 AND x.id < $4 AND {_TIMES}
        GROUP BY 1
    """,
}

# Where the whole is not the sum of its days: people are counted once, servers as they are now.
TOTALS = {
    "active_users": f"""
        SELECT count(DISTINCT account_id) FROM active_days
        WHERE day >= ($1 AT TIME ZONE 'UTC')::date AND day < ($2 AT TIME ZONE 'UTC')::date
          AND {_IDS} AND {_UNUSED}
    """,
    "tag_accounts": f"""
        SELECT count(DISTINCT account_id) FROM tag_days
        WHERE tag_id = $5::text::bigint AND day >= ($1 AT TIME ZONE 'UTC')::date
          AND day < ($2 AT TIME ZONE 'UTC')::date AND {_IDS}
    """,
    "tag_servers": f"""
        SELECT count(DISTINCT coalesce(a.domain, ''))
        FROM status_tags t
        JOIN statuses x ON x.id = t.status_id
        JOIN accounts a ON a.id = x.account_id
        WHERE t.tag_id = $5::text::bigint AND t.status_id >= $3 AND t.status_id < $4 AND {_TIMES}
    """,
    "instance_accounts": f"""
        SELECT count(*) FROM accounts x
        WHERE lower(x.domain) = lower($5::text) AND {_IDS} AND {_TIMES}
    """,
    "instance_media_attachments": f"""
        SELECT coalesce(sum(x.file_bytes), 0)::bigint
        FROM media_attachments x {_THERE.format("x.account_id")}
        WHERE {_IDS} AND {_TIMES}
    """,
    "instance_reports": f"""
        SELECT count(*) FROM reports x {_THERE.format("x.target_account_id")}
        WHERE {_IDS} AND {_TIMES}
    """,
    # Counted with every post already: nobody has to count a whole server's posts.
    "instance_statuses": f"""
        SELECT coalesce(sum(st.statuses_count), 0)::bigint
        FROM account_stats st {_THERE.format("st.account_id")}
        WHERE {_IDS} AND {_TIMES}
    """,
    "instance_follows": f"""
        SELECT count(*) FROM follows x {_THERE.format("x.target_account_id")}
        WHERE {_IDS} AND {_TIMES}
    """,
    "instance_followers": f"""
        SELECT count(*) FROM follows x {_THERE.format("x.account_id")}
        WHERE {_IDS} AND {_TIMES}
    """,
}


async def list_days(
    tx: Reading, *, key: str, start: datetime, end: datetime, about: str | None
) -> dict[date, int]:
    """The number of each day that has any."""
    args = (start, end, first_id_at(start), first_id_at(end), about)
    return {row["day"]: row["value"] or 0 for row in await tx.fetch_all(BY_DAY[key], *args)}


async def get_total(
    tx: Reading, *, key: str, start: datetime, end: datetime, about: str | None
) -> int:
    """The number of the whole range, for keys of TOTALS."""
    args = (start, end, first_id_at(start), first_id_at(end), about)
    total: int = await tx.fetch_value(TOTALS[key], *args)
    return total


COHORTS = """
    WITH members AS (
        SELECT date_trunc($3, created_at AT TIME ZONE 'UTC') AS period,
               date_trunc($3, last_active_at AT TIME ZONE 'UTC') AS last_seen
        FROM logins
        WHERE created_at >= $1 AND created_at < $2 AND confirmed_at IS NOT NULL
    ), axis AS (
        SELECT generate_series(
            date_trunc($3, $1::timestamptz AT TIME ZONE 'UTC'),
            date_trunc($3, ($2::timestamptz - interval '1 second') AT TIME ZONE 'UTC'),
            ('1 ' || $3)::interval
        ) AS at
    )
    SELECT period.at AS period, later.at AS date,
           count(m.period) AS joined,
           count(m.period) FILTER (WHERE m.last_seen >= later.at OR later.at = period.at)
               AS stayed
    FROM axis period
    JOIN axis later ON later.at >= period.at
    LEFT JOIN members m ON m.period = period.at
    GROUP BY 1, 2
    ORDER BY 1, 2
"""


async def list_cohorts(
    tx: Reading, *, start: datetime, end: datetime, frequency: str
) -> list[tuple[datetime, datetime, int, int]]:
    """For members of each day or month, how many there are and how many were seen since when."""
    rows = await tx.fetch_all(COHORTS, start, end, frequency)
    return [(row["period"], row["date"], row["joined"], row["stayed"]) for row in rows]
