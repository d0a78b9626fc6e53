"""Declared types of accounts, as rows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json, to_json
from watertower.moderation.model.account_types import Approval, Said, State, Type

COLUMNS = """
    t.account_id, a.username, a.display_name, t.types, t.state, t.category, t.answers,
    t.is_private, t.private_reason, t.expectations_version, t.domain, t.domain_verified_at,
    t.staff_count, t.fee_waived_reason, t.fee_paid_until, t.limit_exempt_reason,
    t.first_approver_account_id, t.refused_by_account_id, t.reason, t.due_at, t.appealed_at,
    t.applied_at, t.approved_at, t.declared_at,
    coalesce(st.followers_count, 0) AS followers_count
"""
TABLES = """
    FROM account_types t
    JOIN accounts a ON a.id = t.account_id AND a.deleted_at IS NULL
    LEFT JOIN account_stats st ON st.account_id = t.account_id
"""
FIND_APPROVAL = f"SELECT {COLUMNS} {TABLES} WHERE t.account_id = $1"
LOCK_APPROVAL = f"{FIND_APPROVAL} FOR UPDATE OF t"


async def find_approval(tx: Reading, *, account_id: int) -> Approval | None:
    """What this account declared; None: nothing."""
    row = await tx.fetch_one(FIND_APPROVAL, account_id)
    return row and approval_of(row)


async def lock_approval(tx: Transaction, *, account_id: int) -> Approval | None:
    """The same, held until the commit."""
    row = await tx.fetch_one(LOCK_APPROVAL, account_id)
    return row and approval_of(row)


FIND_APPROVAL_BY_NAME = f"""
    SELECT {COLUMNS} {TABLES} WHERE lower(a.username) = lower($1) AND a.domain IS NULL
"""


async def find_approval_by_name(tx: Reading, *, username: str) -> Approval | None:
    """The same, by the name of the account."""
    row = await tx.fetch_one(FIND_APPROVAL_BY_NAME, username)
    return row and approval_of(row)


INSERT_DECLARED = """
    INSERT INTO account_types (account_id, types, state, declared_at, updated_at)
    VALUES ($1, $2, 'declared', $3, $3)
    ON CONFLICT (account_id) DO UPDATE SET
        types = excluded.types, state = 'declared', reason = '', due_at = NULL,
        first_approver_account_id = NULL, category = '', limit_exempt_reason = '',
        updated_at = excluded.updated_at
"""


async def put_declared(
    tx: Transaction, *, account_id: int, types: Sequence[Type], at: datetime
) -> None:
    """Note what an account says it is."""
    await tx.execute(INSERT_DECLARED, account_id, [one.value for one in types], at)


CHANGEABLE = frozenset(
    {
        *("state", "category", "answers", "is_private", "private_reason", "expectations_version"),
        *("expectations_accepted_at", "domain", "domain_verified_at", "staff_count"),
        *("fee_waived_reason", "fee_paid_until", "limit_exempt_reason", "reason", "due_at"),
        *("first_approver_account_id", "decided_by_account_id", "refused_by_account_id"),
        *("appealed_at", "applied_at", "approved_at", "reminded_stage"),
    }
)


async def update_approval(
    tx: Transaction, *, account_id: int, at: datetime, **columns: Any
) -> None:
    """Change these columns of the row."""
    if not columns.keys() <= CHANGEABLE:
        raise ValueError(f"not to be changed: {columns.keys() - CHANGEABLE}")
    if "answers" in columns:
        columns["answers"] = to_json(columns["answers"])
    names = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, 3))
    await tx.execute(
        f"UPDATE account_types SET updated_at = $2, {names} WHERE account_id = $1",
        account_id,
        at,
        *columns.values(),
    )


DELETE_APPROVAL = "DELETE FROM account_types WHERE account_id = $1"


async def delete_approval(tx: Transaction, *, account_id: int) -> bool:
    """Take the declaration back; whether there was one."""
    return bool(await tx.execute(DELETE_APPROVAL, account_id))


# Those that are due first come first.
LIST_APPROVALS = f"""
    SELECT {COLUMNS} {TABLES}
    WHERE t.state = ANY($1::text[]) AND (NOT $2 OR NOT t.is_private)
    ORDER BY t.due_at NULLS LAST, t.account_id
    LIMIT $3
"""


async def list_approvals(
    tx: Reading, *, states: Sequence[State], only_public: bool, limit: int
) -> list[Approval]:
    """Accounts in these states."""
    rows = await tx.fetch_all(LIST_APPROVALS, [s.value for s in states], only_public, limit)
    return [approval_of(row) for row in rows]


# Suspended accounts are on no public page.
LIST_SHOWN = f"""
    SELECT {COLUMNS} {TABLES}
    WHERE t.state IN ('approved', 'under_notice', 'renewal_due') AND a.suspended_at IS NULL
    ORDER BY t.category, lower(a.username)
    LIMIT 5000
"""


async def list_shown(tx: Reading) -> list[Approval]:
    """All approved accounts, by category and name."""
    return [approval_of(row) for row in await tx.fetch_all(LIST_SHOWN)]


LIST_SAME_DOMAIN = f"""
    SELECT {COLUMNS} {TABLES}
    WHERE lower(t.domain) = lower($1) AND t.account_id <> $2 AND t.domain_verified_at IS NOT NULL
    ORDER BY t.account_id
    LIMIT 20
