"""What reviews of servers found, and the criteria in force."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.server_reviews import Finding

INSERT_FINDING = """
    INSERT INTO review_findings
        (review_id, is_server_level, text, url, evidence_id, author_account_id, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
LIST_FINDINGS = """
    SELECT f.id, f.is_server_level, f.text, f.url, f.evidence_id,
           (SELECT a.username FROM accounts a WHERE a.id = f.author_account_id) AS author_name,
           f.created_at
    FROM review_findings f
    WHERE f.review_id = $1
    ORDER BY f.id
    LIMIT 500
"""
HAS_SAME_FINDING = """
    SELECT EXISTS (
        SELECT 1 FROM review_findings
        WHERE review_id = $1 AND is_server_level = $2 AND text = $3 AND url = $4
    )
"""


async def insert_finding(
    tx: Transaction,
    *,
    review_id: int,
    is_server_level: bool,
    text: str,
    url: str,
    evidence_id: int | None,
    actor_id: int | None,
    at: datetime,
) -> None:
    """Write down what was found."""
    await tx.execute(
        INSERT_FINDING, review_id, is_server_level, text, url, evidence_id, actor_id, at
    )


async def has_same_finding(
    tx: Reading, *, review_id: int, is_server_level: bool, text: str, url: str
) -> bool:
    """Whether exactly this was written down before."""
    return bool(await tx.fetch_value(HAS_SAME_FINDING, review_id, is_server_level, text, url))


async def list_findings(tx: Reading, *, review_id: int) -> list[Finding]:
    """What was found, oldest first."""
    return [Finding(*row.values()) for row in await tx.fetch_all(LIST_FINDINGS, review_id)]


LIST_CRITERIA = """
    SELECT DISTINCT ON (kind) kind, version, points
    FROM federation_criteria
    ORDER BY kind, version DESC
"""
INSERT_CRITERIA = """
    INSERT INTO federation_criteria (kind, version, points, author_account_id, created_at)
    SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4
    FROM federation_criteria WHERE kind = $1
    RETURNING version
"""


async def list_criteria(tx: Reading) -> list[tuple[str, int, Sequence[str]]]:
    """(kind, version, points) of each set as it is in force."""
    return [
        (row["kind"], row["version"], row["points"]) for row in await tx.fetch_all(LIST_CRITERIA)
    ]


async def insert_criteria(
    tx: Transaction, *, kind: str, points: Sequence[str], actor_id: int, at: datetime
) -> int:
    """A new version of a set; its number. Old versions stay: decisions cite them."""
    found: int = await tx.fetch_value(INSERT_CRITERIA, kind, list(points), actor_id, at)
    return found
