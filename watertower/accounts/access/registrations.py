"""How people join here, as the public may know it."""

from dataclasses import dataclass
from datetime import datetime

from watertower.accounts.model import RegistrationMode
from watertower.accounts.queries.site import list_site_settings
from watertower.base.context import Context
from watertower.base.db.transaction import Reading
from watertower.base.settings import Settings

NAMES = (
    "registration_mode",
    "min_age",
    "requires_reason",
    "closed_message",
    "reserved_usernames",
    "blocked_email_domains",
    "sign_up_friction",
    "sign_up_closed_since",
    "sign_up_closed_note",
)


@dataclass(frozen=True)
class Registrations:
    """What the community decided about sign-up. `min_age` in years, 0: not asked."""

    mode: RegistrationMode
    min_age: int = 0
    requires_reason: bool = False
    closed_message: str = ""
    reserved_usernames: frozenset[str] = frozenset()
    blocked_email_domains: frozenset[str] = frozenset()
    friction_level: int = 0
    friction_until: datetime | None = None
    closed_since: datetime | None = None  # closed for the time of an incident

    def friction_at(self, now: datetime) -> int:
        """How hard sign-up is made: 0 not, 1 proof of work and limits, 2 approval for everybody.

        It relaxes by itself when its time is over, whether or not anybody looks after it.
        """
        return self.friction_level if self.friction_until and now < self.friction_until else 0

    def asks_apps_to_wait(self, now: datetime) -> bool:
        """Whether somebody who signs up in an app waits for a person: apps cannot prove work."""
        return self.mode is RegistrationMode.APPROVAL or self.friction_at(now) > 0

    def lets_in_invited(self, invited_at: datetime) -> bool:
        """Whether an invitation of this time can be used.

        Who was invited before an incident closed the door may still finish.
        """
        if self.mode is not RegistrationMode.CLOSED:
            return True
        return self.closed_since is not None and invited_at < self.closed_since

    @property
    def is_open(self) -> bool:
        """Whether somebody without an invitation may sign up or apply."""
        return self.mode in {RegistrationMode.OPEN, RegistrationMode.APPROVAL}


async def registrations_in(tx: Reading, settings: Settings) -> Registrations:
    """The decisions. Where none was made: open in development, else by approval."""
    found = await list_site_settings(tx, NAMES)
    default = RegistrationMode.OPEN if settings.is_development else RegistrationMode.APPROVAL
    friction = found.get("sign_up_friction") or {}
    closed_since = found.get("sign_up_closed_since")
    return Registrations(
        mode=RegistrationMode(found.get("registration_mode") or default),
        min_age=int(found.get("min_age") or 0),
        requires_reason=bool(found.get("requires_reason", False)),
        closed_message=(found.get("sign_up_closed_note") if closed_since else "")
        or found.get("closed_message")
        or "",
        reserved_usernames=frozenset(n.lower() for n in found.get("reserved_usernames") or ()),
        blocked_email_domains=frozenset(
            d.lower() for d in found.get("blocked_email_domains") or ()
        ),
        friction_level=int(friction.get("level") or 0),
        friction_until=datetime.fromisoformat(friction["until"]) if friction else None,
        closed_since=datetime.fromisoformat(closed_since) if closed_since else None,
    )


async def registrations_of(ctx: Context) -> Registrations:
    """The decisions, read by themselves."""
    async with ctx.reading() as tx:
        return await registrations_in(tx, ctx.settings)
