"""What hangs on a case: analyses, proposals, who steps aside, links, people, guests."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import to_json
from watertower.moderation.queries.case_walls import unhidden

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


INSERT_CONFLICT = """
    INSERT INTO case_conflicts (case_id, account_id, reason, declared_at)
    VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
"""


async def insert_conflict(
    tx: Transaction, *, case_id: int, account_id: int, reason: str, at: datetime
) -> int:
    """Somebody steps aside."""
    return await tx.execute(INSERT_CONFLICT, case_id, account_id, reason, at)


UPSERT_LINK = """
    INSERT INTO case_links (case_id, other_case_id, note, by_account_id, created_at)
    VALUES (least($1::bigint, $2), greatest($1::bigint, $2), $3, $4, $5)
    ON CONFLICT (case_id, other_case_id) DO UPDATE SET note = excluded.note
"""


async def upsert_link(
    tx: Transaction, *, case_id: int, other_id: int, note: str, by: int, at: datetime
) -> None:
    """These two have to do with one another."""
    await tx.execute(UPSERT_LINK, case_id, other_id, note, by, at)


DELETE_LINK = """
    DELETE FROM case_links WHERE case_id = least($1::bigint, $2)
    AND other_case_id = greatest($1::bigint, $2)
"""


async def delete_link(tx: Transaction, *, case_id: int, other_id: int) -> int:
    """They do not."""
    return await tx.execute(DELETE_LINK, case_id, other_id)


LIST_LINKS = f"""
    SELECT c.id, c.state, c.outcome, k.note, a.username, a.domain, c.target_domain
    FROM case_links k
    JOIN cases c ON c.id = CASE WHEN k.case_id = $2 THEN k.other_case_id ELSE k.case_id END
    LEFT JOIN accounts a ON a.id = c.target_account_id
    WHERE (k.case_id = $2 OR k.other_case_id = $2) AND {unhidden()}
    ORDER BY c.id LIMIT 50
"""


async def list_links(tx: Reading, *, viewer_id: int, case_id: int) -> list[Row]:
    """Cases that have to do with this one, as far as the viewer may see them."""
    return await tx.fetch_all(LIST_LINKS, viewer_id, case_id)


UPSERT_PERSON = """
    INSERT INTO case_people (
        case_id, account_id, harm_caused, harm_received, by_account_id, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (case_id, account_id) DO UPDATE
    SET harm_caused = excluded.harm_caused, harm_received = excluded.harm_received,
        by_account_id = excluded.by_account_id, updated_at = excluded.updated_at
"""


async def upsert_person(
    tx: Transaction,
    *,
    case_id: int,
    account_id: int,
    caused: str,
    received: str,
    by: int,
    at: datetime,
) -> None:
    """What somebody in the case did, and what was done to them."""
    await tx.execute(UPSERT_PERSON, case_id, account_id, caused, received, by, at)


LIST_PEOPLE = """
    SELECT p.account_id, p.harm_caused, p.harm_received, a.username, a.domain
    FROM case_people p JOIN accounts a ON a.id = p.account_id
    WHERE p.case_id = $1 ORDER BY p.updated_at LIMIT 100
"""


async def list_people(tx: Reading, *, case_id: int) -> list[Row]:
    """Whom the case touches."""
    return await tx.fetch_all(LIST_PEOPLE, case_id)


UPSERT_ALTERNATE = """
    INSERT INTO suspected_alternates (
        account_id, other_account_id, confidence, because, case_id, by_account_id, created_at)
    VALUES (least($1::bigint, $2), greatest($1::bigint, $2), $3, $4, $5, $6, $7)
    ON CONFLICT (account_id, other_account_id) DO UPDATE
    SET confidence = excluded.confidence, because = excluded.because, case_id = excluded.case_id
"""


async def upsert_alternate(
    tx: Transaction,
    *,
    account_id: int,
    other_id: int,
    confidence: int,
    because: str,
    case_id: int,
    by: int,
    at: datetime,
) -> None:
    """These may be one person's, and this speaks for it."""
    await tx.execute(UPSERT_ALTERNATE, account_id, other_id, confidence, because, case_id, by, at)


LIST_ALTERNATES = """
    SELECT a.id, a.username, a.domain, s.confidence, s.because, s.case_id
    FROM suspected_alternates s
    JOIN accounts a
      ON a.id = CASE WHEN s.account_id = $1 THEN s.other_account_id ELSE s.account_id END
    WHERE s.account_id = $1 OR s.other_account_id = $1
    ORDER BY s.confidence DESC, a.id LIMIT 50
"""


async def list_alternates(tx: Reading, *, account_id: int) -> list[Row]:
    """Accounts that may be the same person's."""
    return await tx.fetch_all(LIST_ALTERNATES, account_id)


UPSERT_GUEST = """
    INSERT INTO case_guests (
        case_id, account_id, invited_by_account_id, reason, until, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (case_id, account_id) DO UPDATE
    SET until = excluded.until, reason = excluded.reason
"""


async def upsert_guest(
    tx: Transaction,
    *,
    case_id: int,
    account_id: int,
    by: int,
    reason: str,
    until: datetime,
    at: datetime,
) -> None:
    """Let somebody in for a while."""
    await tx.execute(UPSERT_GUEST, case_id, account_id, by, reason, until, at)


LIST_GUESTS = """
    SELECT g.account_id, a.username, g.reason, g.until
    FROM case_guests g JOIN accounts a ON a.id = g.account_id
    WHERE g.case_id = $1 AND g.until > $2 ORDER BY g.until LIMIT 50
"""


async def list_guests(tx: Reading, *, case_id: int, at: datetime) -> list[Row]:
    """Who is let in at this moment."""
    return await tx.fetch_all(LIST_GUESTS, case_id, at)


HAS_GUEST = """
    SELECT EXISTS (SELECT 1 FROM case_guests WHERE case_id = $1 AND account_id = $2 AND until > $3)
"""


async def has_guest(tx: Reading, *, case_id: int, account_id: int, at: datetime) -> bool:
    """Whether this account is let in at this moment."""
    found: bool = await tx.fetch_value(HAS_GUEST, case_id, account_id, at)
    return found
