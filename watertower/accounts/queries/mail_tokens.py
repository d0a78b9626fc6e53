"""Links in mails: confirm an address, choose a new password. Only their hashes are kept."""

from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction

CONFIRM = "confirm"
RESET = "reset"


@dataclass(frozen=True)
class MailToken:
    """A link that is good: whose it is, and for which address."""

    id: int
    login_id: int
    email: str


INSERT_MAIL_TOKEN = """
    INSERT INTO mail_tokens (login_id, token_hash, purpose, email, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6)
"""


async def insert_mail_token(
    tx: Transaction,
    *,
    login_id: int,
    token_hash: bytes,
    purpose: str,
    email: str,
    at: datetime,
    expires_at: datetime,
) -> None:
    """Keep a link."""
    await tx.execute(INSERT_MAIL_TOKEN, login_id, token_hash, purpose, email, at, expires_at)


FIND_MAIL_TOKEN = """
    SELECT id, login_id, email FROM mail_tokens
    WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
"""


async def find_mail_token(
    tx: Reading, *, token_hash: bytes, purpose: str, at: datetime
) -> MailToken | None:
    """The link, if it is still good."""
    row = await tx.fetch_one(FIND_MAIL_TOKEN, token_hash, purpose, at)
    return row and MailToken(*row.values())


USE_MAIL_TOKEN = """
    UPDATE mail_tokens SET used_at = $3
    WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
    RETURNING id, login_id, email
"""


async def update_mail_token_used(
    tx: Transaction, *, token_hash: bytes, purpose: str, at: datetime
) -> MailToken | None:
    """Use the link up; None if it is not good. Of two at once, one gets it."""
    row = await tx.fetch_one(USE_MAIL_TOKEN, token_hash, purpose, at)
    return row and MailToken(*row.values())


USE_ALL_MAIL_TOKENS = """
    UPDATE mail_tokens SET used_at = $3 WHERE login_id = $1 AND purpose = $2 AND used_at IS NULL
"""


async def update_mail_tokens_used(
    tx: Transaction, *, login_id: int, purpose: str, at: datetime
) -> None:
    """Make all links of this purpose worthless."""
    await tx.execute(USE_ALL_MAIL_TOKENS, login_id, purpose, at)


HAS_RECENT_MAIL_TOKEN = """
    SELECT EXISTS (
        SELECT FROM mail_tokens WHERE login_id = $1 AND purpose = $2 AND created_at > $3
    )
"""


async def has_recent_mail_token(
    tx: Reading, *, login_id: int, purpose: str, since: datetime
) -> bool:
    """Whether a link was sent since then, so that nobody floods a mailbox."""
    return bool(await tx.fetch_value(HAS_RECENT_MAIL_TOKEN, login_id, purpose, since))
