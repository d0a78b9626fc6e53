"""What others decided about servers, as a list that is read here and never obeyed. No I/O."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from watertower.accounts.servers import Severity

FORMATS = {
    "mastodon_csv": "Mastodon's CSV",
    "gotosocial_json": "GoToSocial's JSON",
    "fires": "FIRES",
}
MOST_ENTRIES = 50_000
MOST_BYTES = 10_000_000
REFRESHED_EVERY = timedelta(hours=24)


@dataclass(frozen=True)
class Listed:
    """One line of a list."""

    domain: str
    severity: Severity
    rejects_media: bool = False
    rejects_reports: bool = False
    obfuscates: bool = False
    public_comment: str = ""
    private_comment: str = ""
    source: str = ""  # where the list has it from, as far as it says
    is_retracted: bool = False


@dataclass(frozen=True)
class Blocklist:
    """A list and what became of it. `url` is empty for a file that was handed in."""

    id: int
    name: str
    url: str
    format: str
    is_subscribed: bool
    refresh_at: datetime | None
    refreshed_at: datetime | None
    trouble: str
    created_at: datetime
    drafts: int = 0
    applied: int = 0
    ignored: int = 0
    retracted: int = 0


@dataclass(frozen=True)
class Entry:
    """A line of a list beside what holds here, with what it would cost members."""

    domain: str
    severity: Severity
    rejects_media: bool
    rejects_reports: bool
    obfuscates: bool
    public_comment: str
    private_comment: str
    source: str
    state: str
    is_retracted: bool
    decision_id: int | None
    held_severity: str | None  # what was decided here about exactly this name
    held_cause: str | None
    following_members: int
    followed_members: int

    @property
    def comparison(self) -> str:
        """How it stands to what holds here: new, same, stricter or weaker."""
        order = {"noop": 0, "limit": 1, "suspend": 2}
        if self.held_severity is None:
            return "new"
        difference = order[self.severity] - order[self.held_severity]
        return "same" if difference == 0 else "stricter" if difference > 0 else "weaker"
