"""Write a rule, have it simulated, switch it on, end it. Every version stays."""

from datetime import datetime, timedelta

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.inbound import (
    InboundRuleNotFound,
    RuleInvalid,
    RuleNotSimulated,
)
from watertower.moderation.jobs.inbound_simulate import simulate_rule
from watertower.moderation.jobs.inbound_undo import undo_rule
from watertower.moderation.model.inbound import (
    DEFAULT_LIFE,
    LONGEST_LIFE,
    LONGEST_NAME,
    MOST_LIVE,
    Conditions,
    Effects,
    Rule,
)
from watertower.moderation.queries.inbound_rules import (
    insert_rule,
    list_live_rules,
    lock_rule,
    update_rule,
    update_rule_live,
    update_rule_state,
    update_simulation_asked,
)
from watertower.moderation.rules.inbound import check_rule
from watertower.moderation.steps.inbound_live import forget_live_rules
from watertower.moderation.steps.log import log


async def write_rule(
    ctx: Context,
    *,
    actor_id: int,
    name: str,
    conditions: Conditions,
    effects: Effects,
    reason: str,
    rule_id: int | None = None,
    wave_id: int | None = None,
) -> int:
    """A draft, or a new version of a rule; its id. A simulation begins at once.

    A rule that is live is a draft again: what was not simulated does not hold. Raises
    RuleInvalid, InboundRuleNotFound.
    """
    check_rule(conditions, effects)
    if not name.strip() or len(name) > LONGEST_NAME:
        raise RuleInvalid(f"The name has 1 to {LONGEST_NAME} characters")
    async with ctx.transaction() as tx:
        if rule_id is None:
            rule_id = await insert_rule(
                tx,
                name=name,
                conditions=conditions,
                effects=effects,
                reason=reason[:2000],
                wave_id=wave_id,
                by=actor_id,
                at=ctx.now(),
            )
        else:
            rule = await _locked(tx, rule_id)
            same = (rule.name, rule.conditions, rule.effects, rule.reason)
            if same == (name, conditions, effects, reason):
                return rule_id
            await update_rule(
                tx,
                rule_id=rule_id,
                name=name,
                conditions=conditions,
                effects=effects,
                reason=reason[:2000],
                by=actor_id,
                at=ctx.now(),
            )
            if rule.state != "draft":
                await update_rule_state(tx, rule_id=rule_id, state="draft", at=ctx.now())
        await _note(tx, ctx, actor_id, rule_id, "write inbound rule", reason=reason)
        await _simulate(tx, ctx, rule_id)
    forget_live_rules()
    return rule_id


async def simulate_again(ctx: Context, *, actor_id: int, rule_id: int) -> None:
    """Look once more at what the rule would have caught."""
    async with ctx.transaction() as tx:
        await _locked(tx, rule_id)
        await _note(tx, ctx, actor_id, rule_id, "simulate inbound rule")
        await _simulate(tx, ctx, rule_id)


async def switch_on(
    ctx: Context, *, actor_id: int, rule_id: int, life: timedelta = DEFAULT_LIFE
) -> datetime:
    """From now on the rule holds; until when. Raises RuleNotSimulated, RuleInvalid."""
    if not timedelta(minutes=5) <= life <= LONGEST_LIFE:
        raise RuleInvalid(f"A rule holds for 5 minutes to {LONGEST_LIFE.days} days")
    expires_at = ctx.now() + life
    async with ctx.transaction() as tx:
        rule = await _locked(tx, rule_id)
        if not rule.is_simulated:
            raise RuleNotSimulated
        if rule.state == "live" and rule.expires_at and rule.expires_at > ctx.now():
            expires_at = max(rule.expires_at, expires_at)
        elif len(await list_live_rules(tx, at=ctx.now())) >= MOST_LIVE:
            raise RuleInvalid(f"At most {MOST_LIVE} rules hold at the same time")
        await update_rule_live(tx, rule_id=rule_id, at=ctx.now(), expires_at=expires_at)
        await _note(
            tx,
            ctx,
            actor_id,
            rule_id,
            "switch on inbound rule",
            reason=rule.reason,
            until=expires_at,
        )
    forget_live_rules()
    return expires_at


async def end_rule(ctx: Context, *, actor_id: int, rule_id: int, reason: str = "") -> None:
    """The rule holds no longer; what it did stays."""
    async with ctx.transaction() as tx:
        rule = await _locked(tx, rule_id)
        if rule.state == "ended":
            return
        await update_rule_state(tx, rule_id=rule_id, state="ended", at=ctx.now())
        await _note(tx, ctx, actor_id, rule_id, "end inbound rule", reason=reason)
    forget_live_rules()


async def undo_all(ctx: Context, *, actor_id: int, rule_id: int, reason: str) -> None:
    """End the rule and take back what it did, one after the other, as things were before."""
    async with ctx.transaction() as tx:
        rule = await _locked(tx, rule_id)
        if rule.state != "ended":
            await update_rule_state(tx, rule_id=rule_id, state="ended", at=ctx.now())
        await _note(tx, ctx, actor_id, rule_id, "undo inbound rule", reason=reason)
        tx.enqueue(
            undo_rule.queued(
                unique_key=f"undo inbound rule {rule_id}",
                rule_id=rule_id,
                actor_id=actor_id,
                reason=reason,
            )
        )
    forget_live_rules()


async def _locked(tx: Transaction, rule_id: int) -> Rule:
    rule = await lock_rule(tx, rule_id=rule_id)
    if rule is None:
        raise InboundRuleNotFound
    return rule


async def _simulate(tx: Transaction, ctx: Context, rule_id: int) -> None:
    await update_simulation_asked(tx, rule_id=rule_id, at=ctx.now())
    tx.enqueue(simulate_rule.queued(unique_key=f"simulate rule {rule_id}", rule_id=rule_id))


async def _note(
    tx: Transaction,
    ctx: Context,
    actor_id: int,
    rule_id: int,
    verb: str,
    *,
    reason: str = "",
    until: datetime | None = None,
) -> None:
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb=verb,
        subject=("inbound rule", rule_id),
        reason=reason,
        details={"until": until.isoformat()} if until else {},
    )
