"""What is known of servers: counts, software, marks of the moderators."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.moderation.model.servers import FILTERS, SORTS, Facts, Impact, ServerRow

FIND_FACTS = """
    SELECT n.domain, f.*, s.first_seen_at
    FROM (SELECT $1::text AS domain) n
    LEFT JOIN server_facts f USING (domain)
    LEFT JOIN servers s USING (domain)
"""


async def find_facts(tx: Reading, *, domain: str) -> Facts:
    """The facts; empty ones for a server that nobody heard of."""
    row = await tx.fetch_one(FIND_FACTS, domain)
    assert row is not None  # noqa: S101  # one row by construction
    return _facts_of(domain, row)


COUNT_ACCOUNTS = """
    SELECT count(*)::int AS accounts,
           coalesce(sum(s.statuses_count), 0)::int AS statuses
    FROM accounts a
    LEFT JOIN account_stats s ON s.account_id = a.id
    WHERE lower(a.domain) = $1 AND a.deleted_at IS NULL
"""
COUNT_REPORTS = """
    SELECT
        (SELECT count(*) FROM reports r JOIN accounts a ON a.id = r.target_account_id
         WHERE lower(a.domain) = $1)::int AS about,
        (SELECT count(*) FROM reports r JOIN accounts a ON a.id = r.account_id
         WHERE lower(a.domain) = $1)::int AS from_there
