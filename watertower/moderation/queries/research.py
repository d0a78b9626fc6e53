"""Research and its watch lists."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.ids import first_id_at
from watertower.moderation.model.research import Path, ResearchLine, Watch
from watertower.moderation.queries.case_walls import unhidden

# $1 is the viewer: nobody sees research about themselves.
LIST_RESEARCH = f"""
    SELECT c.id AS case_id, c.title, c.state,
           coalesce('@' || a.username || coalesce('@' || a.domain, ''), c.target_domain, '')
               AS about,
           c.tags,
           (SELECT count(*) FROM research_watches w
            WHERE w.case_id = c.id AND w.ended_at IS NULL) AS watched,
           (SELECT count(*) FROM evidence e WHERE e.case_id = c.id) AS evidence,
           c.created_at, c.updated_at
    FROM cases c
    LEFT JOIN accounts a ON a.id = c.target_account_id
    WHERE c.kind = 'research' AND c.merged_into_case_id IS NULL
      AND c.closed_at IS NULL <> $2::boolean AND {unhidden()}
    ORDER BY c.updated_at DESC, c.id DESC
    LIMIT $3
"""


async def list_research(
    tx: Reading, *, viewer_id: int, are_closed: bool, limit: int
) -> list[ResearchLine]:
    """What is being researched, or was."""
    rows = await tx.fetch_all(LIST_RESEARCH, viewer_id, are_closed, limit)
    return [ResearchLine(**row) for row in rows]


LIST_WATCHES = """
    SELECT w.id, w.kind, w.subject, w.note, w.created_at,
           CASE WHEN w.kind = 'server' THEN w.subject
                ELSE '@' || a.username || coalesce('@' || a.domain, '') END AS name,
           CASE WHEN w.kind = 'account' THEN (
               SELECT count(*) FROM (
                   SELECT 1 FROM statuses s
                   WHERE s.account_id = a.id AND s.id > $2 AND s.deleted_at IS NULL LIMIT 10000
               ) few
           ) ELSE (
               SELECT count(*) FROM (
                   SELECT 1 FROM accounts sa
                   JOIN statuses s ON s.account_id = sa.id AND s.id > $2 AND s.deleted_at IS NULL
                   WHERE lower(sa.domain) = w.subject LIMIT 10000
               ) few
           ) END AS posts,
           CASE WHEN w.kind = 'account' THEN (
               SELECT count(*) FROM reports r WHERE r.target_account_id = a.id AND r.id > $2
           ) ELSE (
               SELECT count(*) FROM accounts ra
               JOIN reports r ON r.target_account_id = ra.id AND r.id > $2
               WHERE lower(ra.domain) = w.subject
           ) END AS reports
    FROM research_watches w
    LEFT JOIN accounts a ON a.id = CASE WHEN w.kind = 'account' THEN w.subject::bigint END
    WHERE w.case_id = $1 AND w.ended_at IS NULL
      AND (w.kind = 'server' OR a.id IS NOT NULL)
    ORDER BY w.id
    LIMIT 100
"""


async def list_watches(tx: Reading, *, case_id: int, since: datetime) -> list[Watch]:
    """Whom and what this research watches, with what came since."""
    rows = await tx.fetch_all(LIST_WATCHES, case_id, first_id_at(since))
    return [Watch(**row) for row in rows]


UPSERT_WATCH = """
    INSERT INTO research_watches (case_id, kind, subject, note, added_by_account_id, created_at)
    SELECT $1, $2, $3, $4, $5, $6
    WHERE (SELECT count(*) FROM research_watches WHERE case_id = $1 AND ended_at IS NULL) < $7
    ON CONFLICT (case_id, kind, subject) DO UPDATE
    SET note = CASE WHEN excluded.note = '' THEN research_watches.note ELSE excluded.note END,
        ended_at = NULL
"""


async def upsert_watch(
    tx: Transaction,
    *,
    case_id: int,
    kind: str,
    subject: str,
    note: str,
    by: int,
    at: datetime,
    most: int,
) -> None:
    """Watch; twice is once, and a new note replaces the old one."""
    await tx.execute(UPSERT_WATCH, case_id, kind, subject, note, by, at, most)


UPDATE_WATCH_ENDED = """
    UPDATE research_watches SET ended_at = $3
    WHERE id = $2 AND case_id = $1 AND ended_at IS NULL
    RETURNING kind, subject
