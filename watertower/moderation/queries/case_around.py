"""What lies around a case: who steps aside, links, people it touches, guests."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.moderation.queries.case_walls import unhidden

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