"""


async def list_same_domain(tx: Reading, *, domain: str, account_id: int) -> list[Approval]:
    """Other accounts with this verified domain."""
    return [approval_of(row) for row in await tx.fetch_all(LIST_SAME_DOMAIN, domain, account_id)]


# Not seen for a year: neither posted nor signed in.
LIST_TO_RENEW = """
    SELECT t.account_id,
           CASE WHEN t.fee_paid_until < $1 AND t.fee_waived_reason = '' THEN 'fee'
                WHEN t.expectations_version < $2 THEN 'expectations'
                ELSE 'inactive' END AS why
    FROM account_types t
    JOIN accounts a ON a.id = t.account_id AND a.deleted_at IS NULL
    LEFT JOIN account_stats st ON st.account_id = t.account_id
    LEFT JOIN logins l ON l.account_id = t.account_id
    WHERE t.state = 'approved'
      AND ((t.fee_paid_until < $1 AND t.fee_waived_reason = '')
           OR (t.expectations_version < $2 AND $5)
           OR greatest(st.last_status_at, l.last_active_at, t.approved_at) < $3)
    ORDER BY t.account_id
    LIMIT $4
"""


async def list_to_renew(
    tx: Reading,
    *,
    today: date,
    version: int,
    version_is_old: bool,
    inactive_since: datetime,
    limit: int,
) -> list[tuple[int, str]]:
    """Approved accounts that have to be asked again, and why: fee, expectations, inactive."""
    rows = await tx.fetch_all(LIST_TO_RENEW, today, version, inactive_since, limit, version_is_old)
    return [(row["account_id"], row["why"]) for row in rows]


LIST_DUE = """
    SELECT account_id, state FROM account_types
    WHERE due_at <= $1 AND (state = 'renewal_due' OR (state = 'revoked' AND reminded_stage < 9))
    ORDER BY due_at
    LIMIT 500
"""


async def list_due(tx: Reading, *, now: datetime) -> list[tuple[int, State]]:
    """Approvals whose time is over: renewals without an answer, and revoked ones that stayed."""
    return [(row["account_id"], State(row["state"])) for row in await tx.fetch_all(LIST_DUE, now)]


LIST_TO_REMIND = f"""
    SELECT {COLUMNS}, t.reminded_stage, t.updated_at {TABLES}
    WHERE t.due_at > $1 AND t.reminded_stage < 2
      AND t.state IN ('applied', 'in_review', 'under_notice', 'renewal_due', 'revoked')
    ORDER BY t.due_at
    LIMIT 500
"""


async def list_to_remind(tx: Reading, *, now: datetime) -> list[tuple[Approval, int]]:
    """Approvals with a clock that runs, and how far somebody was reminded of it."""
    rows = await tx.fetch_all(LIST_TO_REMIND, now)
    return [(approval_of(row), row["reminded_stage"]) for row in rows]


INSERT_SAID = """
    INSERT INTO account_type_messages
        (account_id, kind, from_team, author_account_id, state, text, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    RETURNING id
"""


async def insert_said(
    tx: Transaction,
    *,
    account_id: int,
    kind: str,
    from_team: bool,
    author_id: int | None,
    state: str,
    text: str,
    at: datetime,
) -> int:
    """Keep a message or a change; its id."""
    new_id: int = await tx.fetch_value(
        INSERT_SAID, account_id, kind, from_team, author_id, state, text, at
    )
    return new_id


LIST_SAID = """
    SELECT m.id, m.kind, m.from_team, coalesce(a.username, '') AS author, m.state, m.text,
           m.created_at
    FROM account_type_messages m
    LEFT JOIN accounts a ON a.id = m.author_account_id
    WHERE m.account_id = $1
    ORDER BY m.id
    LIMIT 500
"""


async def list_said(tx: Reading, *, account_id: int) -> list[Said]:
    """The thread, oldest first. Who of the team wrote something is for staff only."""
    return [Said(*row) for row in await tx.fetch_all(LIST_SAID, account_id)]


def approval_of(row: Row) -> Approval:
    """A row of COLUMNS as an approval."""
    values = {name: row[name] for name in Approval.__dataclass_fields__}
    values["types"] = tuple(Type(one) for one in row["types"])
    values["state"] = State(row["state"])
    values["answers"] = from_json(row["answers"])
    return Approval(**values)


FIND_SAID = "SELECT account_id, state, text FROM account_type_messages WHERE id = $1"


async def find_said(tx: Reading, *, said_id: int) -> tuple[int, str, str] | None:
    """Whose thread it stands in, the state it led to, and the text."""
    row = await tx.fetch_one(FIND_SAID, said_id)
    return None if row is None else (row["account_id"], row["state"], row["text"])


LIST_WITH_DOMAINS = """
    SELECT account_id FROM account_types
    WHERE domain IS NOT NULL AND state = ANY($1::text[])
    ORDER BY account_id
    LIMIT 10000
"""


async def list_with_domains(tx: Reading, *, states: Sequence[str]) -> list[int]:
    """Accounts in these states that have a domain."""
    return [row["account_id"] for row in await tx.fetch_all(LIST_WITH_DOMAINS, list(states))]
