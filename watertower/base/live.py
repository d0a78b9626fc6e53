"""Live events for open apps: what happened, by ids, carried by NOTIFY when a transaction commits.

The streaming processes listen, find out whom of their listeners it concerns, and render it
for them. Payloads are small (PostgreSQL allows 8,000 bytes) and hold no content, so nothing
private is in them. What is lost when nobody listens is only the liveness: every app reads the
lists when it comes back.
"""

from typing import Any

from watertower.base.db.transaction import Transaction
from watertower.base.json import to_json

CHANNEL = "watertower_live"

NOTIFY = "SELECT pg_notify($1, $2)"


async def publish(tx: Transaction, event: str, **ids: Any) -> None:
    """Tell the streams, once the transaction commits. `event` names what happened."""
    await tx.fetch_value(NOTIFY, CHANNEL, to_json({"event": event, **ids}))
