"""How often one member or address may call: counted in this process, in fixed windows.

Counting in memory keeps the hot path free of writes. With several web processes each allows
its share, so the sum stays what the settings say.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from watertower.accounts.model import Viewer
from watertower.api.route import Route
from watertower.base.client_address import network_of
from watertower.base.context import Context
from watertower.base.errors import TooMany
from watertower.base.settings import Settings

MAX_COUNTERS = 200_000
APPS_PER_10_MINUTES = 25  # anybody may register an app, and each is a row for ever


@dataclass
class _Window:
    ends_at: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)


_windows: dict[int, _Window] = {}


def _limit(route: Route, viewer: Viewer | None, settings: Settings) -> tuple[int, int, bool]:
    """Calls allowed, in how many seconds, and whether only this route's rate counts."""
    limits = settings.limits
    if route.rate == "statuses":
        return limits.statuses_per_3_hours, 10_800, True
    if route.rate == "uploads":
        return limits.uploads_per_30_minutes, 1800, True
    if route.rate == "follows":
        return limits.follows_per_24_hours, 86_400, True
    if route.rate == "sign_ups":
        return limits.sign_ups_per_30_minutes, 1800, True
    if route.rate == "apps":
        return APPS_PER_10_MINUTES, 600, True
    if viewer is None or viewer.account_id is None:
        return limits.anonymous_per_5_minutes, 300, False
    return limits.requests_per_5_minutes, 300, False


async def check_rate(
    ctx: Context, route: Route, *, viewer: Viewer | None, ip: str
) -> dict[str, str]:
    """Count this call; TooMany past the limit. Answers the headers that tell the app."""
    settings = ctx.settings
    if not settings.limits.enabled:
        return {}
    most, seconds, is_own = _limit(route, viewer, settings)
    most = max(1, most // settings.server.web_processes)
    who = f"a{viewer.account_id}" if viewer and viewer.account_id else f"i{network_of(ip)}"
    key = f"{route.rate if is_own else 'general'} {who}"
    now = time.time()
    window = _windows.setdefault(seconds, _Window())
    if now >= window.ends_at or len(window.counts) > MAX_COUNTERS:
        window.counts.clear()
        window.ends_at = now - now % seconds + seconds
    used = window.counts[key] = window.counts.get(key, 0) + 1
    if used > most:
        raise TooMany(retry_after_seconds=max(1, int(window.ends_at - now)))
    reset = datetime.fromtimestamp(window.ends_at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return {
        "x-ratelimit-limit": str(most),
        "x-ratelimit-remaining": str(most - used),
        "x-ratelimit-reset": reset,
    }
