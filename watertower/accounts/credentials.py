"""Logins, sessions, apps, tokens and invitations: what they are. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Login:
    """How a member signs in, and what was decided about it."""

    id: int
    account_id: int
    username: str
    email: str
    unconfirmed_email: str | None
    password_hash: str
    role_id: int
    locale: str
    confirmed_at: datetime | None
    approved_at: datetime | None
    frozen_at: datetime | None
    suspended_at: datetime | None
    sign_up_reason: str
    application_id: int | None
    invite_id: int | None
    otp_secret: str | None
    otp_enabled_at: datetime | None
    otp_last_step: int
    recovery_hashes: Sequence[str]
    created_at: datetime
    last_active_at: datetime | None

    @property
    def has_second_factor(self) -> bool:
        """Whether a code is asked at sign-in."""
        return self.otp_enabled_at is not None

    @property
    def may_be_used(self) -> bool:
        """Whether its member is confirmed, approved, and not suspended.

        Who is frozen signs in with browsers and apps like everybody; what they may do there is
        decided at the gates (Viewer.is_frozen).
        """
        return (
            self.confirmed_at is not None
            and self.approved_at is not None
            and self.suspended_at is None
        )

    @property
    def is_frozen(self) -> bool:
        """Whether its member may only read and put things right."""
        return self.frozen_at is not None


@dataclass(frozen=True)
class Session:
    """A browser that is signed in."""

    id: int
    login_id: int
    user_agent: str
    ip: str | None
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Application:
    """An app that members may let act for them."""

    id: int
    name: str
    website: str | None
    client_id: str
    client_secret: str
    redirect_uris: Sequence[str]
    scopes: Sequence[str]
    created_at: datetime


@dataclass(frozen=True)
class Token:
    """An access token as it is known here."""

    id: int
    application_id: int
    client_id: str
    login_id: int | None
    account_id: int | None
    scopes: Sequence[str]
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True)
class Grant:
    """A member's yes to an app, waiting to be exchanged for a token."""

    id: int
    application_id: int
    login_id: int
    redirect_uri: str
    scopes: Sequence[str]
    code_challenge: str | None
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class AuthorizedApp:
    """An app that holds tokens of a member."""

    application: Application
    scopes: Sequence[str]
    authorized_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Invite:
    """An invitation. `max_uses` None: any number of people."""

    id: int
    code: str
    account_id: int
    max_uses: int | None
    uses: int
    expires_at: datetime | None
    follows_inviter: bool
    comment: str
    created_at: datetime


@dataclass(frozen=True)
class Archive:
    """A file with all that a member posted. `file_key` None: it is being made."""

    id: int
    account_id: int
    file_key: str | None
    file_bytes: int
    created_at: datetime
    finished_at: datetime | None
