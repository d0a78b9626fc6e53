"""What a mistake of moderation is, and how far it is put right. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Mistake:
    """Something we should not have done: suspected, confirmed, reversed, followed up, learnt from."""

    id: int
    case_id: int
    action_id: int | None
    state: str
    suspicion: str
    suspected_by_account_id: int | None
    confirmed_by: Sequence[int]
    confirmed_at: datetime | None
    reversed_at: datetime | None
    follow_up: str
    followed_up_at: datetime | None
    policy_due_at: datetime | None
    policy_words: str
    reviewed_at: datetime | None
    created_at: datetime
