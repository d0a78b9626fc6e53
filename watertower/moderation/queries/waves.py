"""Waves: what belongs to them, and their numbers."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.ids import first_id_at
from watertower.moderation.model.waves import Wave, WaveAccount, WaveServer

LIST_JOINABLE = """
    SELECT id, sketches, state FROM waves
    WHERE kind = $1 AND sketches && $2::bigint[] AND last_at > $3
    ORDER BY id
    LIMIT 500
"""


async def list_joinable(
    tx: Reading, *, kind: str, sketches: Sequence[int], since: datetime
) -> list[Row]:
    """Waves that something with these sketches may belong to."""
    return await tx.fetch_all(LIST_JOINABLE, kind, list(sketches), since)


INSERT_WAVE = """
    INSERT INTO waves (kind, sample, hosts, sketches, first_at, last_at)
    VALUES ($1, $2, $3, $4, $5, $5)
    RETURNING id
"""


async def insert_wave(
    tx: Transaction,
    *,
    kind: str,
    sample: str,
    hosts: Sequence[str],
    sketches: Sequence[int],
    at: datetime,
) -> int:
    """A new wave; its id."""
    wave_id: int = await tx.fetch_value(INSERT_WAVE, kind, sample, list(hosts), list(sketches), at)
    return wave_id


# What comes after a decision opens the wave again; what is harmless stays so.
COUNT_AGAIN = """
    UPDATE waves
    SET posts_count = n.posts, accounts_count = n.accounts, servers_count = n.servers,
        last_at = $2,
        state = CASE WHEN state = 'decided' THEN 'open' ELSE state END
    FROM (
        SELECT w.id,
               coalesce(p.posts, r.reports, 0) AS posts,
               coalesce(p.accounts, r.accounts, 0) AS accounts,
               coalesce(p.servers, 0) AS servers
        FROM waves w
        LEFT JOIN LATERAL (
            SELECT count(*) AS posts, count(DISTINCT account_id) AS accounts,
                   count(DISTINCT domain) AS servers
            FROM post_shapes WHERE wave_id = w.id
        ) p ON w.kind = 'posts'
        LEFT JOIN LATERAL (
            SELECT count(*) AS reports, count(DISTINCT account_id) AS accounts
            FROM report_shapes WHERE wave_id = w.id
        ) r ON w.kind = 'reports'
        WHERE w.id = ANY($1::bigint[])
    ) n
    WHERE waves.id = n.id
"""


async def count_again(tx: Transaction, *, wave_ids: Sequence[int], at: datetime) -> None:
    """Something joined them."""
    await tx.execute(COUNT_AGAIN, list(wave_ids), at)


WAVE_COLUMNS = """
    w.id, w.kind, w.state, w.sample, w.hosts, w.posts_count, w.accounts_count, w.servers_count,
    w.first_at, w.last_at,
    (SELECT count(*) FROM (
        SELECT r.id
        FROM (SELECT DISTINCT account_id FROM post_shapes WHERE wave_id = w.id) one
        JOIN reports r ON r.target_account_id = one.account_id AND r.resolved_at IS NULL
        UNION
        SELECT r.id
        FROM report_shapes rs
        JOIN reports r ON r.id = rs.report_id AND r.resolved_at IS NULL
        WHERE rs.wave_id = w.id
    ) each_one) AS reports_count
"""
LIST_WAVES = f"""
    SELECT {WAVE_COLUMNS} FROM waves w
    WHERE w.state = ANY($1::text[])
    ORDER BY w.last_at DESC, w.id DESC
    LIMIT $2
"""


async def list_waves(tx: Reading, *, states: Sequence[str], limit: int) -> list[Wave]:
    """Waves, what moved last first."""
    return [Wave(**row) for row in await tx.fetch_all(LIST_WAVES, list(states), limit)]


FIND_WAVE = f"SELECT {WAVE_COLUMNS} FROM waves w WHERE w.id = $1"


async def find_wave(tx: Reading, *, wave_id: int) -> Wave | None:
    """One wave."""
    row = await tx.fetch_one(FIND_WAVE, wave_id)
    return row and Wave(**row)


LOCK_WAVE = "SELECT state FROM waves WHERE id = $1 FOR UPDATE"


async def lock_wave(tx: Transaction, *, wave_id: int) -> str | None:
    """Its state, with nobody else changing it until the commit."""
    state: str | None = await tx.fetch_value(LOCK_WAVE, wave_id)
    return state


UPDATE_WAVE_STATE = """
    UPDATE waves
    SET state = $2, decided_by_account_id = coalesce($3, decided_by_account_id),
        decided_at = CASE WHEN $2 = 'open' THEN NULL ELSE $4::timestamptz END
    WHERE id = $1
