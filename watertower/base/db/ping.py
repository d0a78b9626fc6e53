"""Whether the database answers."""

from watertower.base.db.transaction import Reading

PING = "SELECT 1"


async def ping(tx: Reading) -> None:
    """Ask the database the simplest question; raises what goes wrong."""
    await tx.fetch_value(PING)
