"""Appeals: their rows, written once and moved along by whoever holds them."""

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json, to_json
from watertower.base.paging import Page
from watertower.moderation.model.appeals import Appeal, Filing, Outcome, State
from watertower.moderation.model.standing import Action, Kind

_NAMES = [field.name for field in fields(Appeal)]
COLUMNS = ", ".join(f"p.{name}" for name in _NAMES)
_SETTABLE = frozenset(_NAMES) | {"code_hash", "code_tries"}


def appeal_of(row: Row) -> Appeal:
    """A row of COLUMNS as an appeal."""
    values = {name: row[name] for name in _NAMES}
    values["kind"] = Kind(row["kind"])
    values["state"] = State(row["state"])
    values["outcome"] = Outcome(row["outcome"]) if row["outcome"] else None
    values["proposal"] = from_json(row["proposal"])
    return Appeal(**values)


# Two filings of one moment, by form and by mail: one of them makes the row.
INSERT_APPEAL = """
    INSERT INTO appeals (
        action_id, kind, case_id, account_id, decider_account_id, round, claim, filed_by, state,
        contact_email, identity_proof, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'filed', $9, $10, $11, $11)
    ON CONFLICT DO NOTHING
    RETURNING id
"""


async def insert_appeal(
    tx: Transaction,
    *,
    filing: Filing,
    action: Action,
    round_: int,
    at: datetime,
) -> int | None:
    """A new appeal; None if somebody filed the same at this very moment."""
    made: int | None = await tx.fetch_value(
        INSERT_APPEAL,
        action.id,
        action.kind,
        action.case_id,
        action.target_account_id,
        action.actor_account_id,
        round_,
        filing.claim,
        filing.filed_by,
        filing.contact_email,
        filing.identity_proof,
        at,
    )
    return made


FIND_APPEAL = f"SELECT {COLUMNS} FROM appeals p WHERE p.id = $1"
LOCK_APPEAL = f"{FIND_APPEAL} FOR UPDATE"


async def find_appeal(tx: Reading, *, appeal_id: int) -> Appeal | None:
    """One appeal, for the server itself and for its own person."""
    row = await tx.fetch_one(FIND_APPEAL, appeal_id)
    return row and appeal_of(row)


async def lock_appeal(tx: Transaction, *, appeal_id: int) -> Appeal | None:
    """One appeal, held against others until the transaction ends."""
    row = await tx.fetch_one(LOCK_APPEAL, appeal_id)
    return row and appeal_of(row)


# One at a time files against a decision.
LOCK_FILING = "SELECT pg_advisory_xact_lock(hashtextextended('appeal:' || $1, 0))"


async def lock_filing(tx: Transaction, *, action_id: int) -> None:
    """Filings against one action come one after the other."""
    await tx.fetch_value(LOCK_FILING, str(action_id))


LIST_OF_ACTION = f"""
    SELECT {COLUMNS} FROM appeals p
    WHERE p.action_id = $1
    ORDER BY p.id DESC
    LIMIT 20
"""


async def list_of_action(tx: Reading, *, action_id: int) -> list[Appeal]:
    """The appeals against one action, newest first."""
    return [appeal_of(row) for row in await tx.fetch_all(LIST_OF_ACTION, action_id)]


LIST_OF_ACCOUNT = f"""
    SELECT {COLUMNS} FROM appeals p
    WHERE p.account_id = $1 AND p.id < $2 AND p.id > $3
    ORDER BY p.id DESC
    LIMIT $4
"""
LIST_OF_ACCOUNT_UPWARDS = LIST_OF_ACCOUNT.replace("DESC", "ASC")


async def list_of_account(tx: Reading, *, account_id: int, page: Page) -> list[Appeal]:
    """A person's own appeals, newest first."""
    sql = LIST_OF_ACCOUNT_UPWARDS if page.upwards else LIST_OF_ACCOUNT
    rows = await tx.fetch_all(sql, account_id, page.before_id, page.after_id, page.limit)
    return [appeal_of(row) for row in (rows[::-1] if page.upwards else rows)]