"""
UPSERT_COUNTS = """
    INSERT INTO server_facts AS f
        (domain, accounts, statuses, following_members, followed_accounts, follower_accounts,
         followed_members, reports_about, reports_from, counted_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (domain) DO UPDATE SET
        accounts = excluded.accounts, statuses = excluded.statuses,
        following_members = excluded.following_members,
        followed_accounts = excluded.followed_accounts,
        follower_accounts = excluded.follower_accounts,
        followed_members = excluded.followed_members, reports_about = excluded.reports_about,
        reports_from = excluded.reports_from, counted_at = excluded.counted_at
"""


async def count_again(tx: Transaction, *, domain: str, impact: Impact, at: datetime) -> None:
    """Count what is known of a server and keep the numbers for lists."""
    known = await tx.fetch_one(COUNT_ACCOUNTS, domain)
    reports = await tx.fetch_one(COUNT_REPORTS, domain)
    assert known is not None and reports is not None  # noqa: S101, PT018  # aggregates
    await tx.execute(
        UPSERT_COUNTS,
        domain,
        known["accounts"],
        known["statuses"],
        impact.following_members,
        impact.followed_accounts,
        impact.follower_accounts,
        impact.followed_members,
        reports["about"],
        reports["from_there"],
        at,
    )


LIST_UNCOUNTED = """
    SELECT s.domain
    FROM servers s
    LEFT JOIN server_facts f USING (domain)
    WHERE f.counted_at IS NULL OR f.counted_at < $1
    ORDER BY f.counted_at NULLS FIRST, s.domain
    LIMIT $2
"""


async def list_uncounted(tx: Reading, *, before: datetime, limit: int) -> list[str]:
    """Servers whose numbers are the oldest."""
    return [row["domain"] for row in await tx.fetch_all(LIST_UNCOUNTED, before, limit)]


_FILTERS = {
    "all": "true",
    "suspended": "p.severity = 'suspend'",
    "limited": "p.severity = 'limit'",
    "rejecting": "p.rejects_media OR p.rejects_reports",
    "watched": "f.is_watched",
    "reviewed": "r.id IS NOT NULL",
    "failing": "f.failing_since IS NOT NULL",
    "allowed": "p.is_allowed",
}
_SORTS = {
    "name": "n.domain",
    "accounts": "f.accounts DESC NULLS LAST, n.domain",
    "followed": "f.followed_accounts DESC NULLS LAST, n.domain",
    "reports": "f.reports_about DESC NULLS LAST, n.domain",
}
assert (tuple(_FILTERS), tuple(_SORTS)) == (FILTERS, SORTS)  # noqa: S101
LIST_SERVERS = {
    (shown, sort): f"""
        SELECT n.domain, CASE WHEN p.is_decision THEN p.severity END AS severity,
               coalesce(p.rejects_media, false), coalesce(p.rejects_reports, false),
               coalesce(f.is_watched, false), coalesce(f.accounts, 0),
               coalesce(f.followed_accounts, 0), coalesce(f.follower_accounts, 0),
               coalesce(f.reports_about, 0), coalesce(f.software, ''),
               coalesce(f.software_version, ''), r.id IS NOT NULL
        FROM (
            SELECT domain FROM servers
            UNION SELECT domain FROM server_policies
            UNION SELECT domain FROM server_facts WHERE is_watched
        ) n
        LEFT JOIN server_policies p USING (domain)
        LEFT JOIN server_facts f USING (domain)
        LEFT JOIN server_reviews r ON r.domain = n.domain AND r.closed_at IS NULL
        WHERE ($1 = '' OR strpos(n.domain, $1) > 0) AND ({condition})
        ORDER BY {order}
        LIMIT $2 OFFSET $3
    """
    for shown, condition in _FILTERS.items()
    for sort, order in _SORTS.items()
}


async def list_servers(
    tx: Reading, *, search: str, shown: str, sort: str, limit: int, offset: int
) -> list[ServerRow]:
    """A page of servers that we know, decided about or watch."""
    rows = await tx.fetch_all(LIST_SERVERS[shown, sort], search, limit, offset)
    return [ServerRow(*row.values()) for row in rows]


UPDATE_MARKS = """
    INSERT INTO server_facts AS f
        (domain, is_watched, watched_reason, is_high_impact, sells_data, is_harmful, note)
    VALUES ($1, coalesce($2, false), coalesce($3, ''), coalesce($4, false), coalesce($5, false),
            coalesce($6, false), coalesce($7, ''))
    ON CONFLICT (domain) DO UPDATE SET
        is_watched = coalesce($2, f.is_watched),
        watched_reason = coalesce($3, f.watched_reason),
        is_high_impact = coalesce($4, f.is_high_impact),
        sells_data = coalesce($5, f.sells_data),
        is_harmful = coalesce($6, f.is_harmful),
        note = coalesce($7, f.note)
"""


async def update_marks(tx: Transaction, *, domain: str, marks: Mapping[str, Any]) -> None:
    """Write those marks that are given: see UPDATE_MARKS for their names."""
    names = ("is_watched", "watched_reason", "is_high_impact", "sells_data", "is_harmful", "note")
    await tx.execute(UPDATE_MARKS, domain, *(marks.get(name) for name in names))


# Whom moderators cut off is not asked for anything; those of a clean-up or a rule may heal.
LIST_TO_ASK = """
    SELECT s.domain
    FROM servers s
    LEFT JOIN server_facts f USING (domain)
    WHERE (f.asked_at IS NULL OR f.asked_at < $1)
      AND NOT EXISTS (
          SELECT 1
          FROM server_policies p
          LEFT JOIN server_decisions d ON d.id = p.decision_id
          WHERE p.domain = ANY(host_and_parents(s.domain)) AND p.severity = 'suspend'
            AND coalesce(d.cause, 'moderators') NOT IN ('clean_up', 'software_rule')
      )
    ORDER BY f.asked_at NULLS FIRST, s.domain
    LIMIT $2
"""
UPDATE_ASKED = """
    INSERT INTO server_facts AS f
        (domain, software, software_version, open_registrations, users_total, asked_at,
         answered_at, failing_since)
    VALUES ($1, coalesce($2::text, ''), coalesce($3::text, ''), $4::boolean, $5::integer, $6::timestamptz, CASE WHEN $7::boolean THEN $6::timestamptz END,
            CASE WHEN $7::boolean THEN NULL ELSE $6::timestamptz END)
    ON CONFLICT (domain) DO UPDATE SET
        software = CASE WHEN $7::boolean THEN excluded.software ELSE f.software END,
        software_version = CASE WHEN $7::boolean THEN excluded.software_version ELSE f.software_version END,
        open_registrations = CASE WHEN $7::boolean THEN $4::boolean ELSE f.open_registrations END,
        users_total = CASE WHEN $7::boolean THEN $5::integer ELSE f.users_total END,
        asked_at = $6::timestamptz,
        answered_at = CASE WHEN $7::boolean THEN $6::timestamptz ELSE f.answered_at END,
        failing_since = CASE WHEN $7::boolean THEN NULL ELSE coalesce(f.failing_since, $6::timestamptz) END
"""


async def list_to_ask(tx: Reading, *, before: datetime, limit: int) -> Sequence[str]:
    """Servers that were not asked for their NodeInfo since then."""
    return [row["domain"] for row in await tx.fetch_all(LIST_TO_ASK, before, limit)]


async def update_asked(
    tx: Transaction,
    *,
    domain: str,
    software: str | None,
    version: str | None,
    open_registrations: bool | None,
    users_total: int | None,
    has_answered: bool,
    at: datetime,
) -> None:
    """Note what a server said of itself, or that it said nothing."""
    await tx.execute(
        UPDATE_ASKED,
        domain,
        software,
        version,
        open_registrations,
        users_total,
        at,
        has_answered,
    )


def _facts_of(domain: str, row: Row) -> Facts:
    return Facts(
        domain=domain,
        impact=Impact(
            following_members=row["following_members"] or 0,
            followed_accounts=row["followed_accounts"] or 0,
            follower_accounts=row["follower_accounts"] or 0,
            followed_members=row["followed_members"] or 0,
        ),
        accounts=row["accounts"] or 0,
        statuses=row["statuses"] or 0,
        reports_about=row["reports_about"] or 0,
        reports_from=row["reports_from"] or 0,
        counted_at=row["counted_at"],
        software=row["software"] or "",
        software_version=row["software_version"] or "",
        open_registrations=row["open_registrations"],
        users_total=row["users_total"],
        asked_at=row["asked_at"],
        answered_at=row["answered_at"],
        failing_since=row["failing_since"],
        is_watched=bool(row["is_watched"]),
        watched_reason=row["watched_reason"] or "",
        is_high_impact=bool(row["is_high_impact"]),
        sells_data=bool(row["sells_data"]),
        is_harmful=bool(row["is_harmful"]),
        note=row["note"] or "",
        first_seen_at=row["first_seen_at"],
    )
