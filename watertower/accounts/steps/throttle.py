"""Slows down guessing of passwords and codes, counted over all processes in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from watertower.accounts.queries.sign_in_attempts import (
    count_attempts,
    delete_attempt,
    insert_attempt,
)
from watertower.base.client_address import network_of
from watertower.base.context import Context
from watertower.base.errors import TooMany

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """At most so many failures under this key in so long."""

    key: str
    most: int
    within: timedelta


def password_limits(name: str, ip: str | None) -> list[Limit]:
    """Limits of guessing a password: this login from here, from here, and this login at all.

    The last is wide, so that a stranger cannot easily lock a member out.
    """
    login, network = f"login:{name.strip().lower()[:254]}", f"ip:{network_of(ip or '')}"
    return [
        Limit(f"{login} {network}", 10, QUARTER),
        Limit(network, 60, QUARTER),
        Limit(login, 100, HOUR),
    ]


def code_limits(login_id: int, ip: str | None) -> list[Limit]:
    """Limits of guessing a second factor: whoever gets here knows the password."""
    return [
        Limit(f"code:{login_id}", 10, QUARTER),
        Limit(f"ip:{network_of(ip or '')}", 60, QUARTER),
    ]


def mail_limits_of_login(login_id: int) -> list[Limit]:
    """Limits of having links sent, also to other addresses: of each login."""
    return [Limit(f"mail login:{login_id}", 10, HOUR)]


def mail_limits_of_place(ip: str) -> list[Limit]:
    """Limits of having links sent to whoever has an address here: from one place."""
    return [Limit(f"mail ip:{network_of(ip)}", 20, HOUR)]


async def begin_attempt(ctx: Context, limits: Sequence[Limit]) -> int:
    """Count an attempt before it is made; its id. TooMany when there were too many failures."""
    now = ctx.now()
    async with ctx.transaction() as tx:
        attempt_id = await insert_attempt(tx, keys=[limit.key for limit in limits], at=now)
        counts = await count_attempts(
            tx,
            keys=[limit.key for limit in limits],
            since=[now - limit.within for limit in limits],
        )
        waits = [
            (first_at + limit.within - now).total_seconds()
            for limit in limits
            for used, first_at in [counts[limit.key]]
            if used > limit.most and first_at is not None
        ]
        if waits:
            # Raised inside the transaction: a refused attempt does not count against anybody.
            raise TooMany(
                "Too many attempts. Please wait a little and try again.",
                retry_after_seconds=max(1, int(max(waits))),
            )
    return attempt_id


async def forget_attempt(ctx: Context, limits: Sequence[Limit], attempt_id: int) -> None:
    """The attempt succeeded: it, and the failures under its narrowest limit, are forgotten."""
    async with ctx.transaction() as tx:
        await delete_attempt(tx, attempt_id=attempt_id, key=limits[0].key)
