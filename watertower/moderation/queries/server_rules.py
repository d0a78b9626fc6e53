"""Rules about software, clean-ups, and interactions with harmful servers."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.server_rules import CleanUp, Friend, SoftwareRule

INSERT_RULE = """
    INSERT INTO software_rules
        (software, below_version, severity, reason, notifies, author_account_id, created_at)
    SELECT $1, $2, $3, $4, $5, $6, $7
    WHERE NOT EXISTS (
        SELECT 1 FROM software_rules
        WHERE software = $1 AND below_version = $2 AND ended_at IS NULL
    )
    RETURNING id
"""
LIST_RULES = """
    SELECT r.id, r.software, r.below_version, r.severity, r.reason, r.notifies, r.created_at,
           r.ended_at,
           (SELECT count(*) FROM server_decisions d
            WHERE d.cause = 'software_rule' AND d.cause_id = r.id AND d.ended_at IS NULL)::int
    FROM software_rules r
    WHERE NOT $1 OR r.ended_at IS NULL
    ORDER BY r.id DESC
    LIMIT 200
"""
END_RULE = "UPDATE software_rules SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL"
LIST_RUNNING = """
    SELECT f.software_version, array_agg(f.domain ORDER BY f.domain) AS domains
    FROM server_facts f
    WHERE f.software = $1
    GROUP BY f.software_version
    ORDER BY f.software_version
    LIMIT 50000
"""
# Held by a rule, with what they run now.
LIST_HELD = """
    SELECT d.domain, f.software, f.software_version
    FROM server_decisions d
    LEFT JOIN server_facts f USING (domain)
    WHERE d.cause = 'software_rule' AND d.cause_id = $1 AND d.ended_at IS NULL
    ORDER BY d.domain
    LIMIT 50000
"""


async def insert_rule(
    tx: Transaction,
    *,
    software: str,
    below_version: str,
    severity: str,
    reason: str,
    notifies: bool,
    actor_id: int,
    at: datetime,
) -> int | None:
    """A new rule; None if the same is in force."""
    found: int | None = await tx.fetch_value(
        INSERT_RULE, software, below_version, severity, reason, notifies, actor_id, at
    )
    return found


async def list_rules(tx: Reading, *, only_in_force: bool) -> list[SoftwareRule]:
    """Rules about software, latest first."""
    return [SoftwareRule(*row.values()) for row in await tx.fetch_all(LIST_RULES, only_in_force)]


async def end_rule(tx: Transaction, *, rule_id: int, at: datetime) -> bool:
    """It is in force no more; False if it was not."""
    return bool(await tx.execute(END_RULE, rule_id, at))


async def list_running(tx: Reading, *, software: str) -> list[tuple[str, list[str]]]:
    """(version, servers) of all that say they run this software."""
    rows = await tx.fetch_all(LIST_RUNNING, software)
    return [(row["software_version"], row["domains"]) for row in rows]


async def list_held(tx: Reading, *, rule_id: int) -> list[tuple[str, str, str]]:
    """(server, software, version) of those that a rule holds."""
    rows = await tx.fetch_all(LIST_HELD, rule_id)
    return [(row["domain"], row["software"] or "", row["software_version"] or "") for row in rows]


_CLEAN_UP = "id, domains, text, state, created_at, cleaned_at, restorable_until"
INSERT_CLEAN_UP = f"""
    INSERT INTO clean_ups (domains, text, drafted_by_account_id, created_at)
    VALUES ($1, $2, $3, $4)
    RETURNING {_CLEAN_UP}
"""
FIND_CLEAN_UP = f"SELECT {_CLEAN_UP} FROM clean_ups WHERE id = $1"
HOLD_CLEAN_UP = f"{FIND_CLEAN_UP} FOR UPDATE"
LIST_CLEAN_UPS = f"SELECT {_CLEAN_UP} FROM clean_ups ORDER BY id DESC LIMIT 100"
UPDATE_CLEANED = """
    UPDATE clean_ups SET state = 'cleaned', cleaned_at = $2, restorable_until = $3 WHERE id = $1
"""
UPDATE_RESTORED = "UPDATE clean_ups SET state = 'restored' WHERE id = $1"
LIST_DEAD = """
    SELECT f.domain
    FROM server_facts f
    WHERE f.failing_since <= $1
      AND NOT EXISTS (
          SELECT 1 FROM server_decisions d WHERE d.domain = f.domain AND d.ended_at IS NULL
      )
    ORDER BY f.domain
    LIMIT 2000
"""
LIST_BACK = """
    SELECT f.domain FROM server_facts f
    WHERE f.domain = ANY($1::text[]) AND f.answered_at > $2 AND f.failing_since IS NULL
    ORDER BY f.domain
