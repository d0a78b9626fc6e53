"""The levers towards whole servers: nobody else writes a policy.

Moderation decides and calls them inside its transaction; what follows for accounts, follows and
deliveries happens by reactions, a page at a time, and can be looked at while it goes on.
"""

from datetime import datetime

from watertower.accounts.events import ServerPolicyChanged
from watertower.accounts.queries import server_policies
from watertower.accounts.servers import Policy, Wanted
from watertower.base.db.transaction import Transaction
from watertower.base.events import record


async def set_policy(
    tx: Transaction, *, domain: str, wanted: Wanted, decision_id: int | None, at: datetime
) -> Policy:
    """Put a policy in force in place of the one that was."""
    await server_policies.lock_policies(tx)
    policy = await server_policies.upsert_policy(
        tx, domain=domain, wanted=wanted, decision_id=decision_id, at=at
    )
    await record(tx, ServerPolicyChanged(domain=domain))
    return policy


async def clear_policy(tx: Transaction, *, domain: str, at: datetime) -> bool:
    """Nothing special holds for the server any more; False if nothing did."""
    await server_policies.lock_policies(tx)
    if not await server_policies.delete_policy(tx, domain=domain, at=at):
        return False
    await record(tx, ServerPolicyChanged(domain=domain))
    return True


async def allow_server(tx: Transaction, *, domain: str, at: datetime) -> Policy:
    """Put a server on the allow list (it counts where federation is limited to that list)."""
    await server_policies.lock_policies(tx)
    return await server_policies.allow(tx, domain=domain, at=at)


async def disallow_server(tx: Transaction, *, domain: str) -> bool:
    """Take a server off the allow list; False if it was not there."""
    await server_policies.lock_policies(tx)
    return await server_policies.disallow(tx, domain=domain)
