"""A case with everything that hangs on it, in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from watertower.accounts.model import Permission
from watertower.base.context import Context
from watertower.base.db.transaction import Row
from watertower.base.json import from_json
from watertower.moderation.errors.cases import CaseNotFound
from watertower.moderation.model.case_decision import CaseDecision
from watertower.moderation.model.cases import OUTCOMES_OF_LOCAL_RULES, Case
from watertower.moderation.model.conversation import CaseMessage, CaseThread
from watertower.moderation.model.mistakes import Mistake
from watertower.moderation.model.policy import CasePolicy
from watertower.moderation.model.reports import Report
from watertower.moderation.queries.case_around import (
    list_alternates,
    list_guests,
    list_links,
    list_people,
)
from watertower.moderation.queries.case_forwards import list_forwards
from watertower.moderation.queries.case_lists import list_suggested
from watertower.moderation.queries.case_names import (
    Name,
    list_actions_of_case,
    list_case_log,
    list_names,
    list_rules_with_scope,
)
from watertower.moderation.queries.case_parts import list_agreements, list_analyses, list_proposals
from watertower.moderation.queries.case_team import list_team_of_case
from watertower.moderation.queries.cases import find_case_for
from watertower.moderation.queries.conversation import list_messages, list_threads
from watertower.moderation.queries.evidence_copies import list_unfinished_copies
from watertower.moderation.queries.mistakes import list_mistakes
from watertower.moderation.queries.reports import list_reports_of_case
from watertower.moderation.steps.case_policy import case_policy


@dataclass(frozen=True)
class Proposal:
    """What somebody proposed, and who said what to it."""

    row: Row
    decision: CaseDecision
    answers: Sequence[Row]


@dataclass(frozen=True)
class CaseFile:
    """What the page of a case shows, evidence apart: looking at that is logged by itself."""

    case: Case
    names: Mapping[int, Name]
    reports: Sequence[Report]
    rules: Sequence[Row]
    threads: Sequence[CaseThread]
    messages: Sequence[CaseMessage]
    analyses: Sequence[Row]
    proposals: Sequence[Proposal]
    actions: Sequence[Row]
    links: Sequence[Row]
    suggested: Sequence[Row]
    people: Sequence[Row]
    guests: Sequence[Row]
    alternates: Sequence[Row]
    mistakes: Sequence[Mistake]
    forwards: Sequence[Row]
    copies: Sequence[Row]
    team: Sequence[Row]
    log: Sequence[Row]
    policy: CasePolicy

    @property
    def target(self) -> Name | None:
        """Whom it is about."""
        return self.names.get(self.case.target_account_id or 0)

    @property
    def broken_rules(self) -> list[Row]:
        """Rules that reports name."""
        named = {one for report in self.reports for one in report.rule_ids}
        return [rule for rule in self.rules if rule["id"] in named]

    @property
    def is_local_rules_only(self) -> bool:
        """Somebody elsewhere, who broke nothing but rules they never agreed to."""
        target = self.target
        if target is None or target.domain is None:
            return False
        return bool(self.broken_rules) and not any(one["is_global"] for one in self.broken_rules)

    @property
    def offered(self) -> Sequence[str]:
        """The outcomes that can be chosen."""
        if self.is_local_rules_only:
            return OUTCOMES_OF_LOCAL_RULES
        target = self.target
        if target is None:
            return ("none", "forward", "server_review")
        here = ("warning", "freeze") if target.domain is None else ("forward", "server_review")
        return (
            "none",
            *here,
            "mark_statuses_sensitive",
            "remove_statuses",
            "sensitize",
            "limit",
            "suspend",
        )

    @property
    def open_proposal(self) -> Proposal | None:
        """What waits for an answer."""
        waiting = [one for one in self.proposals if one.row["state"] in {"open", "to_review"}]
        return waiting[-1] if waiting else None


async def case_file_for(ctx: Context, *, viewer_id: int, case_id: int) -> CaseFile:
    """The whole case. Raises CaseNotFound as case_for does."""
    async with ctx.reading() as tx:
        case = await find_case_for(tx, viewer_id=viewer_id, case_id=case_id)
        if case is None:
            raise CaseNotFound
        reports = await list_reports_of_case(tx, case_id=case_id)
        messages = await list_messages(tx, case_id=case_id)
        proposals = await list_proposals(tx, case_id=case_id)
        agreements = await list_agreements(tx, case_id=case_id)
        actions = await list_actions_of_case(tx, case_id=case_id)
        threads = await list_threads(tx, case_id=case_id)
        named = [
            case.target_account_id,
            case.assigned_account_id,
            case.opened_by_account_id,
            case.mutual_aid_checked_by,
            *(report.account_id for report in reports),
            *(message.author_account_id for message in messages),
            *(thread.with_account_id for thread in threads),
            *(action["actor_account_id"] for action in actions),
        ]
        return CaseFile(
            case=case,
            names=await list_names(tx, account_ids=named),
            reports=reports,
            rules=await list_rules_with_scope(
                tx, rule_ids=[one for report in reports for one in report.rule_ids]
            ),
            threads=threads,
            messages=messages,
            analyses=await list_analyses(tx, case_id=case_id),
            proposals=[
                Proposal(
                    row,
                    msgspec.convert(from_json(row["decision"]), CaseDecision),
                    [one for one in agreements if one["proposal_id"] == row["id"]],
                )
                for row in proposals
            ],
            actions=actions,
            links=await list_links(tx, viewer_id=viewer_id, case_id=case_id),
            suggested=await list_suggested(tx, viewer_id=viewer_id, case_id=case_id),
            people=await list_people(tx, case_id=case_id),
            guests=await list_guests(tx, case_id=case_id, at=ctx.now()),
            alternates=await list_alternates(tx, account_id=case.target_account_id or 0),
            mistakes=await list_mistakes(tx, case_id=case_id),
            forwards=await list_forwards(tx, case_id=case_id),
            copies=await list_unfinished_copies(tx, case_id=case_id),
            team=await list_team_of_case(
                tx,
                case_id=case_id,
                permissions=int(Permission.READ_CASES | Permission.ADMINISTRATOR),
            ),
            log=await list_case_log(tx, case_id=case_id),
            policy=await case_policy(tx),
        )
