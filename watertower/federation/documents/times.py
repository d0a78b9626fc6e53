"""Moments as documents write them: whole seconds, UTC."""

from datetime import UTC, datetime


def moment(value: datetime) -> str:
    """`2026-11-23T01:02:03Z`."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def midnight(value: datetime) -> str:
    """The start of the day: when an account was made is told no more precisely than that."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT00:00:00Z")
