"""What `watertower doctor` finds: one line each, with what to do about it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """`says` is a sentence; for a warning or a failure it ends with what to do."""

    state: Literal["ok", "warn", "fail"]
    subject: str
    says: str


def ok(subject: str, says: str) -> Finding:
    """All is well."""
    return Finding("ok", subject, says)


def warn(subject: str, says: str) -> Finding:
    """It works, but should not stay so."""
    return Finding("warn", subject, says)


def fail(subject: str, says: str) -> Finding:
    """The server does not work, or not safely."""
    return Finding("fail", subject, says)