"""


async def update_wave_state(
    tx: Transaction, *, wave_id: int, state: str, by: int | None, at: datetime
) -> None:
    """Open, deciding, decided or harmless."""
    await tx.execute(UPDATE_WAVE_STATE, wave_id, state, by, at)


LIST_WAVE_SERVERS = """
    WITH taking_part AS (
        SELECT domain, count(*) AS posts, count(DISTINCT account_id) AS accounts
        FROM post_shapes WHERE wave_id = $1 AND domain IS NOT NULL
        GROUP BY domain
        ORDER BY count(*) DESC, domain
        LIMIT $2
    )
    SELECT t.domain, t.posts, t.accounts,
           (SELECT count(*) FROM (
               SELECT 1 FROM accounts a WHERE lower(a.domain) = lower(t.domain) LIMIT 10000
           ) known) AS known_accounts,
           coalesce(f.followed_accounts, 0) AS follows_here,
           (SELECT severity FROM server_policies p WHERE p.domain = lower(t.domain)) AS severity
    FROM taking_part t
    LEFT JOIN server_facts f ON f.domain = lower(t.domain)
    ORDER BY t.posts DESC, t.domain
"""


async def list_wave_servers(tx: Reading, *, wave_id: int, limit: int) -> list[WaveServer]:
    """Servers in the wave, those with most posts first."""
    return [WaveServer(**row) for row in await tx.fetch_all(LIST_WAVE_SERVERS, wave_id, limit)]


LIST_WAVE_ACCOUNTS = """
    SELECT a.id AS account_id, a.username || coalesce('@' || a.domain, '') AS acct,
           a.domain IS NULL AS is_local, t.posts,
           (SELECT count(*) FROM (
               SELECT 1 FROM follows f JOIN logins l ON l.account_id = f.account_id
               WHERE f.target_account_id = a.id LIMIT 100
           ) one) AS followers_here,
           a.limited_at IS NOT NULL AS is_limited, a.suspended_at IS NOT NULL AS is_suspended,
           a.created_at
    FROM (
        SELECT account_id, count(*) AS posts
        FROM post_shapes WHERE wave_id = $1 AND account_id > $2
        GROUP BY account_id
        ORDER BY account_id
        LIMIT $3
    ) t
    JOIN accounts a ON a.id = t.account_id
    ORDER BY a.id
"""


async def list_wave_accounts(
    tx: Reading, *, wave_id: int, after_id: int, limit: int
) -> list[WaveAccount]:
    """Accounts in the wave, by id."""
    rows = await tx.fetch_all(LIST_WAVE_ACCOUNTS, wave_id, after_id, limit)
    return [WaveAccount(**row) for row in rows]


LIST_SAMPLES = """
    SELECT s.id, a.username || coalesce('@' || a.domain, '') AS acct, s.content_html,
           s.content_warning, s.created_at
    FROM post_shapes p
    JOIN statuses s ON s.id = p.status_id AND s.deleted_at IS NULL AND s.visibility <= 1
    JOIN accounts a ON a.id = s.account_id
    WHERE p.wave_id = $1
    ORDER BY p.status_id DESC
    LIMIT 5
"""


async def list_samples(tx: Reading, *, wave_id: int) -> list[Row]:
    """A few posts that everybody may read."""
    return await tx.fetch_all(LIST_SAMPLES, wave_id)


COUNT_BEFORE_IN_HOUR = """
    SELECT count(*) FROM (
        SELECT 1 FROM reports WHERE id < $1 AND id > $2 LIMIT 100
    ) earlier
"""


async def count_before_in_hour(tx: Reading, *, report_id: int, filed_at: datetime) -> int:
    """How many reports of the same hour came before this one; counted up to a hundred."""
    hour = filed_at.replace(minute=0, second=0, microsecond=0)
    count: int = await tx.fetch_value(COUNT_BEFORE_IN_HOUR, report_id, first_id_at(hour))
    return count