async def update_appeal(tx: Transaction, *, appeal_id: int, at: datetime, **values: Any) -> bool:
    """Set these columns of an appeal, whose row the caller holds."""
    unknown = set(values) - _SETTABLE
    if unknown:
        raise ValueError(f"no column of appeals: {sorted(unknown)}")
    if values.get("proposal") is not None:
        values["proposal"] = to_json(values["proposal"])
    sets = "".join(f", {name} = ${place}" for place, name in enumerate(values, start=3))
    sql = f"UPDATE appeals SET updated_at = $2{sets} WHERE id = $1"
    return bool(await tx.execute(sql, appeal_id, at, *values.values()))


COUNT_TRY = """
    UPDATE appeals SET code_tries = code_tries + 1
    WHERE id = $1 AND code_until > $2 AND code_tries < $3
    RETURNING code_hash
"""


async def count_try(tx: Transaction, *, appeal_id: int, at: datetime, most: int) -> bytes | None:
    """Count a guess; the hash of the code, None when there is no code to guess any more."""
    found: bytes | None = await tx.fetch_value(COUNT_TRY, appeal_id, at, most)
    return found


FORGET_CONTACTS = """
    UPDATE appeals SET contact_email = '', contact_verified_at = NULL, code_hash = NULL
    WHERE closed_at < $1 AND contact_email <> ''
"""


async def forget_contacts(tx: Transaction, *, closed_before: datetime) -> int:
    """Addresses of appeals that ended long ago."""
    return await tx.execute(FORGET_CONTACTS, closed_before)


HAS_OPEN_ABOUT = """
    SELECT EXISTS (
        SELECT FROM appeals
        WHERE account_id = $1 AND kind = ANY($2::text[]) AND closed_at IS NULL
          AND state <> 'decided'
    )
"""


async def has_open_appeal(tx: Reading, *, account_id: int, kinds: tuple[Kind, ...]) -> bool:
    """Whether an appeal against one of these kinds of decisions waits for its end."""
    return bool(await tx.fetch_value(HAS_OPEN_ABOUT, account_id, list(kinds)))


async def is_held(tx: Reading, *, account_id: int) -> bool:
    """Whether an open appeal against a suspension stops the purge of this account (W5, W7)."""
    return await has_open_appeal(tx, account_id=account_id, kinds=(Kind.SUSPEND,))


LIST_HELD_ACTIONS = """
    SELECT action_id FROM appeals
    WHERE action_id = ANY($1::bigint[]) AND closed_at IS NULL
      AND state <> 'decided'
"""


async def list_held_actions(tx: Reading, *, action_ids: list[int]) -> set[int]:
    """Which of these actions are under appeal: what they took away must stay restorable."""
    return {row["action_id"] for row in await tx.fetch_all(LIST_HELD_ACTIONS, action_ids)}


CLOSE_LAPSED = """
    UPDATE appeals SET state = 'closed', outcome = 'lapsed', closed_at = $1, updated_at = $1
    WHERE state = 'filed' AND created_at <= $2
    RETURNING id, action_id, kind, account_id
"""


async def close_lapsed(tx: Transaction, *, at: datetime, within: timedelta) -> list[Row]:
    """Close those whose address nobody verified in time."""
    return await tx.fetch_all(CLOSE_LAPSED, at, at - within)


# An answer to the mail of a decision: to the appeal that runs, or the first word of one.
FIND_FOR_REPLY = """
    SELECT m.id FROM moderation_actions m
    WHERE m.case_id = $1 AND m.target_account_id = $2 AND m.undone_at IS NULL
      AND (EXISTS (SELECT FROM appeals p WHERE p.action_id = m.id AND p.closed_at IS NULL
                   AND p.state <> 'decided')
           OR (m.kind = 'suspend'
               AND NOT EXISTS (SELECT FROM appeals p WHERE p.action_id = m.id)))
    ORDER BY EXISTS (SELECT FROM appeals p WHERE p.action_id = m.id) DESC, m.id DESC
    LIMIT 1
"""


async def find_action_for_reply(tx: Reading, *, case_id: int, account_id: int) -> int | None:
    """The action whose appeal a person's mail about this case belongs to; None: to no appeal."""
    found: int | None = await tx.fetch_value(FIND_FOR_REPLY, case_id, account_id)
    return found
