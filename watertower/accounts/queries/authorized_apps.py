"""Which apps may act for a member."""

from collections.abc import Sequence

from watertower.accounts.credentials import AuthorizedApp
from watertower.accounts.queries.applications import application_of
from watertower.base.db.transaction import Reading

LIST_AUTHORIZED_APPS = """
    SELECT p.id, p.name, p.website, p.client_id, p.client_secret, p.redirect_uris, p.created_at,
           p.scopes, held.token_scopes, held.authorized_at, held.used_at
    FROM oauth_applications p
    JOIN (
        SELECT t.application_id, min(t.created_at) AS authorized_at, max(t.used_at) AS used_at,
               array_agg(DISTINCT scope) AS token_scopes
        FROM oauth_tokens t, unnest(t.scopes) AS scope
        WHERE t.login_id = $1 AND t.revoked_at IS NULL
        GROUP BY t.application_id
    ) held ON held.application_id = p.id
    ORDER BY coalesce(held.used_at, held.authorized_at) DESC
    LIMIT 200
"""


async def list_authorized_apps(tx: Reading, *, login_id: int) -> Sequence[AuthorizedApp]:
    """Apps that hold good tokens of this login, the last used first."""
    rows = await tx.fetch_all(LIST_AUTHORIZED_APPS, login_id)
    return [
        AuthorizedApp(
            application_of(row), row["token_scopes"], row["authorized_at"], row["used_at"]
        )
        for row in rows
    ]
