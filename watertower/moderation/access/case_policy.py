"""How this community handles cases, as those who lead the team see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.context import Context
from watertower.base.db.transaction import Row
from watertower.moderation.model.policy import CasePolicy
from watertower.moderation.queries.case_names import list_rules_with_scope
from watertower.moderation.steps.case_policy import case_policy


@dataclass(frozen=True)
class PolicyShown:
    """The policy, and the rules with whom they bind."""

    policy: CasePolicy
    rules: Sequence[Row]


async def policy_shown(ctx: Context) -> PolicyShown:
    """Both in two queries."""
    async with ctx.reading() as tx:
        return PolicyShown(await case_policy(tx), await list_rules_with_scope(tx, rule_ids=[]))
