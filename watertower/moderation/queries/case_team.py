"""Who of the team can have to do with a case."""

from watertower.accounts.queries.powers import MAY_HAVE_POWERS, powers
from watertower.base.db.transaction import Reading, Row
from watertower.moderation.queries.case_walls import unhidden

_DECIDERS = f"""
    FROM logins l
    JOIN roles r ON r.id = l.role_id
    JOIN accounts a ON a.id = l.account_id
    JOIN cases c ON c.id = $1
    WHERE {MAY_HAVE_POWERS} AND {powers()} & $2 <> 0 AND l.frozen_at IS NULL AND a.suspended_at IS NULL
      AND l.confirmed_at IS NOT NULL
      AND {unhidden("c", "a.id")}
"""
COUNT_DECIDERS = f"SELECT count(*) {_DECIDERS}"


async def count_deciders(tx: Reading, *, case_id: int, permissions: int) -> int:
    """How many have one of these permissions and may see the case."""
    found: int = await tx.fetch_value(COUNT_DECIDERS, case_id, permissions)
    return found


LIST_TEAM_OF_CASE = (
    f"SELECT a.id, a.username, r.name AS role {_DECIDERS} ORDER BY a.username LIMIT 100"
)


async def list_team_of_case(tx: Reading, *, case_id: int, permissions: int) -> list[Row]:
    """Who may be given the case: id, username, role."""
    return await tx.fetch_all(LIST_TEAM_OF_CASE, case_id, permissions)


LIST_TEAM = f"""
    SELECT a.id, a.username, r.name AS role
    FROM logins l
    JOIN roles r ON r.id = l.role_id
    JOIN accounts a ON a.id = l.account_id
    WHERE {MAY_HAVE_POWERS} AND {powers()} & $1 <> 0 AND l.frozen_at IS NULL AND a.suspended_at IS NULL
    ORDER BY a.username LIMIT 100
"""


async def list_team(tx: Reading, *, permissions: int) -> list[Row]:
    """Everybody with one of these permissions: id, username, role."""
    return await tx.fetch_all(LIST_TEAM, permissions)
