"""Invitations: codes that let somebody in."""

from datetime import datetime

from watertower.accounts.credentials import Invite
from watertower.base.db.transaction import Reading, Transaction

COLUMNS = """
    id, code, account_id, max_uses, uses, expires_at, follows_inviter, comment, created_at
"""

# An invitation is as good as who gave it: not that of a suspended or frozen member.
IS_GOOD = """
    (max_uses IS NULL OR uses < max_uses)
    AND (expires_at IS NULL OR expires_at > $2)
    AND EXISTS (
        SELECT FROM accounts a JOIN logins l ON l.account_id = a.id
        WHERE a.id = invites.account_id AND a.suspended_at IS NULL AND a.deleted_at IS NULL
          AND l.frozen_at IS NULL
    )
"""

FIND_GOOD_INVITE = f"SELECT {COLUMNS} FROM invites WHERE code = $1 AND {IS_GOOD}"


async def find_good_invite(tx: Reading, *, code: str, at: datetime) -> Invite | None:
    """The invitation of this code, if it can still be used."""
    row = await tx.fetch_one(FIND_GOOD_INVITE, code, at)
    return row and Invite(*row.values())


USE_INVITE = f"UPDATE invites SET uses = uses + 1 WHERE code = $1 AND {IS_GOOD} RETURNING id"


async def update_invite_used(tx: Transaction, *, code: str, at: datetime) -> int | None:
    """Count one use; None if it cannot be used any more. Safe with many at once."""
    found: int | None = await tx.fetch_value(USE_INVITE, code, at)
    return found


INSERT_INVITE = f"""
    INSERT INTO invites (code, account_id, max_uses, expires_at, follows_inviter, comment, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    RETURNING {COLUMNS}
"""


async def insert_invite(
    tx: Transaction,
    *,
    code: str,
    account_id: int,
    max_uses: int | None,
    expires_at: datetime | None,
    follows_inviter: bool,
    comment: str,
    at: datetime,
) -> Invite:
    """The new invitation."""
    row = await tx.fetch_one(
        INSERT_INVITE, code, account_id, max_uses, expires_at, follows_inviter, comment, at
    )
    assert row is not None  # noqa: S101  # RETURNING of an INSERT of one row
    return Invite(*row.values())


LIST_INVITES = f"""
    SELECT {COLUMNS} FROM invites WHERE account_id = $1 ORDER BY id DESC LIMIT $2
"""


async def list_invites(tx: Reading, *, account_id: int, limit: int = 100) -> list[Invite]:
    """A member's invitations, newest first."""
    rows = await tx.fetch_all(LIST_INVITES, account_id, limit)
    return [Invite(*row.values()) for row in rows]


EXPIRE_INVITE = """
    UPDATE invites SET expires_at = $3
    WHERE id = $1 AND account_id = $2 AND (expires_at IS NULL OR expires_at > $3)
"""


async def update_invite_expired(
    tx: Transaction, *, invite_id: int, account_id: int, at: datetime
) -> bool:
    """End an invitation of this member; whether it was still open."""
    return bool(await tx.execute(EXPIRE_INVITE, invite_id, account_id, at))


FIND_FOLLOWED_INVITER = """
    SELECT i.account_id
    FROM logins l
    JOIN invites i ON i.id = l.invite_id
    WHERE l.account_id = $1 AND i.follows_inviter
"""


async def find_followed_inviter(tx: Reading, *, account_id: int) -> int | None:
    """Who invited this member, if the invitation says that they will follow."""
    found: int | None = await tx.fetch_value(FIND_FOLLOWED_INVITER, account_id)
    return found
