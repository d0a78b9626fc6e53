"""Blocklists of others, line by line, with what was done about each."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.blocklists import Blocklist, Entry, Listed

_LIST = """
    b.id, b.name, b.url, b.format, b.is_subscribed, b.refresh_at, b.refreshed_at, b.trouble,
    b.created_at
"""
INSERT_BLOCKLIST = """
    INSERT INTO blocklists
        (name, url, format, is_subscribed, refresh_at, refreshed_at, author_account_id, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $6)
    RETURNING id
"""
FIND_SAME = "SELECT id FROM blocklists WHERE name = $1 AND url = $2 ORDER BY id LIMIT 1"


async def insert_blocklist(
    tx: Transaction,
    *,
    name: str,
    url: str,
    kind: str,
    is_subscribed: bool,
    refresh_at: datetime | None,
    actor_id: int | None,
    at: datetime,
) -> int:
    """A new list, or the one of this name and address; its id."""
    same: int | None = await tx.fetch_value(FIND_SAME, name, url)
    if same is not None:
        return same
    found: int = await tx.fetch_value(
        INSERT_BLOCKLIST, name, url, kind, is_subscribed, refresh_at, at, actor_id
    )
    return found


LIST_BLOCKLISTS = f"""
    SELECT {_LIST},
           count(*) FILTER (WHERE e.state = 'draft' AND NOT e.is_retracted)::int AS drafts,
           count(*) FILTER (WHERE e.state = 'applied' AND NOT e.is_retracted)::int AS applied,
           count(*) FILTER (WHERE e.state = 'ignored' AND NOT e.is_retracted)::int AS ignored,
           count(*) FILTER (WHERE e.is_retracted AND e.state = 'applied')::int AS retracted
    FROM blocklists b
    LEFT JOIN blocklist_entries e ON e.blocklist_id = b.id
    WHERE $1::bigint IS NULL OR b.id = $1
    GROUP BY b.id
    ORDER BY b.id DESC
    LIMIT 200
"""


async def list_blocklists(tx: Reading, *, blocklist_id: int | None = None) -> list[Blocklist]:
    """All lists, latest first, or one."""
    return [Blocklist(*row.values()) for row in await tx.fetch_all(LIST_BLOCKLISTS, blocklist_id)]


# What was applied and says something else by now is a draft again; what was ignored stays so.
UPSERT_ENTRIES = """
    INSERT INTO blocklist_entries AS e
        (blocklist_id, domain, severity, rejects_media, rejects_reports, obfuscates,
         public_comment, private_comment, source, is_retracted, changed_at)
    SELECT $1, n.*, $11
    FROM unnest($2::text[], $3::text[], $4::boolean[], $5::boolean[], $6::boolean[], $7::text[],
                $8::text[], $9::text[], $10::boolean[]) AS n
    ON CONFLICT (blocklist_id, domain) DO UPDATE SET
        severity = excluded.severity, rejects_media = excluded.rejects_media,
        rejects_reports = excluded.rejects_reports, obfuscates = excluded.obfuscates,
        public_comment = excluded.public_comment, private_comment = excluded.private_comment,
        source = excluded.source, is_retracted = excluded.is_retracted,
        changed_at = CASE WHEN (e.severity, e.is_retracted)
                               IS DISTINCT FROM (excluded.severity, excluded.is_retracted)
                          THEN excluded.changed_at ELSE e.changed_at END,
        state = CASE WHEN e.state = 'applied'
                          AND (e.severity, e.rejects_media, e.rejects_reports) IS DISTINCT FROM
                              (excluded.severity, excluded.rejects_media, excluded.rejects_reports)
                     THEN 'draft' ELSE e.state END
"""
# What the list does not name any more it took back.
RETRACT_OTHERS = """
    UPDATE blocklist_entries SET is_retracted = true, changed_at = $3
    WHERE blocklist_id = $1 AND domain <> ALL($2::text[]) AND NOT is_retracted
