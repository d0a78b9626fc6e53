"""Moments as people read them. Without a script we do not know the reader's zone: UTC."""

from datetime import UTC, datetime


def machine_time(value: datetime) -> str:
    """For the datetime attribute: `2026-11-23T01:02:03Z`."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def spoken_time(value: datetime) -> str:
    """In full: `23 November 2026, 01:02 UTC`."""
    value = value.astimezone(UTC)
    return f"{value.day} {value:%B %Y, %H:%M} UTC"


def short_time(value: datetime, now: datetime) -> str:
    """How long ago within a week, else the day: `now`, `5 min`, `3 h`, `2 d`, `23 Nov 2026`."""
    seconds = (now - value).total_seconds()
    if seconds < 60:
        return "now"
    if seconds < 3600:
        return f"{int(seconds // 60)} min"
    if seconds < 86_400:
        return f"{int(seconds // 3600)} h"
    if seconds < 7 * 86_400:
        return f"{int(seconds // 86_400)} d"
    value = value.astimezone(UTC)
    return f"{value.day} {value:%b}" if value.year == now.year else f"{value.day} {value:%b %Y}"
