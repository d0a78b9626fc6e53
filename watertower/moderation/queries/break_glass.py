"""Powers lent in an emergency, and powers that nobody gave."""

from datetime import datetime

from watertower.accounts.capacities import ADMINISTERS, INFRASTRUCTURE, MODERATION
from watertower.base.db.transaction import Reading, Row, Transaction

INSERT_ASKED = """
    INSERT INTO break_glass (account_id, team, reason, asked_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING RETURNING id
"""


async def insert_asked(
    tx: Transaction, *, account_id: int, team: str, reason: str, at: datetime
) -> int | None:
    """A request; None if one of theirs is open."""
    made: int | None = await tx.fetch_value(INSERT_ASKED, account_id, team, reason, at)
    return made


_LOAN = """
    SELECT b.id, b.account_id, a.username, b.team, b.reason, b.state, b.asked_at,
           b.agreed_by_account_id, g.username AS agreed_by, b.until, b.ended_at, b.review_due_at,
           b.reminded, b.review_words, v.username AS reviewed_by
    FROM break_glass b
    JOIN accounts a ON a.id = b.account_id
    LEFT JOIN accounts g ON g.id = b.agreed_by_account_id
    LEFT JOIN accounts v ON v.id = b.reviewed_by_account_id
"""
LOCK_LOAN = f"{_LOAN} WHERE b.id = $1 FOR UPDATE OF b"


async def lock_loan(tx: Transaction, *, loan_id: int) -> Row | None:
    """One request, held until the transaction ends."""
    return await tx.fetch_one(LOCK_LOAN, loan_id)


LIST_LOANS = f"{_LOAN} ORDER BY b.id DESC LIMIT 50"


async def list_loans(tx: Reading) -> list[Row]:
    """The newest requests."""
    return await tx.fetch_all(LIST_LOANS)


UPDATE_LOAN = """
    UPDATE break_glass
    SET state = $2, agreed_by_account_id = coalesce($3, agreed_by_account_id),
        agreed_at = CASE WHEN $3::bigint IS NULL THEN agreed_at ELSE $4 END,
        until = coalesce($5, until), ended_at = coalesce($6, ended_at),
        review_due_at = coalesce($7, review_due_at)
    WHERE id = $1
"""


async def update_loan(
    tx: Transaction,
    *,
    loan_id: int,
    state: str,
    at: datetime,
    agreed_by: int | None = None,
    until: datetime | None = None,
    ended_at: datetime | None = None,
    review_due_at: datetime | None = None,
) -> None:
    """Move a request on."""
    await tx.execute(UPDATE_LOAN, loan_id, state, agreed_by, at, until, ended_at, review_due_at)


UPDATE_REVIEWED = """
    UPDATE break_glass
    SET state = 'reviewed', reviewed_by_account_id = $2, review_words = $3, reviewed_at = $4
    WHERE id = $1
"""


async def update_loan_reviewed(
    tx: Transaction, *, loan_id: int, by: int, words: str, at: datetime
) -> None:
    """Somebody looked at what was done with it."""
    await tx.execute(UPDATE_REVIEWED, loan_id, by, words, at)


LIST_OVER = f"""
    {_LOAN} WHERE b.state = 'open' AND b.until <= $1 ORDER BY b.id LIMIT 100
    FOR UPDATE OF b SKIP LOCKED
"""


async def list_loans_over(tx: Transaction, *, at: datetime) -> list[Row]:
    """Loans whose time is over."""
    return await tx.fetch_all(LIST_OVER, at)


LIST_UNREVIEWED = f"""
    {_LOAN}
    WHERE b.state = 'ended' AND b.reminded < 3
      AND b.ended_at + (b.review_due_at - b.ended_at) * (CASE b.reminded
            WHEN 0 THEN 0.5 WHEN 1 THEN 0.9 ELSE 1.0 END) <= $1
    ORDER BY b.id LIMIT 100
    FOR UPDATE OF b SKIP LOCKED
"""


async def list_loans_to_remind(tx: Transaction, *, at: datetime) -> list[Row]:
    """Ended loans whose review is to be reminded of."""
    return await tx.fetch_all(LIST_UNREVIEWED, at)


UPDATE_LOAN_REMINDED = "UPDATE break_glass SET reminded = $2 WHERE id = $1"


async def update_loan_reminded(tx: Transaction, *, loan_id: int, stage: int) -> None:
    """Note how far the reminding is."""
    await tx.execute(UPDATE_LOAN_REMINDED, loan_id, stage)


# A role with anything of a team, and no stay in a team that gave it; or a stay beside another role.
LIST_UNGIVEN = f"""
    SELECT l.account_id, l.role_id, a.username, r.name AS role,
           CASE WHEN m.id IS NULL THEN 'holds powers of a team without being in one'
                ELSE 'holds another role than the team gave' END AS what
    FROM logins l
    JOIN roles r ON r.id = l.role_id
    JOIN accounts a ON a.id = l.account_id
    LEFT JOIN team_memberships m
        ON m.account_id = l.account_id AND m.state IN ('onboarding', 'active')
    WHERE (m.id IS NULL AND r.permissions & {int(ADMINISTERS)} = 0
           AND r.permissions & {int(MODERATION | INFRASTRUCTURE)} <> 0
           AND r.id <> -99)
       OR (m.id IS NOT NULL AND m.role_id <> l.role_id)
    UNION ALL
    SELECT l.account_id, l.role_id, a.username, r.name, 'was lent powers that nobody agreed to'
    FROM logins l
    JOIN roles r ON r.id = l.role_id
    JOIN accounts a ON a.id = l.account_id
    WHERE l.lent_until > $1 AND NOT EXISTS (
        SELECT FROM break_glass b
        WHERE b.account_id = l.account_id AND b.state = 'open' AND b.until >= l.lent_until)
    ORDER BY 1 LIMIT 500
"""


async def list_ungiven_powers(tx: Reading, *, at: datetime) -> list[Row]:
    """Who holds what no team gave: account_id, role_id, username, role, what."""
    return await tx.fetch_all(LIST_UNGIVEN, at)


INSERT_FINDING = """
    INSERT INTO power_findings (account_id, role_id, what, found_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING RETURNING id
"""


async def insert_finding(
    tx: Transaction, *, account_id: int, role_id: int, what: str, at: datetime
) -> int | None:
    """A finding; None if it is known."""
    made: int | None = await tx.fetch_value(INSERT_FINDING, account_id, role_id, what, at)
    return made


SETTLE_FINDINGS = """
    UPDATE power_findings SET settled_at = $2
    WHERE settled_at IS NULL AND account_id <> ALL($1::bigint[])
"""


async def settle_findings(tx: Transaction, *, but: list[int], at: datetime) -> int:
    """What is no longer so."""
    return await tx.execute(SETTLE_FINDINGS, but, at)


LIST_FINDINGS = """
    SELECT f.id, f.account_id, a.username, r.name AS role, f.what, f.found_at
    FROM power_findings f
    LEFT JOIN accounts a ON a.id = f.account_id
    LEFT JOIN roles r ON r.id = f.role_id
    WHERE f.settled_at IS NULL ORDER BY f.id LIMIT 100
"""


async def list_findings(tx: Reading) -> list[Row]:
    """What the check found and nobody put right."""
    return await tx.fetch_all(LIST_FINDINGS)