"""


async def replace_entries(
    tx: Transaction, *, blocklist_id: int, lines: Sequence[Listed], at: datetime
) -> int:
    """The list says this now; how many lines it took back."""
    await tx.execute(
        UPSERT_ENTRIES,
        blocklist_id,
        [one.domain for one in lines],
        [one.severity for one in lines],
        [one.rejects_media for one in lines],
        [one.rejects_reports for one in lines],
        [one.obfuscates for one in lines],
        [one.public_comment for one in lines],
        [one.private_comment for one in lines],
        [one.source for one in lines],
        [one.is_retracted for one in lines],
        at,
    )
    return await tx.execute(RETRACT_OTHERS, blocklist_id, [one.domain for one in lines], at)


# For each line what holds here, and whom it would cost what.
LIST_ENTRIES = """
    SELECT e.domain, e.severity, e.rejects_media, e.rejects_reports, e.obfuscates,
           e.public_comment, e.private_comment, e.source, e.state, e.is_retracted, e.decision_id,
           CASE WHEN p.is_decision THEN p.severity END AS held_severity, d.cause AS held_cause,
           (SELECT count(DISTINCT f.account_id) FROM accounts a
            JOIN follows f ON f.target_account_id = a.id
            JOIN accounts m ON m.id = f.account_id AND m.domain IS NULL
            WHERE lower(a.domain) = e.domain)::int AS following_members,
           (SELECT count(DISTINCT f.target_account_id) FROM accounts a
            JOIN follows f ON f.account_id = a.id
            JOIN accounts m ON m.id = f.target_account_id AND m.domain IS NULL
            WHERE lower(a.domain) = e.domain)::int AS followed_members
    FROM (
        SELECT * FROM blocklist_entries
        WHERE blocklist_id = $1 AND ($2::text[] IS NULL OR domain = ANY($2))
          AND CASE $3::text
                  WHEN 'retracted' THEN is_retracted AND state = 'applied'
                  WHEN 'all' THEN true
                  ELSE state = $3 AND NOT is_retracted
              END
          AND domain > $4
        ORDER BY domain
        LIMIT $5
    ) e
    LEFT JOIN server_policies p ON p.domain = e.domain
    LEFT JOIN server_decisions d ON d.id = p.decision_id
    ORDER BY e.domain
"""


async def list_entries(
    tx: Reading,
    *,
    blocklist_id: int,
    shown: str,
    after: str = "",
    limit: int,
    domains: Sequence[str] | None = None,
) -> list[Entry]:
    """A page of lines in a state (draft, applied, ignored, retracted, all), by name."""
    rows = await tx.fetch_all(
        LIST_ENTRIES, blocklist_id, None if domains is None else list(domains), shown, after, limit
    )
    return [Entry(*row.values()) for row in rows]


UPDATE_ENTRY = """
    UPDATE blocklist_entries SET state = $3, decision_id = coalesce($4, decision_id)
    WHERE blocklist_id = $1 AND domain = $2
"""


async def update_entry(
    tx: Transaction, *, blocklist_id: int, domain: str, state: str, decision_id: int | None = None
) -> None:
    """What was done about a line."""
    await tx.execute(UPDATE_ENTRY, blocklist_id, domain, state, decision_id)


LIST_DUE = f"""
    SELECT {_LIST} FROM blocklists b
    WHERE b.is_subscribed AND b.refresh_at <= $1 ORDER BY b.refresh_at LIMIT 20
"""
UPDATE_REFRESHED = """
    UPDATE blocklists SET refresh_at = $2, refreshed_at = coalesce($3, refreshed_at), trouble = $4
    WHERE id = $1
"""
UPDATE_SUBSCRIBED = "UPDATE blocklists SET is_subscribed = $2, refresh_at = $3 WHERE id = $1"


async def list_due(tx: Reading, *, now: datetime) -> list[Blocklist]:
    """Subscriptions that are to be fetched."""
    return [Blocklist(*row.values()) for row in await tx.fetch_all(LIST_DUE, now)]


async def update_refreshed(
    tx: Transaction,
    *,
    blocklist_id: int,
    refresh_at: datetime,
    refreshed_at: datetime | None,
    trouble: str,
) -> None:
    """When a list was fetched, or why it was not, and when it is tried again."""
    await tx.execute(UPDATE_REFRESHED, blocklist_id, refresh_at, refreshed_at, trouble)


async def update_subscribed(
    tx: Transaction, *, blocklist_id: int, is_subscribed: bool, refresh_at: datetime | None
) -> None:
    """Follow a list, or no longer."""
    await tx.execute(UPDATE_SUBSCRIBED, blocklist_id, is_subscribed, refresh_at)


LIST_EXPORTED = """
    SELECT domain, severity, rejects_media, rejects_reports, obfuscates, public_comment
    FROM server_policies
    WHERE is_decision AND is_listed AND (severity <> 'noop' OR rejects_media OR rejects_reports)
    ORDER BY domain
    LIMIT 100000
"""


async def list_exported(tx: Reading) -> list[Listed]:
    """What was decided here and is no secret."""
    return [Listed(*row.values()) for row in await tx.fetch_all(LIST_EXPORTED)]
