"""Moments as Mastodon writes them."""

from datetime import UTC, datetime


def moment(value: datetime | None) -> str | None:
    """`2026-11-23T01:02:03.456Z`, or None."""
    if value is None:
        return None
    return (
        value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"
    )


def day(value: datetime | None) -> str | None:
    """`2026-11-23`, or None."""
    return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%d")


def midnight(value: datetime) -> str:
    """The start of the day: when an account was made is told no more precisely than that."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT00:00:00.000Z")
