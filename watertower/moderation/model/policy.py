"""How this community handles cases: hours, days and who has to agree. Rows, not code.

The site setting `case_policy` holds what differs from these defaults, as JSON by field name.
"""

from dataclasses import dataclass, field
from datetime import timedelta


def _needed() -> dict[str, int]:
    return {"suspend": 2, "server_review": 1}


def _retention() -> dict[str, int]:
    return {"empty": 30, "none": 90, "forward": 180, "freeze": 365, "limit": 365, "suspend": 1095}


@dataclass(frozen=True)
class CasePolicy:
    """What a community decided about its cases."""

    first_look_hours: int = 24
    time_critical_minutes: int = 15
    work_hours: int = 72  # from taking a case to a decision or a discussion
    needs_info_days: int = 7
    discussion_hours: int = 48
    emergency_review_hours: int = 24
    policy_review_days: int = 14
    # How many moderators, the one who proposes counted, agree before it is done; others need one.
    agreement_needed: dict[str, int] = field(default_factory=_needed)
    agreement_for_money: int = 2
    # Days after closing, by outcome.
    evidence_days: dict[str, int] = field(default_factory=_retention)
    evidence_days_otherwise: int = 180
    # For whom the same happens again, rarely: the days count this many times.
    evidence_times_for_repeats: int = 2
    messages_a_day: int = 20
    many_reports: int = 5  # of one member in a day: thanked, and pointed to rest
    tells_outcome: bool = False  # whether reporters learn what was decided

    def needed_for(self, kind: str, *, is_about_money: bool) -> int:
        """How many have to agree to this kind of action."""
        needed = max(1, self.agreement_needed.get(kind, 1))
        is_mild = kind in {"none", "empty", "forward"}
        return max(needed, self.agreement_for_money) if is_about_money and not is_mild else needed

    def keeps_for(self, outcome: str | None, *, is_repeat: bool) -> timedelta:
        """How long evidence of a closed case is kept."""
        days = self.evidence_days.get(outcome or "none", self.evidence_days_otherwise)
        return timedelta(days=days * (self.evidence_times_for_repeats if is_repeat else 1))
