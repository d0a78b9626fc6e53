"""Appeals as JSON, for their person and for the team. Source: docs/api/extensions.md."""

from collections.abc import Sequence
from typing import Any

from watertower.api.shapes.times import moment
from watertower.moderation.access.appeals import JudgedAppeal
from watertower.moderation.model.appeals import Appeal, AppealMessage


def appeal_shape(appeal: Appeal, messages: Sequence[AppealMessage] | None = None) -> dict[str, Any]:
    """What its person may know. `messages` None: of a list, without the conversation."""
    shape: dict[str, Any] = {
        "id": str(appeal.id),
        "action_id": str(appeal.action_id),
        "kind": str(appeal.kind),
        "round": appeal.round,
        "claim": appeal.claim,
        "state": str(appeal.state),
        "waits_for": appeal.waits_for,
        "contact_verified": appeal.contact_verified_at is not None,
        "same_moderator": appeal.is_same_moderator,
        "first_answer_due_at": moment(appeal.answer_due_at),
        "answered_at": moment(appeal.answered_at),
        "decision_due_at": moment(appeal.decision_due_at),
        "outcome": appeal.outcome and str(appeal.outcome),
        "outcome_message": appeal.outcome_message,
        "decided_at": moment(appeal.decided_at),
        "closed_at": moment(appeal.closed_at),
        "created_at": moment(appeal.created_at),
    }
    if messages is not None:
        shape["messages"] = [message_shape(one) for one in messages]
    return shape


def message_shape(message: AppealMessage) -> dict[str, Any]:
    """A message; the team speaks as a team. Files are fetched on the pages."""
    return {
        "id": str(message.id),
        "from_team": message.from_team,
        "text": message.text,
        "files": [
            {"name": one.name, "content_type": one.content_type, "bytes": one.bytes}
            for one in message.files
        ],
        "came_by": message.came_by,
        "created_at": moment(message.created_at),
    }


def judged_line(appeal: Appeal, names: dict[int, str]) -> dict[str, Any]:
    """What the team knows, of a list."""
    return appeal_shape(appeal) | {
        "filed_by": appeal.filed_by,
        "case_id": appeal.case_id and str(appeal.case_id),
        "account": _who(appeal.account_id, names),
        "assigned_account": _who(appeal.assigned_account_id, names),
        "late": appeal.escalated_at is not None,
        "needs_second": appeal.proposal is not None,
    }


def judged_shape(found: JudgedAppeal) -> dict[str, Any]:
    """One appeal with everything the team knows."""
    appeal, names = found.appeal, found.names
    return judged_line(appeal, names) | {
        "messages": [
            message_shape(one) | {"author": _who(one.author_account_id, names)}
            for one in found.messages
        ],
        "notes": [
            {
                "id": str(one.id),
                "author": _who(one.author_account_id, names),
                "text": one.text,
                "created_at": moment(one.created_at),
            }
            for one in found.notes
        ],
        "decided_before_by": _who(appeal.decider_account_id, names),
        "proposal": appeal.proposal,
        "proposed_by": _who(appeal.proposed_by_account_id, names),
        "decided_by": _who(appeal.decided_by_account_id, names),
        "seconded_by": _who(appeal.seconded_by_account_id, names),
        "new_action_id": appeal.new_action_id and str(appeal.new_action_id),
        "may_judge": found.may_judge,
        "may_second": found.may_second,
        "evidence": {
            "counts": dict(found.evidence.counts),
            "deleted_after": moment(found.evidence.deleted_after),
        },
    }


def _who(account_id: int | None, names: dict[int, str]) -> dict[str, str] | None:
    if account_id is None:
        return None
    return {"id": str(account_id), "acct": names.get(account_id, "")}
