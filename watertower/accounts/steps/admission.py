"""Whether somebody may sign up with this address, from this network, and without being asked more.

Moderators decide what is blocked; friction is raised for a while when sign-ups are abused. Load
is never a reason for anything here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from watertower.accounts.errors import NetworkMayNotSignUp
from watertower.accounts.queries.email_blocks import count_attempt, find_blocks_of_email
from watertower.accounts.queries.ip_blocks import find_severity
from watertower.accounts.queries.recent_sign_ups import count_alike
from watertower.accounts.sign_up import Problem
from watertower.accounts.who_may_knock import (
    Severity,
    canonical_hash,
    domains_above,
    network_of_text,
)
from watertower.base.client_address import network_of
from watertower.base.context import Context
from watertower.base.db.transaction import Reading

# While friction is raised, more than these from one place wait for a person.
ALIKE_WITHIN = timedelta(hours=24)
MOST_FROM_NETWORK = 3
MOST_WITH_EMAIL_DOMAIN = 20

BLOCKED = ("email", "ERR_BLOCKED", "uses a disallowed e-mail provider")
# An address that may not sign up looks like one that is taken: nobody learns who was here.
TAKEN = ("email", "ERR_TAKEN", "has already been taken")


@dataclass(frozen=True)
class Admission:
    """What was found: what is wrong with the address, and whether a person has to look."""

    problem: Problem | None = None
    needs_approval: bool = False
    blocked_domain: str | None = None


STAFF_DECIDED = Admission()


async def admission_in(
    tx: Reading, *, email: str, ip: str | None, friction: int, has_proof: bool, at: datetime
) -> Admission:
    """Look the address and the network up. Raises NetworkMayNotSignUp."""
    needs_approval = friction >= 2 or (friction == 1 and not has_proof)
    network = network_of_text(ip or "")
    if network is not None:
        severity = await find_severity(tx, ip=str(network.network_address), at=at)
        if severity in {Severity.NO_SIGN_UP, Severity.NO_ACCESS}:
            raise NetworkMayNotSignUp
        needs_approval = needs_approval or severity is Severity.APPROVAL
    problem, blocked_domain = await email_admission(tx, email=email)
    if friction and not needs_approval:
        from_network, with_domain = await count_alike(
            tx, ip=ip, email_domain=domains_above(email)[0], since=at - ALIKE_WITHIN
        )
        needs_approval = from_network >= MOST_FROM_NETWORK or with_domain >= MOST_WITH_EMAIL_DOMAIN
    return Admission(
        problem, needs_approval or (blocked_domain is not None and problem is None), blocked_domain
    )


async def email_admission(
    tx: Reading, *, email: str, is_member: bool = False
) -> tuple[Problem | None, str | None]:
    """What is wrong with an address, and the blocked domain it belongs to, if any.

    A domain that is allowed with approval is fine for members and for those who will be asked.
    """
    domain, with_approval, is_address_blocked = await find_blocks_of_email(
        tx, domains=domains_above(email), address_hash=canonical_hash(email)
    )
    if is_address_blocked:
        return TAKEN, domain
    if domain is not None and not with_approval:
        return BLOCKED, domain
    return None, None if is_member else domain


async def note_attempt(ctx: Context, admission: Admission, *, ip: str | None) -> None:
    """Count an attempt with a blocked domain, for the moderators who blocked it."""
    if admission.blocked_domain is None:
        return
    async with ctx.transaction() as tx:
        await count_attempt(
            tx,
            domain=admission.blocked_domain,
            day=ctx.now().date(),
            network=network_of(ip or ""),
        )
