"""Keys that others sign with, and the policy towards the server they come from, in one query."""

from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading
from watertower.federation.model import SenderKey

FIND_SENDER_KEY = """
    SELECT k.key_id, k.public_pem, a.id AS account_id, a.uri AS account_uri,
           coalesce(a.domain, '') AS account_domain, a.suspended_at IS NOT NULL AS is_suspended,
           a.deleted_at IS NOT NULL AS is_gone, a.fetched_at
    FROM account_keys k
    JOIN accounts a ON a.id = k.account_id
    WHERE k.key_id = $1
      AND a.domain IS NOT NULL
      AND k.revoked_at IS NULL
      AND (k.expires_at IS NULL OR k.expires_at > $2)
"""


async def find_sender_key(tx: Reading, *, key_id: str, now: datetime) -> SenderKey | None:
    """The key of this id, if it is known and still good."""
    row = await tx.fetch_one(FIND_SENDER_KEY, key_id, now)
    return row and SenderKey(*row.values())


@dataclass(frozen=True)
class Policy:
    """What this community decided about a server, or about a domain above it."""

    is_suspended: bool
    is_allowed: bool
    rejects_reports: bool
    rejects_media: bool = False
    covers_subdomains: bool = True
    is_decision: bool = True


# A decision that nothing special holds counts too: it may be an exception from one above it.
LIST_POLICIES = """
    SELECT domain, severity = 'suspend' AS is_suspended, is_allowed, rejects_reports,
           rejects_media, covers_subdomains, is_decision
    FROM server_policies
"""


async def list_policies(tx: Reading) -> dict[str, Policy]:
    """Every policy, by domain."""
    rows = await tx.fetch_all(LIST_POLICIES)
    return {
        row["domain"].lower(): Policy(
            row["is_suspended"],
            row["is_allowed"],
            row["rejects_reports"],
            row["rejects_media"],
            row["covers_subdomains"],
            row["is_decision"],
        )
        for row in rows
    }
