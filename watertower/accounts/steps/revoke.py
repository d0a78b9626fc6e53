"""Make tokens worthless: in the database, and for streams that are open with them."""

from datetime import datetime

from watertower.accounts.events import TokensRevoked
from watertower.accounts.queries.grants import update_grants_expired
from watertower.accounts.queries.sessions import delete_sessions
from watertower.accounts.queries.tokens import update_tokens_revoked
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.base.live import publish

IDS_AT_ONCE = 200  # a live event holds at most 8,000 bytes


async def revoke_tokens(
    tx: Transaction,
    *,
    at: datetime,
    token_id: int | None = None,
    grant_id: int | None = None,
    login_id: int | None = None,
    application_id: int | None = None,
) -> int:
    """Revoke one token, a grant's, or a login's (one application's or all); how many were good."""
    ids = await update_tokens_revoked(
        tx,
        at=at,
        token_id=token_id,
        grant_id=grant_id,
        login_id=login_id,
        application_id=application_id,
    )
    if login_id is not None:
        await update_grants_expired(tx, login_id=login_id, application_id=application_id, at=at)
    for start in range(0, len(ids), IDS_AT_ONCE):
        some = ids[start : start + IDS_AT_ONCE]
        await publish(tx, "kill", token_ids=some)
        await record(tx, TokensRevoked(token_ids=some))
    return len(ids)


async def end_all_access(tx: Transaction, *, login_id: int, at: datetime) -> None:
    """Sign every browser out and revoke every token: after a password reset or a freeze."""
    await delete_sessions(tx, login_id=login_id)
    await revoke_tokens(tx, login_id=login_id, at=at)
