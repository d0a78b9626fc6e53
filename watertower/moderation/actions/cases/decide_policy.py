"""Decide how cases are handled here: hours, who agrees to what, how long evidence is kept."""

from collections.abc import Mapping
from dataclasses import fields, replace

from watertower.accounts.errors import RuleNotFound
from watertower.accounts.queries.rules import update_rule_scope
from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.moderation.model.policy import CasePolicy
from watertower.moderation.steps.case_policy import case_policy, set_case_policy
from watertower.moderation.steps.log import log

_FIGURES = {f.name for f in fields(CasePolicy) if f.type in {int, "int"}}
MOST = 36_500


async def decide_case_policy(
    ctx: Context,
    *,
    actor_id: int,
    figures: Mapping[str, int],
    agreement: Mapping[str, int],
    evidence_days: Mapping[str, int],
    tells_outcome: bool,
) -> None:
    """What is given is decided, the rest stays. Raises Invalid for figures out of all proportion."""
    given = [*figures.values(), *agreement.values(), *evidence_days.values()]
    if set(figures) - _FIGURES or any(not 1 <= value <= MOST for value in given):
        raise Invalid(f"Figures are between 1 and {MOST}")
    async with ctx.transaction() as tx:
        policy = replace(
            await case_policy(tx),
            **dict(figures),
            agreement_needed=dict(agreement),
            evidence_days=dict(evidence_days),
            tells_outcome=tells_outcome,
        )
        await set_case_policy(tx, policy=policy)
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="decide_policy",
            subject=("policy", "cases"),
            details={"figures": dict(figures), "agreement": dict(agreement)},
        )


async def decide_rule_scope(ctx: Context, *, actor_id: int, rule_id: int, is_global: bool) -> None:
    """A global rule is also a ground to act on people elsewhere; a local one binds members."""
    async with ctx.transaction() as tx:
        if not await update_rule_scope(tx, rule_id=rule_id, is_global=is_global):
            raise RuleNotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="decide_rule_scope",
            subject=("rule", rule_id),
            details={"is_global": is_global},
        )
