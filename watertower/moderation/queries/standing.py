"""Actions on accounts: rows that are written once, and once more when they are undone."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json, to_json
from watertower.base.paging import Page
from watertower.moderation.model.standing import Action, CaseNote, Decision, Kind
from watertower.moderation.queries.case_walls import unhidden

COLUMNS = """
    id, case_id, kind, target_account_id, actor_account_id, reason, message, rule_ids, status_ids,
    ends_at, review_at, is_emergency, is_mailed, confirmed_at, confirmed_by_account_id, undoing,
    undone_at, undone_by_account_id, undone_reason, created_at
"""

INSERT_ACTION = """
    INSERT INTO moderation_actions (
        case_id, kind, target_account_id, actor_account_id, reason, message, rule_ids, status_ids,
        ends_at, review_at, is_emergency, is_mailed, undoing, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    RETURNING id
"""


async def insert_action(
    tx: Transaction,
    *,
    decision: Decision,
    actor_id: int | None,
    undoing: Mapping[str, Any],
    at: datetime,
) -> int:
    """Write what was done; its id."""
    action_id: int = await tx.fetch_value(
        INSERT_ACTION,
        decision.case_id,
        decision.kind,
        decision.target_account_id,
        actor_id,
        decision.reason,
        decision.message,
        list(decision.rule_ids),
        list(decision.status_ids),
        decision.ends_at,
        decision.review_at,
        decision.is_emergency,
        decision.is_mailed,
        to_json(dict(undoing)),
        at,
    )
    return action_id


# Two clicks on one button, or an app that asks again.
SAME_WITHIN = timedelta(minutes=5)
FIND_SAME = """
    SELECT id FROM moderation_actions
    WHERE target_account_id = $1 AND kind = $2 AND actor_account_id IS NOT DISTINCT FROM $3
      AND case_id IS NOT DISTINCT FROM $4 AND reason = $5 AND message = $6 AND status_ids = $7
      AND ends_at IS NOT DISTINCT FROM $8 AND undone_at IS NULL AND created_at > $9
    ORDER BY id DESC
    LIMIT 1
"""


async def find_same(
    tx: Transaction, *, decision: Decision, actor_id: int | None, at: datetime
) -> int | None:
    """The same decision, made by the same person a moment ago and still in force."""
    found: int | None = await tx.fetch_value(
        FIND_SAME,
        decision.target_account_id,
        decision.kind,
        actor_id,
        decision.case_id,
        decision.reason,
        decision.message,
        list(decision.status_ids),
        decision.ends_at,
        at - SAME_WITHIN,
    )
    return found


FIND_ACTION = f"SELECT {COLUMNS} FROM moderation_actions WHERE id = $1"
HOLD_ACTION = f"{FIND_ACTION} FOR UPDATE"


async def find_action(tx: Reading, *, action_id: int) -> Action | None:
    """One action."""
    row = await tx.fetch_one(FIND_ACTION, action_id)
    return row and action_of(row)


async def hold_action(tx: Transaction, *, action_id: int) -> Action | None:
    """One action, which nobody else changes until the transaction ends."""
    row = await tx.fetch_one(HOLD_ACTION, action_id)
    return row and action_of(row)


LIST_ACTIONS_BY_ID = f"SELECT {COLUMNS} FROM moderation_actions WHERE id = ANY($1::bigint[])"


async def list_actions_by_id(tx: Reading, *, action_ids: Sequence[int]) -> dict[int, Action]:
    """Actions by id; unknown ids are left out."""
    rows = await tx.fetch_all(LIST_ACTIONS_BY_ID, list(action_ids))
    return {row["id"]: action_of(row) for row in rows}


LIST_IN_FORCE = f"""
    SELECT {COLUMNS} FROM moderation_actions
    WHERE target_account_id = $1 AND kind = $2 AND undone_at IS NULL
    ORDER BY id DESC
    LIMIT 1000
    FOR UPDATE
"""


async def list_in_force(tx: Transaction, *, account_id: int, kind: Kind) -> list[Action]:
    """Actions of one kind that nobody took back, newest first, held until the commit."""
    rows = await tx.fetch_all(LIST_IN_FORCE, account_id, kind)
    return [action_of(row) for row in rows]


UPDATE_UNDONE = """
    UPDATE moderation_actions
    SET undone_at = $2, undone_by_account_id = $3, undone_reason = $4
    WHERE id = $1 AND undone_at IS NULL
"""


async def update_undone(
    tx: Transaction, *, action_id: int, actor_id: int | None, reason: str, at: datetime
) -> bool:
    """Note that it was taken back; False if it had been."""
    return bool(await tx.execute(UPDATE_UNDONE, action_id, at, actor_id, reason))


UPDATE_UNDOING = "UPDATE moderation_actions SET undoing = $2 WHERE id = $1"


async def update_undoing(tx: Transaction, *, action_id: int, undoing: Mapping[str, Any]) -> None:
    """What this action has to restore when it is undone."""
    await tx.execute(UPDATE_UNDOING, action_id, to_json(dict(undoing)))


UPDATE_CONFIRMED = """
    UPDATE moderation_actions
    SET confirmed_at = $2, confirmed_by_account_id = $3,
        review_at = CASE WHEN kind = 'limit' AND ends_at IS NULL THEN review_at END
    WHERE id = $1 AND is_emergency AND confirmed_at IS NULL
"""


async def update_confirmed(tx: Transaction, *, action_id: int, actor_id: int, at: datetime) -> bool:
    """Note that a second person looked; False if there was nothing to look at."""
    return bool(await tx.execute(UPDATE_CONFIRMED, action_id, at, actor_id))


UPDATE_TERMS = """
    UPDATE moderation_actions SET ends_at = $2, review_at = $3 WHERE id = $1 AND undone_at IS NULL
"""


async def update_terms(
    tx: Transaction, *, action_id: int, ends_at: datetime | None, review_at: datetime | None
) -> bool:
    """Another end, another review; False if it was undone."""
    return bool(await tx.execute(UPDATE_TERMS, action_id, ends_at, review_at))


LIST_ENDED = """
    SELECT id FROM moderation_actions
    WHERE ends_at <= $1 AND undone_at IS NULL AND ends_at IS NOT NULL
    ORDER BY ends_at, id
    LIMIT $2
"""


async def list_ended(tx: Reading, *, at: datetime, most: int) -> list[int]:
    """Actions whose time is over and that are still in force."""
    return [row["id"] for row in await tx.fetch_all(LIST_ENDED, at, most)]


LIST_ACTIONS_ABOUT = f"""
    SELECT {COLUMNS} FROM moderation_actions
    WHERE target_account_id = $1 AND id < $2 AND id > $3
      AND (kind <> 'warning' OR created_at > $4 OR $5)
    ORDER BY id DESC
    LIMIT $6
"""
LIST_ACTIONS_ABOUT_UPWARDS = LIST_ACTIONS_ABOUT.replace("DESC", "ASC")


async def list_actions_about(
    tx: Reading,
    *,
    account_id: int,
    page: Page,
    warnings_since: datetime,
    has_old_warnings: bool = False,
) -> list[Action]:
    """What was decided about an account, newest first; old warnings only where asked for."""
    rows = await tx.fetch_all(
        LIST_ACTIONS_ABOUT_UPWARDS if page.upwards else LIST_ACTIONS_ABOUT,
        account_id,
        page.before_id,
        page.after_id,
        warnings_since,
        has_old_warnings,
        page.limit,
    )
    found = [action_of(row) for row in rows]
    return found[::-1] if page.upwards else found


LIST_ACTIONS_OF_CASE = f"""
    SELECT {COLUMNS} FROM moderation_actions WHERE case_id = $1 ORDER BY id DESC LIMIT 500
"""


async def list_actions_of_case(tx: Reading, *, case_id: int) -> list[Action]:
    """What was done because of a case, newest first."""
    return [action_of(row) for row in await tx.fetch_all(LIST_ACTIONS_OF_CASE, case_id)]


LIST_DUE = f"""
    SELECT {COLUMNS} FROM moderation_actions
    WHERE review_at <= $1 AND undone_at IS NULL AND review_at IS NOT NULL
      AND target_account_id <> $2
      AND id > $3
    ORDER BY review_at, id
    LIMIT $4
"""


async def list_due(
    tx: Reading, *, at: datetime, viewer_id: int, after_id: int, limit: int
) -> list[Action]:
    """Actions that somebody should look at again, the longest due first, none about the viewer."""
    return [action_of(row) for row in await tx.fetch_all(LIST_DUE, at, viewer_id, after_id, limit)]


def action_of(row: Row) -> Action:
    """A row of COLUMNS as an action."""
    values = dict(row) | {"kind": Kind(row["kind"]), "undoing": from_json(row["undoing"])}
    return Action(**{name: values[name] for name in Action.__dataclass_fields__})


LIST_CASES_ABOUT = f"""
    SELECT c.id, c.title, c.state, c.outcome, c.created_at FROM cases c
    WHERE c.target_account_id = $2 AND {unhidden()}
    ORDER BY c.id DESC
    LIMIT 20
"""


async def list_cases_about(tx: Reading, *, viewer_id: int, account_id: int) -> list[CaseNote]:
    """The newest cases about an account that the viewer may see."""
    rows = await tx.fetch_all(LIST_CASES_ABOUT, viewer_id, account_id)
    return [CaseNote(*row.values()) for row in rows]
