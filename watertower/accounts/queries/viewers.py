"""From a token to who is asking, in one query."""

from collections.abc import Sequence
from datetime import datetime

from watertower.accounts.model import Viewer
from watertower.accounts.queries.powers import powers
from watertower.base.db.transaction import Reading, Row

FIND_VIEWER = f"""
    SELECT t.id AS token_id, t.application_id, t.scopes, t.revoked_at IS NOT NULL AS is_revoked,
           t.used_at IS NULL OR t.used_at < now() - interval '1 hour' AS is_first_use,
           l.id AS login_id, l.account_id, l.confirmed_at IS NOT NULL AS is_confirmed,
           l.approved_at IS NOT NULL AS is_approved, l.frozen_at IS NOT NULL AS is_frozen,
           l.filters_version, l.chosen_languages, l.locale,
           a.username, a.suspended_at IS NOT NULL AS is_suspended, a.is_memorial,
           a.moved_to_account_id IS NOT NULL AS has_moved,
           {powers("$2::timestamptz")} AS permissions
    FROM oauth_tokens t
    LEFT JOIN logins l ON l.id = t.login_id
    LEFT JOIN accounts a ON a.id = l.account_id
    LEFT JOIN roles r ON r.id = l.role_id
    WHERE t.token_hash = $1
"""


async def find_viewer(
    tx: Reading, *, token_hash: bytes, at: datetime
) -> tuple[Viewer, bool, bool] | None:
    """Whose token this is, whether it was revoked, and whether its use should be noted."""
    row = await tx.fetch_one(FIND_VIEWER, token_hash, at)
    return row and (_viewer_of(row), row["is_revoked"], row["is_first_use"])


LIST_VIEWERS = FIND_VIEWER.replace(
    "t.token_hash = $1", "t.id = ANY($1::bigint[]) AND t.revoked_at IS NULL"
)


async def list_viewers(tx: Reading, *, token_ids: Sequence[int], at: datetime) -> dict[int, Viewer]:
    """Who is behind tokens that are still good, by the token's id."""
    rows = await tx.fetch_all(LIST_VIEWERS, list(token_ids), at)
    return {row["token_id"]: _viewer_of(row) for row in rows}


def _viewer_of(row: Row) -> Viewer:
    scopes = frozenset(row["scopes"])
    if row["login_id"] is None:
        return Viewer(row["token_id"], row["application_id"], scopes)
    return Viewer(
        row["token_id"],
        row["application_id"],
        scopes,
        row["login_id"],
        row["account_id"],
        row["username"],
        row["is_confirmed"],
        row["is_approved"],
        row["is_frozen"],
        row["is_suspended"],
        row["is_memorial"],
        row["has_moved"],
        row["permissions"],
        row["filters_version"],
        row["chosen_languages"],
        row["locale"],
    )
