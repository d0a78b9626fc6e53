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
    # The database's moments are in UTC already, and this is called for every account shown.
    return None if value is None else value.date().isoformat()


def midnight(value: datetime) -> str:
    """The start of the day: when an account was made is told no more precisely than that."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT00:00:00.000Z")
