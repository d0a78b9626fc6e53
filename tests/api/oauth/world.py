"""A member with an app on the way through OAuth."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from tests.world import an_account
from watertower.accounts.actions.authorize_app import application_for, grant
from watertower.accounts.actions.manage_member import login_of_account
from watertower.accounts.actions.register_app import register_app

REDIRECT = "https://app.example/done"
VERIFIER = "v" * 43
CHALLENGE = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


@dataclass
class Flow:
    """An app, a member, and what the app sends to exchange a code."""

    ctx: object
    app: object
    account: object
    login: object

    async def code(self, *, scope="read write", pkce=True, redirect=REDIRECT):
        asked = await application_for(
            self.ctx,
            client_id=self.app.client_id,
            redirect_uri=redirect,
            scope=scope,
            code_challenge=CHALLENGE if pkce else None,
            code_challenge_method="S256" if pkce else None,
        )
        return await grant(self.ctx, login_id=self.login.id, asked=asked)

    def form(self, code, /, **changes):
        values = {
            "grant_type": "authorization_code",
            "client_id": self.app.client_id,
            "client_secret": self.app.client_secret,
            "code": code,
            "redirect_uri": REDIRECT,
            "code_verifier": VERIFIER,
        } | changes
        return {name: value for name, value in values.items() if value is not None}

    @property
    def client(self):
        return {"client_id": self.app.client_id, "client_secret": self.app.client_secret}


async def a_flow(ctx, *, scopes=("read", "write", "profile"), **account) -> Flow:
    app = await register_app(
        ctx, name="Test", redirect_uris=[REDIRECT, "http://127.0.0.1/cb"], scopes=scopes
    )
    member = await an_account(ctx, **account)
    return Flow(ctx, app, member, await login_of_account(ctx, account_id=member.id))
