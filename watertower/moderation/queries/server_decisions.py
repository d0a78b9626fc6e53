"""Decisions about servers: written once, ended by the next, never deleted."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json, to_json
from watertower.moderation.model.servers import Choice, Decision

_COLUMNS = """
    d.id, d.domain, d.severity, d.rejects_media, d.rejects_reports, d.covers_subdomains,
    d.obfuscates, d.is_lifting, d.public_comment, d.private_comment, d.evidence, d.criteria,
    d.publicity, d.publicity_reason, d.cause, d.cause_id, d.review_id, d.actor_account_id,
    d.agreed_account_ids, d.confirm_by, d.effect::text AS effect, d.review_at, d.ends_at,
    d.ended_at, d.created_at,
    (SELECT a.username FROM accounts a WHERE a.id = d.actor_account_id) AS actor_name
"""

INSERT_DECISION = """
    WITH ended AS (
        UPDATE server_decisions SET ended_at = $21, confirm_by = NULL
        WHERE domain = $1 AND ended_at IS NULL
    )
    INSERT INTO server_decisions
        (domain, severity, rejects_media, rejects_reports, covers_subdomains, obfuscates,
         is_lifting, public_comment, private_comment, evidence, criteria, publicity,
         publicity_reason, cause, cause_id, review_id, actor_account_id, confirm_by, effect,
         review_at, created_at, ends_at, agreed_account_ids, ended_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
            $19::jsonb, $20, $21, $22, $23, CASE WHEN $7 THEN $21 END)
    RETURNING id
"""


async def insert_decision(
    tx: Transaction,
    *,
    choice: Choice,
    actor_id: int | None,
    confirm_by: datetime | None,
    effect: dict[str, int],
    at: datetime,
) -> int:
    """Write it down; the decision before it about the same name ends. Answers the id."""
    found: int = await tx.fetch_value(
        INSERT_DECISION,
        choice.domain,
        choice.severity,
        choice.rejects_media,
        choice.rejects_reports,
        choice.covers_subdomains,
        choice.obfuscates,
        choice.is_lifting,
        choice.public_comment,
        choice.private_comment,
        choice.evidence,
        list(choice.criteria),
        choice.publicity,
        choice.publicity_reason,
        choice.cause,
        choice.cause_id,
        choice.review_id,
        actor_id,
        confirm_by,
        to_json(effect),
        choice.review_at,
        at,
        choice.ends_at,
        list(choice.agreed_by),
    )
    return found


FIND_DECISION = f"SELECT {_COLUMNS} FROM server_decisions d WHERE d.id = $1"


async def find_decision(tx: Reading, *, decision_id: int) -> Decision | None:
    """One decision."""
    row = await tx.fetch_one(FIND_DECISION, decision_id)
    return row and _decision_of(row)


FIND_STANDING_DECISION = f"""
    SELECT {_COLUMNS} FROM server_decisions d
    WHERE d.domain = $1 AND d.ended_at IS NULL
    ORDER BY d.id DESC LIMIT 1
"""


async def find_standing_decision(tx: Reading, *, domain: str) -> Decision | None:
    """The decision that holds for exactly this name."""
    row = await tx.fetch_one(FIND_STANDING_DECISION, domain)
    return row and _decision_of(row)


LIST_HISTORY = f"""
    SELECT {_COLUMNS} FROM server_decisions d
    WHERE d.domain = ANY(host_and_parents($1))
    ORDER BY d.id DESC
    LIMIT 200
"""


async def list_history(tx: Reading, *, domain: str) -> list[Decision]:
    """Every decision about a server and the names above it, latest first."""
    return [_decision_of(row) for row in await tx.fetch_all(LIST_HISTORY, domain)]


LIST_OF_CAUSE = f"""
    SELECT {_COLUMNS} FROM server_decisions d
    WHERE d.cause = $1 AND d.cause_id = $2
    ORDER BY d.domain
    LIMIT 20000
"""


async def list_of_cause(tx: Reading, *, cause: str, cause_id: int) -> list[Decision]:
    """Decisions that one incident, rule, list or clean-up led to, over or not."""
    return [_decision_of(row) for row in await tx.fetch_all(LIST_OF_CAUSE, cause, cause_id)]


LIST_ENDING = f"""
    SELECT {_COLUMNS} FROM server_decisions d
    WHERE d.ended_at IS NULL AND d.ends_at <= $1
    ORDER BY d.ends_at
    LIMIT 200
"""


async def list_ending(tx: Reading, *, now: datetime) -> list[Decision]:
    """Decisions whose time is over."""
    return [_decision_of(row) for row in await tx.fetch_all(LIST_ENDING, now)]


# Blocks that nobody can explain (no reason, no evidence), and those to be looked at again.
LIST_TO_LOOK_AT = f"""
    SELECT {_COLUMNS} FROM server_decisions d
    WHERE d.ended_at IS NULL
      AND (d.confirm_by IS NOT NULL OR d.review_at <= $1
           OR (d.private_comment = '' AND d.evidence = ''
               AND d.cause IN ('moderators', 'blocklist')))
    ORDER BY d.confirm_by NULLS LAST, d.review_at NULLS LAST, d.id
    LIMIT 200
"""


async def list_to_look_at(tx: Reading, *, now: datetime) -> list[Decision]:
    """Decisions that wait for a second look, for their review, or for a reason."""
    return [_decision_of(row) for row in await tx.fetch_all(LIST_TO_LOOK_AT, now)]


AGREE = """
    UPDATE server_decisions
    SET agreed_account_ids = agreed_account_ids || $2::bigint, confirm_by = NULL
    WHERE id = $1 AND confirm_by IS NOT NULL
"""


async def update_agreed(tx: Transaction, *, decision_id: int, account_id: int) -> bool:
    """Somebody else looked and agrees; False if nothing waited for that."""
    return bool(await tx.execute(AGREE, decision_id, account_id))


COUNT_BY_MONTH = """
    SELECT date_trunc('month', created_at) AS month,
           count(*) FILTER (WHERE NOT is_lifting AND severity = 'limit') AS limited,
           count(*) FILTER (WHERE NOT is_lifting AND severity = 'suspend') AS suspended,
           count(*) FILTER (WHERE is_lifting) AS restored
    FROM server_decisions
    GROUP BY 1
    ORDER BY 1 DESC
    LIMIT 120
"""


async def count_by_month(tx: Reading) -> Sequence[tuple[datetime, int, int, int]]:
    """(month, limited, suspended, restored), latest first."""
    return [
        (row["month"], row["limited"], row["suspended"], row["restored"])
        for row in await tx.fetch_all(COUNT_BY_MONTH)
    ]


def _decision_of(row: Row) -> Decision:
    values = dict(row.items())
    values["effect"] = from_json(values["effect"])
    return Decision(**values)
