"""Roles: what members may beyond being members."""

from watertower.accounts.model import Role
from watertower.accounts.queries.powers import powers
from watertower.base.db.transaction import Reading, Transaction

FIND_ROLE_BY_NAME = """
    SELECT id, name, color, position, permissions, is_highlighted
    FROM roles
    WHERE lower(name) = lower($1)
"""


async def find_role_by_name(tx: Reading, *, name: str) -> Role | None:
    """The role of this name; "" is everybody's."""
    row = await tx.fetch_one(FIND_ROLE_BY_NAME, name)
    return row and Role(*row.values())


LIST_ROLES = """
    SELECT id, name, color, position, permissions, is_highlighted
    FROM roles
    ORDER BY position DESC, id
    LIMIT 200
"""


async def list_roles(tx: Reading) -> list[Role]:
    """All roles, the highest first."""
    return [Role(*row.values()) for row in await tx.fetch_all(LIST_ROLES)]


FIND_PERMISSIONS = f"""
    SELECT {powers()} FROM logins l JOIN roles r ON r.id = l.role_id WHERE l.account_id = $1
"""


async def find_permissions(tx: Reading, *, account_id: int) -> int:
    """The permission bits of a member; 0 for anybody else."""
    return int(await tx.fetch_value(FIND_PERMISSIONS, account_id) or 0)


INSERT_ROLE = """
    INSERT INTO roles (id, name, position, permissions, is_highlighted)
    VALUES (next_id(), $1, $2, $3, true)
    RETURNING id
"""


async def insert_role(tx: Transaction, *, name: str, position: int, permissions: int) -> int:
    """A role that shows on the profile; its id."""
    made: int = await tx.fetch_value(INSERT_ROLE, name, position, permissions)
    return made