"""


async def update_watch_ended(
    tx: Transaction, *, case_id: int, watch_id: int, at: datetime
) -> Row | None:
    """Watch no longer; None if that was so."""
    return await tx.fetch_one(UPDATE_WATCH_ENDED, case_id, watch_id, at)


LIST_SEEN_POSTS = """
    SELECT s.id, s.account_id, a.username || coalesce('@' || a.domain, '') AS acct,
           s.content_html, s.content_warning, cardinality(s.media_ids) AS media, s.is_sensitive,
           EXISTS (
               SELECT 1 FROM evidence e
               WHERE e.case_id = $1 AND e.kind = 'status' AND e.subject_id = s.id::text
           ) AS is_evidence,
           s.created_at
    FROM research_watches w
    JOIN accounts a ON a.id = CASE WHEN w.kind = 'account' THEN w.subject::bigint END
    CROSS JOIN LATERAL (
        SELECT * FROM statuses
        WHERE account_id = a.id AND deleted_at IS NULL AND visibility <= 1
          AND reblog_of_id IS NULL
        ORDER BY id DESC
        LIMIT $2
    ) s
    WHERE w.case_id = $1 AND w.kind = 'account' AND w.ended_at IS NULL
    ORDER BY s.id DESC
    LIMIT $2
"""


async def list_seen_posts(tx: Reading, *, case_id: int, limit: int) -> list[Row]:
    """The newest posts of accounts that are watched, as far as everybody may read them."""
    return await tx.fetch_all(LIST_SEEN_POSTS, case_id, limit)


# What people of one server did to people here: $1 the server, $2 the first id that counts.
LIST_PATHS = """
    WITH theirs AS MATERIALIZED (
        SELECT id FROM accounts WHERE lower(domain) = $1 LIMIT 20000
    ), posts AS MATERIALIZED (
        SELECT s.id, s.account_id, s.reblog_of_id, s.quoted_status_id, s.in_reply_to_account_id,
               s.created_at
        FROM theirs JOIN statuses s ON s.account_id = theirs.id AND s.id > $2
        WHERE s.deleted_at IS NULL
        LIMIT 100000
    ), reached AS (
        SELECT 'post' AS way, account_id AS who, NULL::bigint AS whom, created_at FROM posts
        WHERE reblog_of_id IS NULL
        UNION ALL
        SELECT 'reply', p.account_id, l.account_id, p.created_at
        FROM posts p JOIN logins l ON l.account_id = p.in_reply_to_account_id
        UNION ALL
        SELECT 'mention', p.account_id, l.account_id, p.created_at
        FROM posts p
        JOIN mentions m ON m.status_id = p.id
        JOIN logins l ON l.account_id = m.account_id
        UNION ALL
        SELECT 'boost', p.account_id, l.account_id, p.created_at
        FROM posts p
        JOIN statuses o ON o.id = p.reblog_of_id
        LEFT JOIN logins l ON l.account_id = o.account_id
        UNION ALL
        SELECT 'quote', p.account_id, l.account_id, p.created_at
        FROM posts p
        JOIN statuses o ON o.id = p.quoted_status_id
        JOIN logins l ON l.account_id = o.account_id
        UNION ALL
        SELECT 'like', f.account_id, l.account_id, f.created_at
        FROM theirs
        JOIN favourites f ON f.account_id = theirs.id AND f.id > $2
        JOIN statuses o ON o.id = f.status_id
        JOIN logins l ON l.account_id = o.account_id
    )
    SELECT way, count(*) AS count, count(DISTINCT who) AS accounts,
           count(DISTINCT whom) AS people, max(created_at) AS last_at
    FROM reached
    GROUP BY way
    ORDER BY count(*) DESC, way
"""


async def list_paths(tx: Reading, *, domain: str, since: datetime) -> list[Path]:
    """On which ways, how often, by how many, to how many."""
    rows = await tx.fetch_all(LIST_PATHS, domain, first_id_at(since))
    return [Path(**row) for row in rows]


FIND_NAMED = """
    SELECT id FROM accounts
    WHERE lower(username) = lower($1) AND coalesce(lower(domain), '') = lower($2)
      AND deleted_at IS NULL
"""
HAS_SERVER = "SELECT EXISTS (SELECT 1 FROM servers WHERE domain = $1)"


async def find_named(tx: Reading, *, username: str, domain: str) -> int | None:
    """The account of this name; `domain` is empty for ours."""
    found: int | None = await tx.fetch_value(FIND_NAMED, username, domain)
    return found


async def has_server(tx: Reading, *, domain: str) -> bool:
    """Whether an account of that server was ever seen."""
    return bool(await tx.fetch_value(HAS_SERVER, domain))


HAS_HANDED_OVER = """
    SELECT EXISTS (SELECT 1 FROM evidence WHERE server_review_id = $1 AND subject_id = $2)
"""


async def has_handed_over(tx: Reading, *, review_id: int, subject_id: str) -> bool:
    """Whether the same words came to this review before."""
    return bool(await tx.fetch_value(HAS_HANDED_OVER, review_id, subject_id))
