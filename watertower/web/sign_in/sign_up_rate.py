"""How many accounts one address may make in half an hour: counted in this process."""

import time

from watertower.base.client_address import network_of
from watertower.base.context import Context
from watertower.base.errors import TooMany

WINDOW_SECONDS = 1800
MOST_COUNTERS = 50_000

_made: dict[str, list[float]] = {}


def require_may_sign_up(ctx: Context, ip: str) -> None:
    """Raise TooMany when this address has made as many accounts as it may."""
    if not ctx.settings.limits.enabled:
        return
    since = time.monotonic() - WINDOW_SECONDS
    recent = _made[network_of(ip)] = [at for at in _made.get(network_of(ip), []) if at > since]
    if len(recent) >= ctx.settings.limits.sign_ups_per_30_minutes:
        wait = int(recent[0] - since) + 1
        raise TooMany(
            "Several accounts were made from your network just now. Please try again later.",
            retry_after_seconds=wait,
        )


def count_sign_up(ip: str) -> None:
    """Count one that succeeded; a form with a mistake in it costs nothing."""
    if len(_made) > MOST_COUNTERS:
        _made.clear()
    _made.setdefault(network_of(ip), []).append(time.monotonic())
