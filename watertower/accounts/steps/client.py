"""Proves which app is speaking, by its secret."""

import secrets

from watertower.accounts.credentials import Application
from watertower.accounts.oauth_errors import wrong_client
from watertower.accounts.queries.applications import find_application_by_client
from watertower.base.db.transaction import Reading
from watertower.base.text.clean import clean_text


async def require_client(
    tx: Reading, *, client_id: str | None, client_secret: str | None
) -> Application:
    """The application. Raises OAuthRefused (invalid_client, 401)."""
    if not client_id or not client_secret:
        raise wrong_client()
    application = await find_application_by_client(tx, client_id=clean_text(client_id))
    if application is None or not secrets.compare_digest(
        application.client_secret.encode(), client_secret.encode("utf-8", "replace")
    ):
        raise wrong_client()
    return application
