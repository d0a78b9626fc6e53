"""What rules did, each thing once, and what was taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.moderation.model.inbound import Effect

INSERT_MATCH = """
    INSERT INTO inbound_matches
        (rule_id, rule_version, effect, account_id, status_id, held_id, action_id, tag, changed,
         created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (status_id, rule_id, effect) WHERE status_id IS NOT NULL DO UPDATE
    SET created_at = excluded.created_at, changed = inbound_matches.changed OR excluded.changed
"""
INSERT_HELD_MATCH = INSERT_MATCH[: INSERT_MATCH.index("ON CONFLICT")] + "ON CONFLICT DO NOTHING"


async def insert_match(
    tx: Transaction,
    *,
    rule_id: int,
    rule_version: int,
    effect: Effect,
    account_id: int,
    at: datetime,
    status_id: int | None = None,
    held_id: int | None = None,
    action_id: int | None = None,
    tag: str | None = None,
    changed: bool = True,
) -> None:
    """Note what a rule did."""
    await tx.execute(
        INSERT_MATCH if status_id is not None else INSERT_HELD_MATCH,
        rule_id,
        rule_version,
        str(effect),
        account_id,
        status_id,
        held_id,
        action_id,
        tag,
        changed,
        at,
    )


LIST_MATCHES_TO_UNDO = """
    SELECT id, effect, account_id, status_id, held_id, action_id, changed, created_at
    FROM inbound_matches
    WHERE rule_id = $1 AND id > $2 AND undone_at IS NULL AND effect <> 'hold'
    ORDER BY id
    LIMIT $3
"""


async def list_matches_to_undo(
    tx: Reading, *, rule_id: int, after_id: int, limit: int
) -> list[Row]:
    """What a rule did and nobody took back, oldest first. What is held is decided in its queue."""
    return await tx.fetch_all(LIST_MATCHES_TO_UNDO, rule_id, after_id, limit)


UPDATE_MATCHES_UNDONE = """
    UPDATE inbound_matches SET undone_at = $2, undone_by_account_id = $3
    WHERE id = ANY($1::bigint[]) AND undone_at IS NULL
"""


async def update_matches_undone(
    tx: Transaction, *, match_ids: Sequence[int], at: datetime, by: int | None
) -> None:
    """Taken back."""
    await tx.execute(UPDATE_MATCHES_UNDONE, list(match_ids), at, by)


COUNT_MATCHES = """
    SELECT rule_id, effect, count(*) AS done, count(*) FILTER (WHERE undone_at IS NULL) AS holding
    FROM inbound_matches WHERE rule_id = ANY($1::bigint[])
    GROUP BY rule_id, effect
"""


async def count_matches(
    tx: Reading, *, rule_ids: Sequence[int]
) -> Mapping[int, Mapping[str, tuple[int, int]]]:
    """How often each rule did each thing, and how much of it holds still."""
    counts: dict[int, dict[str, tuple[int, int]]] = {one: {} for one in rule_ids}
    for row in await tx.fetch_all(COUNT_MATCHES, list(rule_ids)):
        counts[row["rule_id"]][row["effect"]] = (row["done"], row["holding"])
    return counts
