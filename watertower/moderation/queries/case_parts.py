"""What is thought and proposed about a case: analyses, proposals, agreement."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import to_json

INSERT_ANALYSIS = """
    INSERT INTO case_analyses (
        case_id, author_account_id, situation, would_do, would_not_do, why, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    RETURNING id
"""


async def insert_analysis(
    tx: Transaction,
    *,
    case_id: int,
    author_id: int,
    situation: str,
    would_do: str,
    would_not_do: str,
    why: str,
    at: datetime,
) -> int:
    """One moderator's view."""
    made: int = await tx.fetch_value(
        INSERT_ANALYSIS, case_id, author_id, situation, would_do, would_not_do, why, at
    )
    return made


LIST_ANALYSES = """
    SELECT n.id, n.situation, n.would_do, n.would_not_do, n.why, n.created_at,
           n.author_account_id, a.username AS author
    FROM case_analyses n LEFT JOIN accounts a ON a.id = n.author_account_id
    WHERE n.case_id = $1 ORDER BY n.id LIMIT 100
"""


async def list_analyses(tx: Reading, *, case_id: int) -> list[Row]:
    """The analyses of a case, oldest first."""
    return await tx.fetch_all(LIST_ANALYSES, case_id)


INSERT_PROPOSAL = """
    INSERT INTO case_proposals (
        case_id, author_account_id, kind, decision, needed, state, is_emergency, action_id,
        due_at, created_at, settled_at)
    VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (case_id) WHERE state = 'open' DO NOTHING
    RETURNING id
"""


async def insert_proposal(
    tx: Transaction,
    *,
    case_id: int,
    author_id: int,
    kind: str,
    decision: Mapping[str, Any],
    needed: int,
    state: str,
    is_emergency: bool,
    action_id: int | None,
    due_at: datetime | None,
    at: datetime,
) -> int | None:
    """A proposal, or a decision that was carried out; None if another one is open."""
    made: int | None = await tx.fetch_value(
        INSERT_PROPOSAL,
        case_id,
        author_id,
        kind,
        to_json(decision),
        needed,
        state,
        is_emergency,
        action_id,
        due_at,
        at,
        at if state == "carried" else None,
    )
    return made


_PROPOSAL = """
    SELECT p.id, p.case_id, p.kind, p.decision::text AS decision, p.needed, p.state,
           p.is_emergency, p.action_id, p.due_at, p.created_at, p.settled_at,
           p.author_account_id, a.username AS author
    FROM case_proposals p LEFT JOIN accounts a ON a.id = p.author_account_id
"""
LIST_PROPOSALS = f"{_PROPOSAL} WHERE p.case_id = $1 ORDER BY p.id LIMIT 100"


async def list_proposals(tx: Reading, *, case_id: int) -> list[Row]:
    """What was proposed and decided in a case, oldest first."""
    return await tx.fetch_all(LIST_PROPOSALS, case_id)


FIND_PROPOSAL = f"{_PROPOSAL} WHERE p.id = $1"


async def find_proposal(tx: Reading, *, proposal_id: int) -> Row | None:
    """One proposal."""
    return await tx.fetch_one(FIND_PROPOSAL, proposal_id)


UPDATE_PROPOSAL = """
    UPDATE case_proposals
    SET state = $3, action_id = coalesce($4, action_id), settled_at = $5
    WHERE id = $1 AND state = $2
"""


async def update_proposal(
    tx: Transaction,
    *,
    proposal_id: int,
    was: str,
    state: str,
    at: datetime,
    action_id: int | None = None,
) -> int:
    """Settle a proposal; 0 if somebody else did."""
    return await tx.execute(UPDATE_PROPOSAL, proposal_id, was, state, action_id, at)


WITHDRAW_OPEN = """
    UPDATE case_proposals SET state = 'withdrawn', settled_at = $2
    WHERE case_id = ANY($1::bigint[]) AND state = 'open'
"""


async def withdraw_open_proposals(tx: Transaction, *, case_ids: Sequence[int], at: datetime) -> int:
    """What was proposed is no longer: the case became another one in between."""
    return await tx.execute(WITHDRAW_OPEN, list(case_ids), at)


HAS_REVIEW_WAITING = """
    SELECT EXISTS (SELECT 1 FROM case_proposals WHERE case_id = $1 AND state = 'to_review')
"""


async def has_review_waiting(tx: Reading, *, case_id: int) -> bool:
    """Whether something that was done in an emergency waits for its second look."""
    found: bool = await tx.fetch_value(HAS_REVIEW_WAITING, case_id)
    return found


UPSERT_AGREEMENT = """
    INSERT INTO case_agreements (proposal_id, account_id, agrees, words, created_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (proposal_id, account_id)
    DO UPDATE SET agrees = excluded.agrees, words = excluded.words, created_at = excluded.created_at
"""


async def upsert_agreement(
    tx: Transaction,
    *,
    proposal_id: int,
    account_id: int,
    agrees: bool,
    words: str,
    at: datetime,
) -> None:
    """Somebody agrees, or does not; one may change one's mind."""
    await tx.execute(UPSERT_AGREEMENT, proposal_id, account_id, agrees, words, at)


LIST_AGREEMENTS = """
    SELECT g.proposal_id, g.account_id, g.agrees, g.words, g.created_at, a.username
    FROM case_agreements g
    JOIN case_proposals p ON p.id = g.proposal_id
    LEFT JOIN accounts a ON a.id = g.account_id
    WHERE p.case_id = $1 ORDER BY g.created_at LIMIT 500
"""


async def list_agreements(tx: Reading, *, case_id: int) -> list[Row]:
    """Who agreed to what in a case."""
    return await tx.fetch_all(LIST_AGREEMENTS, case_id)


COUNT_AGREEING = "SELECT count(*) FROM case_agreements WHERE proposal_id = $1 AND agrees"


async def count_agreeing(tx: Reading, *, proposal_id: int) -> int:
    """How many agree."""
    found: int = await tx.fetch_value(COUNT_AGREEING, proposal_id)
    return found
