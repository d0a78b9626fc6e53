"""How people join here, as the public may know it."""

from dataclasses import dataclass

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

    @property
    def is_open(self) -> bool:
        """Whether somebody without an invitation may sign up or apply."""
        return self.mode in {RegistrationMode.OPEN, RegistrationMode.APPROVAL}


async def registrations_in(tx: Reading, settings: Settings) -> Registrations:
    """The decisions. Where none was made: open in development, else by approval."""
    found = await list_site_settings(tx, NAMES)
    default = RegistrationMode.OPEN if settings.is_development else RegistrationMode.APPROVAL
    return Registrations(
        mode=RegistrationMode(found.get("registration_mode") or default),
        min_age=int(found.get("min_age") or 0),
        requires_reason=bool(found.get("requires_reason", False)),
        closed_message=found.get("closed_message") or "",
        reserved_usernames=frozenset(n.lower() for n in found.get("reserved_usernames") or ()),
        blocked_email_domains=frozenset(
            d.lower() for d in found.get("blocked_email_domains") or ()
        ),
    )


async def registrations_of(ctx: Context) -> Registrations:
    """The decisions, read by themselves."""
    async with ctx.reading() as tx:
        return await registrations_in(tx, ctx.settings)
