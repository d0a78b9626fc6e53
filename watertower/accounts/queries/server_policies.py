"""The present policy towards each server, and its effect on one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from watertower.accounts.servers import Policy, Wanted
from watertower.base.db.transaction import Reading, Row, Transaction

_COLUMNS = """
    p.id, p.domain, p.severity, p.rejects_media, p.rejects_reports, p.covers_subdomains,
    p.obfuscates, p.is_listed, p.is_decision, p.public_comment, p.private_comment, p.decision_id,
    p.created_at, p.changed_at, p.allow_id, p.allowed_at
"""

# Whoever changes a policy, or brings accounts in line with one, goes alone.
LOCK_POLICIES = "SELECT pg_advisory_xact_lock(hashtextextended('server policies', 0))"


async def lock_policies(tx: Transaction) -> None:
    """Wait until nobody else changes or applies a policy; held to the transaction's end."""
    await tx.fetch_value(LOCK_POLICIES)


FIND_POLICY = f"SELECT {_COLUMNS} FROM server_policies p WHERE p.domain = $1"


async def find_policy(tx: Reading, *, domain: str) -> Policy | None:
    """What is written for exactly this name, a place on the allow list included."""
    row = await tx.fetch_one(FIND_POLICY, domain)
    return row and _policy_of(row)


# The longest name decides: a subdomain may be treated otherwise than the domain above it.
FIND_EFFECTIVE = f"""
    SELECT {_COLUMNS}
    FROM server_policies p
    WHERE p.is_decision
      AND p.domain = ANY(host_and_parents($1))
      AND (p.covers_subdomains OR p.domain = $1)
    ORDER BY length(p.domain) DESC
    LIMIT 1
"""


async def find_effective_policy(tx: Reading, *, domain: str) -> Policy | None:
    """The decision that holds for a server, its own or that of a domain above it."""
    row = await tx.fetch_one(FIND_EFFECTIVE, domain)
    return row and _policy_of(row)


LIST_EFFECTIVE = f"""
    SELECT asked.domain AS asked, found.*
    FROM unnest($1::text[]) AS asked(domain)
    CROSS JOIN LATERAL (
        SELECT {_COLUMNS}
        FROM server_policies p
        WHERE p.is_decision
          AND p.domain = ANY(host_and_parents(asked.domain))
          AND (p.covers_subdomains OR p.domain = asked.domain)
        ORDER BY length(p.domain) DESC
        LIMIT 1
    ) found
"""


async def list_effective_policies(tx: Reading, *, domains: Sequence[str]) -> Mapping[str, Policy]:
    """The decisions that hold for these servers, by the server's name."""
    rows = await tx.fetch_all(LIST_EFFECTIVE, list(domains))
    return {row["asked"]: _policy_of(row) for row in rows}


LIST_DECIDED = f"""
    SELECT {_COLUMNS} FROM server_policies p
    WHERE p.is_decision AND p.id < $1 AND p.id > $2
    ORDER BY p.id DESC
    LIMIT $3
"""
LIST_DECIDED_UPWARDS = LIST_DECIDED.replace("DESC", "ASC")


async def list_decided(
    tx: Reading, *, before: int, after: int, limit: int, upwards: bool = False
) -> list[Policy]:
    """A page of decisions that hold, newest first."""
    sql = LIST_DECIDED_UPWARDS if upwards else LIST_DECIDED
    found = [_policy_of(row) for row in await tx.fetch_all(sql, before, after, limit)]
    return found[::-1] if upwards else found


LIST_ALLOWED = f"""
    SELECT {_COLUMNS} FROM server_policies p
    WHERE p.is_allowed AND p.allow_id < $1 AND p.allow_id > $2
    ORDER BY p.allow_id DESC
    LIMIT $3
"""
LIST_ALLOWED_UPWARDS = LIST_ALLOWED.replace("DESC", "ASC")


async def list_allowed(
    tx: Reading, *, before: int, after: int, limit: int, upwards: bool = False
) -> list[Policy]:
    """A page of the allow list, newest first."""
    sql = LIST_ALLOWED_UPWARDS if upwards else LIST_ALLOWED
    found = [_policy_of(row) for row in await tx.fetch_all(sql, before, after, limit)]
    return found[::-1] if upwards else found


FIND_POLICY_BY_ID = f"SELECT {_COLUMNS} FROM server_policies p WHERE p.id = $1 AND p.is_decision"
FIND_ALLOWED_BY_ID = f"SELECT {_COLUMNS} FROM server_policies p WHERE p.allow_id = $1"


async def find_policy_by_id(tx: Reading, *, policy_id: int) -> Policy | None:
    """A decision that holds."""
    row = await tx.fetch_one(FIND_POLICY_BY_ID, policy_id)
    return row and _policy_of(row)


