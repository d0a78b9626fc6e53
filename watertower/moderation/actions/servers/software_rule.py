"""Cut off, or limit, what runs an unsafe version, until it reports a repaired one (FED-38)."""

from watertower.base.context import Context
from watertower.moderation.errors.server_rules import RuleNotFound, WrongRule
from watertower.moderation.jobs.server_mails import send_server_notice
from watertower.moderation.model.servers import LONGEST_REASON, Impact
from watertower.moderation.queries.server_impact import count_impact
from watertower.moderation.queries.server_rules import (
    end_rule,
    insert_rule,
    list_held,
    list_rules,
)
from watertower.moderation.rules.versions import version_key
from watertower.moderation.steps.log import log
from watertower.moderation.steps.servers import lift_in
from watertower.moderation.steps.software_rules import carry_out, matching


async def preview_rule(
    ctx: Context, *, software: str, below_version: str
) -> tuple[list[str], Impact]:
    """The servers that a rule would hold now, and who would lose what. Changes nothing."""
    async with ctx.transaction() as tx:
        domains = await matching(
            tx, software=software.strip().lower(), below_version=below_version.strip()
        )
        return domains, await count_impact(tx, servers=domains) if domains else Impact()


async def add_rule(
    ctx: Context,
    *,
    actor_id: int,
    software: str,
    below_version: str,
    severity: str,
    reason: str,
    notifies: bool,
) -> int:
    """Put a rule in force and carry it out; how many servers it holds. Twice is once.

    Raises WrongRule.
    """
    software, below_version = software.strip().lower(), below_version.strip()
    if (
        not software
        or len(software) > 100
        or not version_key(below_version)
        or severity not in {"limit", "suspend"}
        or not 0 < len(reason.strip()) <= LONGEST_REASON
    ):
        raise WrongRule
    async with ctx.transaction() as tx:
        rule_id = await insert_rule(
            tx,
            software=software,
            below_version=below_version,
            severity=severity,
            reason=reason.strip(),
            notifies=notifies,
            actor_id=actor_id,
            at=ctx.now(),
        )
        if rule_id is not None:
            await log(
                tx,
                at=ctx.now(),
                actor_id=actor_id,
                verb="add_software_rule",
                subject=("software_rule", rule_id),
                reason=reason.strip(),
            )
        rule = next(
            one
            for one in await list_rules(tx, only_in_force=True)
            if (one.software, one.below_version) == (software, below_version)
        )
        held, _, notices = await carry_out(tx, ctx, rule=rule, actor_id=actor_id)
        for notice_id in notices:
            tx.enqueue(send_server_notice.queued(notice_id=notice_id))
    return held


async def end_software_rule(ctx: Context, *, actor_id: int, rule_id: int) -> int:
    """End a rule and release what it holds; how many. Raises RuleNotFound."""
    async with ctx.transaction() as tx:
        if not await end_rule(tx, rule_id=rule_id, at=ctx.now()):
            raise RuleNotFound
        held = await list_held(tx, rule_id=rule_id)
        for domain, _, _ in held:
            await lift_in(
                tx,
                ctx,
                domain=domain,
                reason="The rule ended",
                actor_id=actor_id,
                cause="software_rule",
                cause_id=rule_id,
            )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="end_software_rule",
            subject=("software_rule", rule_id),
        )
    return len(held)
