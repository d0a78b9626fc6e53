"""How big this community is and whom it talks to, as numbers and names that anybody may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from watertower.base.db.transaction import Reading
from watertower.statuses.model import CommunitySize

COUNT_COMMUNITY = """
    SELECT
        (SELECT count(*) FROM logins l JOIN accounts a ON a.id = l.account_id
         WHERE l.confirmed_at IS NOT NULL AND l.approved_at IS NOT NULL
           AND a.suspended_at IS NULL) AS members,
        (SELECT count(*) FROM logins WHERE last_active_at > $1) AS active,
        (SELECT coalesce(sum(s.statuses_count), 0) FROM account_stats s
         JOIN logins l ON l.account_id = s.account_id)::bigint AS statuses,
        (SELECT count(DISTINCT lower(domain)) FROM accounts WHERE domain IS NOT NULL) AS servers
"""


async def count_community(tx: Reading, *, active_since: datetime) -> CommunitySize:
    """The numbers; counts whole tables, so the answer is to be kept for a while."""
    row = await tx.fetch_one(COUNT_COMMUNITY, active_since)
    return CommunitySize(*row.values()) if row else CommunitySize()


LIST_PEERS = """
    SELECT DISTINCT lower(a.domain) AS domain
    FROM accounts a
    WHERE a.domain IS NOT NULL
      AND ($1::text = '' OR lower(a.domain) LIKE $1 || '%')
      AND NOT EXISTS (
          SELECT 1 FROM server_policies p
          WHERE p.domain = lower(a.domain) AND p.severity = 'suspend'
      )
    ORDER BY domain
    LIMIT $2
"""


async def list_peers(tx: Reading, *, prefix: str, most: int) -> list[str]:
    """Domains of servers that we know and did not suspend. `prefix` is escaped for LIKE."""
    return [row["domain"] for row in await tx.fetch_all(LIST_PEERS, prefix, most)]


# Public statuses of ours, because those have an index that holds nothing else.
LIST_WEEKS = """
    SELECT week.starts::date AS starts,
           (SELECT count(*) FROM statuses s
            WHERE s.is_local AND s.visibility = 0 AND s.reblog_of_id IS NULL
              AND s.deleted_at IS NULL
              AND s.id >= (extract(epoch FROM week.starts) * 1000)::bigint << 16
              AND s.id < (extract(epoch FROM week.starts + interval '7 days') * 1000)::bigint << 16
           ) AS statuses,
           (SELECT count(*) FROM logins l
            WHERE l.last_active_at >= week.starts
              AND l.created_at < week.starts + interval '7 days') AS logins,
           (SELECT count(*) FROM logins l
            WHERE l.created_at >= week.starts
              AND l.created_at < week.starts + interval '7 days') AS registrations
    FROM unnest($1::timestamptz[]) AS week(starts)
    ORDER BY week.starts DESC
"""


@dataclass(frozen=True)
class Week:
    """What happened in a week that begins on this day."""

    starts: date
    statuses: int
    logins: int
    registrations: int


async def list_weeks(tx: Reading, *, starts: Sequence[datetime]) -> list[Week]:
    """The weeks that begin at these moments, newest first; the answer is to be kept."""
    return [Week(*row.values()) for row in await tx.fetch_all(LIST_WEEKS, list(starts))]


LIST_POLICIES = """
    SELECT domain, severity, public_comment, obfuscates
    FROM server_policies
    WHERE severity <> 'noop' AND is_listed
    ORDER BY severity DESC, domain
    LIMIT 20000
"""


async def list_policies(tx: Reading) -> list[Mapping[str, Any]]:
    """What this community decided and shows: domain, severity, public comment, obfuscates."""
    return [dict(row) for row in await tx.fetch_all(LIST_POLICIES)]
