"""The application that stands for this server itself: its pages and commands."""

import secrets

from watertower.accounts.credentials import Application
from watertower.accounts.oauth_rules import OUT_OF_BAND
from watertower.accounts.queries.applications import insert_application
from watertower.accounts.scopes import SCOPES
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction


async def own_application(tx: Transaction, ctx: Context) -> Application:
    """The application, made the first time. Its secret is never shown, so nobody else can be it."""
    return await insert_application(
        tx,
        name="Web",
        website=None,
        client_id="watertower",
        client_secret=secrets.token_urlsafe(32),
        redirect_uris=[OUT_OF_BAND],
        scopes=SCOPES,
        at=ctx.now(),
        is_superapp=True,
    )
