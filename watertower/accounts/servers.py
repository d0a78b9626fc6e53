"""What this community may decide about another server, and how its name is shown. No I/O."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Severity = Literal["noop", "limit", "suspend"]
SEVERITIES: tuple[Severity, ...] = ("noop", "limit", "suspend")
# Mastodon's words on the wire.
WIRE: dict[str, str] = {"noop": "noop", "limit": "silence", "suspend": "suspend"}


@dataclass(frozen=True)
class Wanted:
    """A policy as somebody decides it."""

    severity: Severity = "noop"
    rejects_media: bool = False
    rejects_reports: bool = False
    covers_subdomains: bool = True
    obfuscates: bool = False
    is_listed: bool = True
    public_comment: str = ""
    private_comment: str = ""


@dataclass(frozen=True)
class Policy(Wanted):
    """A policy that holds. `changed_at`: since when it has this severity."""

    id: int = 0
    domain: str = ""
    is_decision: bool = True
    decision_id: int | None = None
    created_at: datetime | None = None
    changed_at: datetime | None = None
    allow_id: int | None = None
    allowed_at: datetime | None = None


def obfuscated(domain: str) -> str:
    """The name with its middle starred out, as long as it was and with its dots."""
    shown = len(domain) // 4
    return "".join(
        one if one == "." or n <= shown or n >= len(domain) - shown else "*"
        for n, one in enumerate(domain)
    )
