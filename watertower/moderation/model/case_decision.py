"""What is decided about a case: an action on the account, or one of the outcomes beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.moderation.model.standing import Decision, Kind

# Nothing is done to an account: the case is answered in words, elsewhere, or by looking further.
WITHOUT_ACTION = ("none", "empty", "forward", "server_review")


@dataclass(frozen=True)
class CaseDecision:
    """One decision, as it is proposed, agreed to and carried out."""

    kind: str  # a Kind, or one of WITHOUT_ACTION
    reason: str  # for the team
    message: str = ""  # for the person
    rule_ids: Sequence[int] = ()
    status_ids: Sequence[int] = ()
    ends_at: datetime | None = None
    review_at: datetime | None = None
    closes: bool = True  # with it the case is done
    advice: str = ""  # to the reporters, for their next report
    target_account_id: int | None = None  # somebody else than the case is about, in a pile-on

    @property
    def is_action(self) -> bool:
        """Whether something is done to an account."""
        return self.kind not in WITHOUT_ACTION

    def as_action(self, *, case_id: int, target_id: int, is_emergency: bool) -> Decision:
        """The decision for those who act."""
        return Decision(
            kind=Kind(self.kind),
            target_account_id=target_id,
            case_id=case_id,
            reason=self.reason,
            message=self.message,
            rule_ids=self.rule_ids,
            status_ids=self.status_ids,
            ends_at=self.ends_at,
            review_at=self.review_at,
            is_emergency=is_emergency,
        )