"""


async def insert_clean_up(
    tx: Transaction, *, domains: Sequence[str], text: str, actor_id: int, at: datetime
) -> CleanUp:
    """A draft."""
    row = await tx.fetch_one(INSERT_CLEAN_UP, list(domains), text, actor_id, at)
    assert row is not None  # noqa: S101  # INSERT … RETURNING
    return CleanUp(*row.values())


async def find_clean_up(tx: Reading, *, clean_up_id: int) -> CleanUp | None:
    """One of them."""
    row = await tx.fetch_one(FIND_CLEAN_UP, clean_up_id)
    return row and CleanUp(*row.values())


async def hold_clean_up(tx: Transaction, *, clean_up_id: int) -> CleanUp | None:
    """One of them, which nobody else changes until the transaction ends."""
    row = await tx.fetch_one(HOLD_CLEAN_UP, clean_up_id)
    return row and CleanUp(*row.values())


async def list_clean_ups(tx: Reading) -> list[CleanUp]:
    """All of them, latest first."""
    return [CleanUp(*row.values()) for row in await tx.fetch_all(LIST_CLEAN_UPS)]


async def update_cleaned(
    tx: Transaction, *, clean_up_id: int, at: datetime, until: datetime
) -> None:
    """It was carried out."""
    await tx.execute(UPDATE_CLEANED, clean_up_id, at, until)


async def update_restored(tx: Transaction, *, clean_up_id: int) -> None:
    """All of it was taken back."""
    await tx.execute(UPDATE_RESTORED, clean_up_id)


async def list_dead(tx: Reading, *, since: datetime) -> list[str]:
    """Servers that have not answered since then and about which nothing was decided."""
    return [row["domain"] for row in await tx.fetch_all(LIST_DEAD, since)]


async def list_back(tx: Reading, *, domains: Sequence[str], since: datetime) -> list[str]:
    """Which of these answered again since then."""
    return [row["domain"] for row in await tx.fetch_all(LIST_BACK, list(domains), since)]


# From the posts of harmful servers to who boosted and answered them in public.
LIST_FRIENDS = """
    WITH seeds AS (
        SELECT domain FROM server_facts WHERE is_harmful
        UNION
        SELECT domain FROM server_decisions
        WHERE ended_at IS NULL AND severity = 'suspend' AND cause IN ('moderators', 'blocklist')
    ), harmful AS MATERIALIZED (
        SELECT a.id, lower(a.domain) AS domain FROM accounts a
        WHERE lower(a.domain) IN (SELECT domain FROM seeds)
    ), said AS MATERIALIZED (
        SELECT s.id, h.domain
        FROM harmful h
        JOIN statuses s ON s.account_id = h.id AND s.deleted_at IS NULL
        WHERE s.id > $1 AND s.visibility <= 1
    ), dealt AS (
        SELECT b.account_id, said.domain, 1 AS boosts, 0 AS replies, o.url, o.uri
        FROM said
        JOIN statuses b ON b.reblog_of_id = said.id AND b.deleted_at IS NULL
        JOIN statuses o ON o.id = said.id
        UNION ALL
        SELECT r.account_id, said.domain, 0, 1, r.url, r.uri
        FROM said
        JOIN statuses r ON r.in_reply_to_id = said.id AND r.deleted_at IS NULL
        WHERE r.visibility <= 1
    )
    SELECT lower(a.domain) AS domain, sum(d.boosts)::int AS boosts, sum(d.replies)::int AS replies,
           count(DISTINCT d.account_id)::int AS accounts,
           array_agg(DISTINCT d.domain) AS with_domains,
           (array_agg(DISTINCT coalesce(d.url, d.uri)))[1:5] AS examples,
           coalesce(max(f.accounts), 0)::int AS known_accounts
    FROM dealt d
    JOIN accounts a ON a.id = d.account_id AND a.domain IS NOT NULL
    LEFT JOIN server_facts f ON f.domain = lower(a.domain)
    WHERE lower(a.domain) NOT IN (SELECT domain FROM seeds)
      AND (f.passive_until IS NULL OR f.passive_until < $2)
    GROUP BY lower(a.domain)
    ORDER BY count(DISTINCT d.account_id) * count(*) DESC, 1
    LIMIT 100
"""
UPDATE_PASSIVE = """
    INSERT INTO server_facts AS f (domain, passive_until) VALUES ($1, $2)
    ON CONFLICT (domain) DO UPDATE SET passive_until = excluded.passive_until
"""


async def list_friends(tx: Reading, *, after_id: int, now: datetime) -> list[Friend]:
    """Servers whose people deal with harmful ones in posts newer than this id, most first."""
    return [Friend(*row.values()) for row in await tx.fetch_all(LIST_FRIENDS, after_id, now)]


async def update_passive(tx: Transaction, *, domain: str, until: datetime) -> None:
    """Somebody looked: it only coexists; it is not shown again until then."""
    await tx.execute(UPDATE_PASSIVE, domain, until)
