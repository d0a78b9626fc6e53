"""Application and CredentialApplication: an app as it is known here."""

from typing import Any

from watertower.accounts.credentials import Application
from watertower.base.context import Context


def render_application(ctx: Context, application: Application) -> dict[str, Any]:
    """The Application entity, as any of the app's tokens may see it."""
    return {
        "id": str(application.id),
        "name": application.name,
        "website": application.website,
        "scopes": list(application.scopes),
        "redirect_uris": list(application.redirect_uris),
        "redirect_uri": "\n".join(application.redirect_uris),
        "vapid_key": ctx.secrets.vapid_public,
    }


def render_credential_application(ctx: Context, application: Application) -> dict[str, Any]:
    """The CredentialApplication entity: with the secret, shown once, to who registered the app."""
    return render_application(ctx, application) | {
        "client_id": application.client_id,
        "client_secret": application.client_secret,
        "client_secret_expires_at": 0,  # never
    }
