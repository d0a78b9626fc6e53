"""What a login may do at a moment: one expression, used by every query that asks.

Three things change what a role says (docs/decisions/capacities.md): where a team moderates, an
administrator does not; powers that were lent end by the clock; powers whose covenant or training
was not accepted in time are locked. No query more than the one that reads the role.
"""

from datetime import datetime

from watertower.accounts.capacities import (
    ADMINISTERS,
    BESIDE_MODERATION,
    COMMON,
    MODERATION,
)
from watertower.accounts.model import Permission
from watertower.base.db.transaction import Transaction

SEPARATED = "duties_separated"  # the site setting; true while a team moderates


def powers(at: str = "now()", *, r: str = "r", login: str = "l") -> str:
    """SQL of the permission bits; `r` and `login` are the names of roles and logins in the query."""
    return f"""(CASE
        WHEN {r}.permissions & {int(ADMINISTERS)} <> 0 THEN
            CASE WHEN NOT EXISTS (SELECT FROM site_settings sep
                                  WHERE sep.name = '{SEPARATED}' AND sep.value = 'true'::jsonb)
                 THEN {r}.permissions
                 WHEN {r}.permissions & {int(Permission.ADMINISTRATOR)} <> 0
                 THEN {int(BESIDE_MODERATION)}
                 ELSE {r}.permissions & ~{int(MODERATION)}::bigint END
        WHEN {login}.powers_locked_from <= {at} THEN {r}.permissions & {int(COMMON)}
        ELSE {r}.permissions
    END | CASE WHEN {login}.lent_until > {at} THEN {login}.lent_permissions ELSE 0 END)"""


# Only these can have any: everybody else has the role of everybody. `l` is the login; for the
# index logins_staff, without which every login would be read.
MAY_HAVE_POWERS = "(l.role_id <> -99 OR l.lent_until IS NOT NULL)"


UPDATE_LENT = """
    UPDATE logins SET lent_permissions = $2, lent_until = $3 WHERE account_id = $1
"""


async def update_lent(
    tx: Transaction, *, account_id: int, permissions: int, until: datetime | None
) -> bool:
    """Lend these permissions until then; None takes back what was lent."""
    return bool(await tx.execute(UPDATE_LENT, account_id, permissions, until))


UPDATE_LOCKED = "UPDATE logins SET powers_locked_from = $2 WHERE account_id = ANY($1::bigint[])"


async def update_locked(
    tx: Transaction, *, account_ids: list[int], locked_from: datetime | None
) -> int:
    """From when on these logins may no longer use their role; None: they may."""
    return await tx.execute(UPDATE_LOCKED, account_ids, locked_from)


UPDATE_ROLE_OF_ACCOUNT = """
    WITH changed AS (
        UPDATE logins SET role_id = $2 WHERE account_id = $1 RETURNING account_id
    )
    UPDATE accounts SET version = version + 1 WHERE id IN (SELECT account_id FROM changed)
"""


async def update_role_of_account(tx: Transaction, *, account_id: int, role_id: int) -> bool:
    """Give a member a role; False for whoever has no login here."""
    return bool(await tx.execute(UPDATE_ROLE_OF_ACCOUNT, account_id, role_id))
