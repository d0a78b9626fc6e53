"""The levers of the team: nobody else changes what a login may do.

What is taken away ends streams that are open with the member's tokens at once; pages and apps
are asked anew with every request.
"""

from datetime import datetime

from watertower.accounts.capacities import COMMON, INFRASTRUCTURE, MODERATION
from watertower.accounts.queries.powers import (
    SEPARATED,
    update_lent,
    update_locked,
    update_role_of_account,
)
from watertower.accounts.queries.roles import find_permissions, insert_role
from watertower.accounts.queries.site import set_site_setting
from watertower.base.db.transaction import Transaction
from watertower.base.live import publish

EVERYBODY = -99  # the role of a member without any


async def give_role(tx: Transaction, *, account_id: int, role_id: int) -> bool:
    """Give a role; the powers of the one before end with it. False without a login here."""
    if not await update_role_of_account(tx, account_id=account_id, role_id=role_id):
        return False
    await publish(tx, "kill", account_id=account_id)
    return True


async def take_role(tx: Transaction, *, account_id: int) -> bool:
    """Leave a member with what every member may: role, loans and locks end together."""
    await update_lent(tx, account_id=account_id, permissions=0, until=None)
    await update_locked(tx, account_ids=[account_id], locked_from=None)
    return await give_role(tx, account_id=account_id, role_id=EVERYBODY)


async def lend(tx: Transaction, *, account_id: int, permissions: int, until: datetime) -> bool:
    """Add permissions until then."""
    return await update_lent(tx, account_id=account_id, permissions=permissions, until=until)


async def end_loan(tx: Transaction, *, account_id: int) -> None:
    """Take back what was lent."""
    await update_lent(tx, account_id=account_id, permissions=0, until=None)
    await publish(tx, "kill", account_id=account_id)


async def lock_powers(
    tx: Transaction, *, account_ids: list[int], locked_from: datetime | None
) -> None:
    """From then on their roles grant them nothing; None unlocks."""
    await update_locked(tx, account_ids=account_ids, locked_from=locked_from)


async def separate_duties(tx: Transaction, *, are_separated: bool) -> None:
    """Whether administrators may still look into cases: not while a team moderates."""
    await set_site_setting(tx, SEPARATED, are_separated)


async def holds_powers(tx: Transaction, *, account_id: int) -> bool:
    """Whether the role of a member has anything of a team."""
    held = await find_permissions(tx, account_id=account_id)
    return bool(held & int(MODERATION | INFRASTRUCTURE))


async def make_role(tx: Transaction, *, name: str, position: int, permissions: int) -> int:
    """A role for a team of the community's own: common permissions only; its id."""
    return await insert_role(
        tx, name=name, position=position, permissions=permissions & int(COMMON)
    )
