"""What other servers were told about a case."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction

INSERT_FORWARD = """
    INSERT INTO case_forwards (
        case_id, domain, account_id, comment, status_uris, risk_words, by_account_id, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    RETURNING id
"""


async def insert_forward(
    tx: Transaction,
    *,
    case_id: int,
    domain: str,
    account_id: int,
    comment: str,
    status_uris: Sequence[str],
    risk_words: str,
    by: int,
    at: datetime,
) -> int:
    """One server is told."""
    made: int = await tx.fetch_value(
        INSERT_FORWARD, case_id, domain, account_id, comment, list(status_uris), risk_words, by, at
    )
    return made


LIST_FORWARDS = """
    SELECT id, domain, comment, status_uris, risk_words, created_at, withdrawn_at
    FROM case_forwards WHERE case_id = $1 ORDER BY id LIMIT 100
"""


async def list_forwards(tx: Reading, *, case_id: int) -> list[Row]:
    """Who was told what."""
    return await tx.fetch_all(LIST_FORWARDS, case_id)


UPDATE_WITHDRAWN = """
    UPDATE case_forwards SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL
    RETURNING case_id
"""


async def update_withdrawn(tx: Transaction, *, forward_id: int, at: datetime) -> int | None:
    """We take it back; the case, None if that was done."""
    found: int | None = await tx.fetch_value(UPDATE_WITHDRAWN, forward_id, at)
    return found


FIND_SOMEBODY_AT = """
    SELECT id FROM accounts
    WHERE lower(domain) = $1 AND deleted_at IS NULL
    ORDER BY id = $2 DESC NULLS LAST, id LIMIT 1
"""


async def find_somebody_at(tx: Reading, *, domain: str, rather_id: int | None) -> int | None:
    """An account of a server that we know, rather this one: its server's inbox is told."""
    found: int | None = await tx.fetch_value(FIND_SOMEBODY_AT, domain, rather_id)
    return found


FIND_URIS = """
    SELECT s.uri FROM statuses s
    WHERE s.id = ANY($1::bigint[]) AND s.visibility < 2 ORDER BY s.id LIMIT 100
"""


async def list_public_uris(tx: Reading, *, status_ids: Sequence[int]) -> list[str]:
    """Addresses of those of the posts that everybody may see."""
    return [row["uri"] for row in await tx.fetch_all(FIND_URIS, list(status_ids))]
