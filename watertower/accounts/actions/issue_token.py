"""Issue an access token: what an app shows to act for a member, or for itself."""

from collections.abc import Sequence
from datetime import UTC, datetime

from watertower.accounts.queries.tokens import insert_token
from watertower.accounts.tokens import hash_of, new_token
from watertower.base.db.transaction import Transaction


async def issue_token(
    tx: Transaction,
    *,
    application_id: int,
    login_id: int | None,
    scopes: Sequence[str],
    grant_id: int | None = None,
    at: datetime | None = None,
) -> str:
    """A step: the new token, which is nowhere kept in this form. Tokens do not expire."""
    token = new_token()
    await insert_token(
        tx,
        token_hash=hash_of(token),
        application_id=application_id,
        login_id=login_id,
        grant_id=grant_id,
        scopes=scopes,
        at=at or datetime.now(UTC),
    )
    return token
