"""States of an approval, in words."""

from collections.abc import Mapping

from watertower.moderation.model.account_types import State

STATE_WORDS: Mapping[str, str] = {
    State.DECLARED: "Declared",
    State.APPLIED: "Applied",
    State.IN_REVIEW: "In review",
    State.REFUSED: "Refused",
    State.APPROVED: "Approved",
    State.UNDER_NOTICE: "Under notice",
    State.RENEWAL_DUE: "Renewal due",
    State.REVOKED: "Taken back",
    State.LAPSED: "Lapsed",
    "withdrawn": "Withdrawn",
}
