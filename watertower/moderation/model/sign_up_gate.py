"""How open the door is: open, raised friction, closed for an incident. No I/O.

Signals of abuse raise friction, for a while. Load, slowness, errors and the number of members
are no signals: nothing here can even be told of them. Only people close, with a reason, and have
to look again within a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

FRICTION_LASTS = timedelta(hours=6)
LONGEST_FRICTION = timedelta(days=7)
LOOK_AGAIN_WITHIN = timedelta(hours=24)
SIGNALS_WITHIN = timedelta(hours=1)
WORSE_AFTER = timedelta(minutes=30)  # proof of work did not help: approval for everybody

# In an hour. A school that signs up together stays below, or has to do a second of work.
MOST_FROM_NETWORK = 10
MOST_WITH_NEW_EMAIL_DOMAIN = 15
MOST_WITH_SAME_TEXT = 8

PROOF, APPROVAL = 1, 2
LEVELS = {
    PROOF: "proof of work, and limits for each network and mail domain",
    APPROVAL: "approval for everybody",
}


@dataclass(frozen=True)
class Gate:
    """One time at which sign-up was made harder or closed."""

    id: int
    kind: str  # friction or closing
    level: int
    reason: str
    public_note: str
    mode_before: str
    opened_by_account_id: int | None
    opened_at: datetime
    looked_at: datetime
    review_at: datetime
    reminded_stage: int
    ended_at: datetime | None
    end_reason: str
    announcement_id: int | None


@dataclass(frozen=True)
class AbuseSignals:
    """What the sign-ups of the last hour have in common, at most."""

    from_network: int = 0
    with_new_email_domain: int = 0
    with_same_text: int = 0

    @property
    def says(self) -> Sequence[str]:
        """What is unusual, in words; empty if nothing is."""
        return [
            words
            for count, most, words in (
                (
                    self.from_network,
                    MOST_FROM_NETWORK,
                    f"{self.from_network} sign-ups from one network",
                ),
                (
                    self.with_new_email_domain,
                    MOST_WITH_NEW_EMAIL_DOMAIN,
                    f"{self.with_new_email_domain} sign-ups with one mail domain nobody used before",
                ),
                (
                    self.with_same_text,
                    MOST_WITH_SAME_TEXT,
                    f"{self.with_same_text} applications with the same text",
                ),
            )
            if count >= most
        ]


def wanted_level(signals: AbuseSignals, current: Gate | None, *, now: datetime) -> int:
    """The friction that these signals ask for; never a closed door."""
    if not signals.says:
        return 0
    if current is None:
        return PROOF
    is_old_enough = now - current.opened_at >= WORSE_AFTER
    return APPROVAL if current.level >= APPROVAL or is_old_enough else PROOF