async def find_allowed_by_id(tx: Reading, *, allow_id: int) -> Policy | None:
    """A line of the allow list."""
    row = await tx.fetch_one(FIND_ALLOWED_BY_ID, allow_id)
    return row and _policy_of(row)


UPSERT_POLICY = f"""
    INSERT INTO server_policies AS p
        (domain, severity, rejects_media, rejects_reports, covers_subdomains, obfuscates,
         is_listed, public_comment, private_comment, decision_id, is_decision, created_at,
         changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, true, $11, $11)
    ON CONFLICT (domain) DO UPDATE SET
        severity = excluded.severity, rejects_media = excluded.rejects_media,
        rejects_reports = excluded.rejects_reports,
        covers_subdomains = excluded.covers_subdomains, obfuscates = excluded.obfuscates,
        is_listed = excluded.is_listed, public_comment = excluded.public_comment,
        private_comment = excluded.private_comment, decision_id = excluded.decision_id,
        created_at = CASE WHEN p.is_decision THEN p.created_at ELSE excluded.created_at END,
        -- the same suspension goes on when only its words change
        changed_at = CASE WHEN p.is_decision AND p.severity = excluded.severity
                          THEN p.changed_at ELSE excluded.changed_at END,
        is_decision = true
    RETURNING {_COLUMNS}
"""


async def upsert_policy(
    tx: Transaction, *, domain: str, wanted: Wanted, decision_id: int | None, at: datetime
) -> Policy:
    """Write what was decided in the place of what stood there."""
    row = await tx.fetch_one(
        UPSERT_POLICY,
        domain,
        wanted.severity,
        wanted.rejects_media,
        wanted.rejects_reports,
        wanted.covers_subdomains,
        wanted.obfuscates,
        wanted.is_listed,
        wanted.public_comment,
        wanted.private_comment,
        decision_id,
        at,
    )
    assert row is not None  # noqa: S101  # INSERT … RETURNING
    return _policy_of(row)


# A place on the allow list is another matter and stays.
CLEAR_POLICY = """
    UPDATE server_policies
    SET is_decision = false, severity = 'noop', rejects_media = false, rejects_reports = false,
        obfuscates = false, public_comment = '', private_comment = '', decision_id = NULL,
        changed_at = $2
    WHERE domain = $1 AND is_decision
"""
DELETE_EMPTY = (
    "DELETE FROM server_policies WHERE domain = $1 AND NOT is_decision AND NOT is_allowed"
)


async def delete_policy(tx: Transaction, *, domain: str, at: datetime) -> bool:
    """Back to nothing special; False if that is how it was."""
    has_changed = bool(await tx.execute(CLEAR_POLICY, domain, at))
    await tx.execute(DELETE_EMPTY, domain)
    return has_changed


ALLOW = f"""
    INSERT INTO server_policies AS p (domain, is_decision, is_allowed, allow_id, allowed_at)
    VALUES ($1, false, true, next_id(), $2)
    ON CONFLICT (domain) DO UPDATE SET is_allowed = true,
        allow_id = CASE WHEN p.is_allowed THEN coalesce(p.allow_id, excluded.allow_id)
                        ELSE excluded.allow_id END,
        allowed_at = CASE WHEN p.is_allowed THEN coalesce(p.allowed_at, excluded.allowed_at)
                          ELSE excluded.allowed_at END
    RETURNING {_COLUMNS}
"""
DISALLOW = """
    UPDATE server_policies SET is_allowed = false, allow_id = NULL, allowed_at = NULL
    WHERE domain = $1 AND is_allowed
"""


async def allow(tx: Transaction, *, domain: str, at: datetime) -> Policy:
    """Put a server on the allow list, where it stays when it was there."""
    row = await tx.fetch_one(ALLOW, domain, at)
    assert row is not None  # noqa: S101  # INSERT … RETURNING
    return _policy_of(row)


async def disallow(tx: Transaction, *, domain: str) -> bool:
    """Take a server off the allow list; False if it was not on it."""
    has_changed = bool(await tx.execute(DISALLOW, domain))
    await tx.execute(DELETE_EMPTY, domain)
    return has_changed


def _policy_of(row: Row) -> Policy:
    return Policy(
        id=row["id"],
        domain=row["domain"],
        severity=row["severity"],
        rejects_media=row["rejects_media"],
        rejects_reports=row["rejects_reports"],
        covers_subdomains=row["covers_subdomains"],
        obfuscates=row["obfuscates"],
        is_listed=row["is_listed"],
        is_decision=row["is_decision"],
        public_comment=row["public_comment"],
        private_comment=row["private_comment"],
        decision_id=row["decision_id"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
        allow_id=row["allow_id"],
        allowed_at=row["allowed_at"],
    )
