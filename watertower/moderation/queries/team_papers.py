"""Covenants and training: versions after the shipped one, and who accepted what."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.team import Paper

LIST_PAPERS = """
    SELECT DISTINCT ON (name) team, name, version, title, text, binding_from
    FROM team_papers WHERE team = $1
    ORDER BY name, version DESC
    LIMIT 100
"""


async def list_published(tx: Reading, *, team: str) -> list[Paper]:
    """The newest published version of each paper of a team."""
    return [Paper(*row.values()) for row in await tx.fetch_all(LIST_PAPERS, team)]


INSERT_PAPER = """
    INSERT INTO team_papers (
        team, name, version, title, text, published_by_account_id, published_at, binding_from)
    SELECT $1, $2, coalesce(max(version), 1) + 1, $3, $4, $5, $6, $7
    FROM team_papers WHERE team = $1 AND name = $2
    RETURNING version
"""


async def insert_paper(
    tx: Transaction,
    *,
    team: str,
    name: str,
    title: str,
    text: str,
    by: int,
    at: datetime,
    binding_from: datetime,
) -> int:
    """The next version; its number."""
    version: int = await tx.fetch_value(INSERT_PAPER, team, name, title, text, by, at, binding_from)
    return version


INSERT_ACCEPTANCE = """
    INSERT INTO team_acceptances (account_id, team, name, version, accepted_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING
"""


async def insert_acceptance(
    tx: Transaction, *, account_id: int, team: str, name: str, version: int, at: datetime
) -> bool:
    """Somebody accepted or finished a version; False if they did before."""
    return bool(await tx.execute(INSERT_ACCEPTANCE, account_id, team, name, version, at))


LIST_ACCEPTANCES = """
    SELECT name, max(version) AS version FROM team_acceptances
    WHERE account_id = $1 AND team = $2 GROUP BY name ORDER BY name LIMIT 100
"""


async def list_acceptances(tx: Reading, *, account_id: int, team: str) -> dict[str, int]:
    """The newest version of each paper that somebody accepted."""
    rows = await tx.fetch_all(LIST_ACCEPTANCES, account_id, team)
    return {row["name"]: row["version"] for row in rows}


LIST_ALL_ACCEPTANCES = """
    SELECT account_id, name, max(version) AS version FROM team_acceptances
    WHERE account_id = ANY($1::bigint[]) AND team = $2
    GROUP BY account_id, name ORDER BY account_id, name LIMIT 10000
"""


async def list_all_acceptances(
    tx: Reading, *, account_ids: list[int], team: str
) -> dict[int, dict[str, int]]:
    """The same for several people in one query."""
    found: dict[int, dict[str, int]] = {}
    for row in await tx.fetch_all(LIST_ALL_ACCEPTANCES, account_ids, team):
        found.setdefault(row["account_id"], {})[row["name"]] = row["version"]
    return found
