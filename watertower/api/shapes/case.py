"""Cases, as JSON: our extension of the API. Ids are strings, moments as everywhere else."""

from typing import Any

from watertower.api.shapes.times import moment
from watertower.base.db.transaction import Row
from watertower.moderation.access.case_file import CaseFile, Proposal
from watertower.moderation.model.case_search import CaseLine
from watertower.moderation.model.conversation import CaseMessage, CaseThread
from watertower.moderation.model.evidence import Evidence
from watertower.moderation.model.mistakes import Mistake
from watertower.moderation.model.reports import Report


def case_line(line: CaseLine) -> dict[str, Any]:
    """CaseLine: a case in a list."""
    return {
        "id": str(line.id),
        "kind": line.kind,
        "state": str(line.state),
        "title": line.title,
        "acct": _acct(line.username, line.domain),
        "target_domain": line.target_domain,
        "language": line.language,
        "tags": list(line.tags),
        "scope": line.scope,
        "severity": line.severity,
        "escalating": line.is_escalating,
        "time_critical": line.is_time_critical,
        "graphic": line.is_graphic,
        "asks_for_money": line.asks_for_money,
        "assigned_to": line.assigned_to,
        "due_at": moment(line.due_at),
        "outcome": line.outcome,
        "reports_count": line.reports,
        "similar_count": line.similar,
        "unanswered": line.unanswered,
        "created_at": moment(line.created_at),
        "closed_at": moment(line.closed_at),
    }


def case_shape(file: CaseFile) -> dict[str, Any]:
    """Case: everything but evidence, which is asked for by itself because each look is logged."""
    case = file.case
    names = {key: name.handle.removeprefix("@") for key, name in file.names.items()}
    return {
        "id": str(case.id),
        "kind": case.kind,
        "state": str(case.state),
        "title": case.title,
        "target_account_id": _id(case.target_account_id),
        "acct": names.get(case.target_account_id or 0),
        "target_domain": case.target_domain,
        "language": case.language,
        "tags": list(case.tags),
        "rating": {
            "scope": case.scope,
            "severity": case.severity,
            "escalating": case.is_escalating,
            "time_critical": case.is_time_critical,
            "harm_done": case.harm_done,
        },
        "graphic": case.is_graphic,
        "asks_for_money": case.asks_for_money,
        "mutual_aid_checked": case.mutual_aid_checked_by is not None,
        "assigned_to": names.get(case.assigned_account_id or 0),
        "due_at": moment(case.due_at),
        "outcome": case.outcome,
        "outcome_reason": case.outcome_reason,
        "outcomes_offered": list(file.offered),
        "local_rules_only": file.is_local_rules_only,
        "merged_into_case_id": _id(case.merged_into_case_id),
        "suggested_case_id": _id(case.suggested_case_id),
        "suggested_because": case.suggested_because,
        "similar_case_ids": [str(row["id"]) for row in file.suggested],
        "first_looked_at": moment(case.first_looked_at),
        "decided_at": moment(case.decided_at),
        "closed_at": moment(case.closed_at),
        "retained_until": moment(case.retained_until),
        "held_until": moment(case.held_until),
        "created_at": moment(case.created_at),
        "reports": [_report(one, names) for one in file.reports],
        "threads": [_thread(one, file, names) for one in file.threads],
        "analyses": [_analysis(one) for one in file.analyses],
        "proposals": [_proposal(one) for one in file.proposals],
        "actions": [_action(one) for one in file.actions],
        "mistakes": [_mistake(one) for one in file.mistakes],
        "links": [
            {"case_id": str(one["id"]), "state": one["state"], "note": one["note"]}
            for one in file.links
        ],
    }


def evidence_shape(one: Evidence, *, is_shown: bool) -> dict[str, Any]:
    """Evidence. Without `is_shown` the content of private pieces is left out: null."""
    is_readable = one.is_intact and one.destroyed_at is None
    return {
        "id": str(one.id),
        "kind": one.kind,
        "subject_id": one.subject_id,
        "private": one.is_private,
        "graphic": one.is_graphic,
        "intact": one.is_intact,
        "sha256": one.sha256.hex(),
        "taken_at": moment(one.taken_at),
        "destroyed_at": moment(one.destroyed_at),
        "content": one.content if is_readable and (is_shown or not one.is_private) else None,
        "files": [
            {
                "name": file.name,
                "content_type": file.content_type,
                "bytes": file.bytes,
                "sha256": file.sha256,
            }
            for file in one.files
        ],
    }


def message_shape(one: CaseMessage, *, author: str | None = None) -> dict[str, Any]:
    """CaseMessage. `author` only for the team: the other side talks with the team."""
    return {
        "id": str(one.id),
        "from_team": one.from_team,
        "author": author,
        "text": one.text,
        "came_by": one.came_by,
        "read_at": moment(one.read_at),
        "created_at": moment(one.created_at),
    }


def _report(one: Report, names: dict[int, str]) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "acct": names.get(one.account_id),
        "from_server": one.uri is not None,
        "category": one.category,
        "comment": one.comment,
        "translation": one.translation,
        "context": one.context,
        "language": one.language,
        "graphic": one.is_graphic,
        "status_ids": [str(status_id) for status_id in one.status_ids],
        "rule_ids": [str(rule_id) for rule_id in one.rule_ids],
        "conversation": one.conversation_id is not None,
        "forwarded": one.is_forwarded,
        "forward_domains": list(one.forward_domains),
        "forward_reason": one.forward_reason,
        "created_at": moment(one.created_at),
    }


def _thread(one: CaseThread, file: CaseFile, names: dict[int, str]) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "thread": one.thread,
        "acct": names.get(one.with_account_id or 0),
        "address": one.with_address,
        "muted": one.muted_at is not None,
        "closed": one.closed_at is not None,
        "messages": [
            message_shape(said, author=names.get(said.author_account_id or 0))
            for said in file.messages
            if said.thread_id == one.id
        ],
    }


def _analysis(row: Row) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "author": row["author"],
        "situation": row["situation"],
        "would_do": row["would_do"],
        "would_not_do": row["would_not_do"],
        "why": row["why"],
        "created_at": moment(row["created_at"]),
    }


def _proposal(one: Proposal) -> dict[str, Any]:
    return {
        "id": str(one.row["id"]),
        "author": one.row["author"],
        "kind": one.row["kind"],
        "reason": one.decision.reason,
        "message": one.decision.message,
        "needed": one.row["needed"],
        "state": one.row["state"],
        "emergency": one.row["is_emergency"],
        "due_at": moment(one.row["due_at"]),
        "answers": [
            {"acct": row["username"], "agrees": row["agrees"], "words": row["words"]}
            for row in one.answers
        ],
    }


def _action(row: Row) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "kind": row["kind"],
        "target_account_id": str(row["target_account_id"]),
        "ends_at": moment(row["ends_at"]),
        "undone_at": moment(row["undone_at"]),
        "created_at": moment(row["created_at"]),
    }


def _mistake(one: Mistake) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "action_id": _id(one.action_id),
        "state": one.state,
        "suspicion": one.suspicion,
        "policy_due_at": moment(one.policy_due_at),
    }


def _acct(username: str | None, domain: str | None) -> str | None:
    if username is None:
        return None
    return username if domain is None else f"{username}@{domain}"


def _id(value: int | None) -> str | None:
    return None if value is None else str(value)
