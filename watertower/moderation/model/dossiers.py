"""What moderators know of an account, and how they search for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.accounts.model import Role


@dataclass(frozen=True)
class Search:
    """Which accounts a moderator looks for; None: all. Names and addresses by how they begin."""

    is_local: bool | None = None
    standing: str | None = None  # active, pending, disabled, silenced, sensitized, suspended
    username: str | None = None
    display_name: str | None = None  # any part of it
    domain: str | None = None
    email: str | None = None
    network: str | None = None  # an address or a range of them
    is_staff: bool = False
    role_ids: Sequence[int] = ()
    invited_by: int | None = None


@dataclass(frozen=True)
class Dossier:
    """What moderators know of an account. Accounts elsewhere have no login and so no address."""

    account_id: int
    username: str
    domain: str | None
    created_at: datetime
    email: str | None
    ip: str | None
    is_confirmed: bool
    is_approved: bool
    is_frozen: bool
    is_suspended: bool
    is_limited: bool
    is_sensitized: bool
    locale: str | None
    sign_up_reason: str
    application_id: int | None
    invited_by_account_id: int | None
    role: Role | None
    ips: Sequence[tuple[str, str]]  # address and when it was last used, newest first
