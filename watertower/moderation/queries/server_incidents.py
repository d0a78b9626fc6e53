"""Incidents for which servers are limited."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.server_incidents import Incident

_COLUMNS = "id, name, text, review_at, created_at, closed_at"

INSERT_INCIDENT = f"""
    INSERT INTO server_incidents (name, text, opened_by_account_id, review_at, created_at)
    SELECT $1, $2, $3, $4, $5
    WHERE NOT EXISTS (SELECT 1 FROM server_incidents WHERE name = $1 AND closed_at IS NULL)
    RETURNING {_COLUMNS}
"""
FIND_OPEN_BY_NAME = f"""
    SELECT {_COLUMNS} FROM server_incidents WHERE name = $1 AND closed_at IS NULL LIMIT 1
"""
FIND_INCIDENT = f"SELECT {_COLUMNS} FROM server_incidents WHERE id = $1"
LIST_INCIDENTS = f"SELECT {_COLUMNS} FROM server_incidents ORDER BY id DESC LIMIT 200"
UPDATE_INCIDENT = """
    UPDATE server_incidents SET text = $2, review_at = $3 WHERE id = $1 AND closed_at IS NULL
"""
CLOSE_INCIDENT = """
    UPDATE server_incidents SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL
"""


async def insert_incident(
    tx: Transaction, *, name: str, text: str, actor_id: int, review_at: datetime, at: datetime
) -> Incident | None:
    """Open an incident, or find the open one of this name."""
    row = await tx.fetch_one(INSERT_INCIDENT, name, text, actor_id, review_at, at)
    row = row or await tx.fetch_one(FIND_OPEN_BY_NAME, name)
    return row and Incident(*row.values())


async def find_incident(tx: Reading, *, incident_id: int) -> Incident | None:
    """One incident."""
    row = await tx.fetch_one(FIND_INCIDENT, incident_id)
    return row and Incident(*row.values())


async def list_incidents(tx: Reading) -> list[Incident]:
    """Incidents, latest first."""
    return [Incident(*row.values()) for row in await tx.fetch_all(LIST_INCIDENTS)]


async def update_incident(
    tx: Transaction, *, incident_id: int, text: str, review_at: datetime
) -> bool:
    """Say how it stands, and when to look again."""
    return bool(await tx.execute(UPDATE_INCIDENT, incident_id, text, review_at))


async def close_incident(tx: Transaction, *, incident_id: int, at: datetime) -> bool:
    """It is over."""
    return bool(await tx.execute(CLOSE_INCIDENT, incident_id, at))
