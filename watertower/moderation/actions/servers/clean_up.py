"""Clean up servers that do not answer any more, in one batch that can be taken back (W18)."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.server_rules import CleanUpNotFound, NotCleaned, NothingDead
from watertower.moderation.model.server_rules import RESTORABLE_FOR, UNREACHABLE_FOR, CleanUp
from watertower.moderation.model.servers import Choice
from watertower.moderation.queries.server_decisions import find_standing_decision, list_of_cause
from watertower.moderation.queries.server_rules import (
    hold_clean_up,
    insert_clean_up,
    list_dead,
    update_cleaned,
    update_restored,
)
from watertower.moderation.steps.log import log
from watertower.moderation.steps.servers import decide_in, lift_in


async def draft_clean_up(ctx: Context, *, actor_id: int, text: str) -> int:
    """Draft a batch of all that have not answered for 30 days; its id. Raises NothingDead."""
    async with ctx.transaction() as tx:
        domains = await list_dead(tx, since=ctx.now() - UNREACHABLE_FOR)
        if not domains:
            raise NothingDead
        batch = await insert_clean_up(
            tx, domains=domains, text=text.strip()[:2000], actor_id=actor_id, at=ctx.now()
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="draft_clean_up",
            subject=("clean_up", batch.id),
            details={"servers": len(domains)},
        )
    return batch.id


async def clean_up(ctx: Context, *, actor_id: int, clean_up_id: int) -> int:
    """Carry it out; how many servers. Doing it twice is no error."""
    async with ctx.transaction() as tx:
        batch = await _held(tx, clean_up_id)
        if batch.state == "cleaned":
            return 0
        if batch.state != "drafted":
            raise NotCleaned
        done = 0
        for domain in batch.domains:
            if await find_standing_decision(tx, domain=domain) is not None:
                continue
            await decide_in(
                tx,
                ctx,
                choice=Choice(
                    domain,
                    severity="suspend",
                    covers_subdomains=False,
                    public_comment="Does not answer any more: convenience, not protection",
                    private_comment=batch.text or "It has not answered for thirty days",
                    publicity="listed_with_reason",
                    cause="clean_up",
                    cause_id=batch.id,
                    agreed_by=(actor_id,),
                ),
                actor_id=actor_id,
            )
            done += 1
        await update_cleaned(
            tx, clean_up_id=batch.id, at=ctx.now(), until=ctx.now() + RESTORABLE_FOR
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="clean_up",
            subject=("clean_up", batch.id),
            details={"servers": done},
        )
    return done


async def restore_cleaned(
    ctx: Context, *, actor_id: int, clean_up_id: int, domain: str | None = None
) -> int:
    """Take back all of it, or one server, follows included; how many."""
    async with ctx.transaction() as tx:
        batch = await _held(tx, clean_up_id)
        if batch.state == "drafted":
            raise NotCleaned
        held = [
            one
            for one in await list_of_cause(tx, cause="clean_up", cause_id=batch.id)
            if one.ended_at is None and not one.is_lifting
        ]
        back = [one for one in held if domain is None or one.domain == domain]
        for one in back:
            await lift_in(
                tx,
                ctx,
                domain=one.domain,
                reason="The clean-up was taken back",
                actor_id=actor_id,
                cause="clean_up",
                cause_id=batch.id,
            )
        if len(back) == len(held):
            await update_restored(tx, clean_up_id=batch.id)
        if back:
            await log(
                tx,
                at=ctx.now(),
                actor_id=actor_id,
                verb="restore_cleaned",
                subject=("clean_up", batch.id),
                details={"servers": len(back)},
            )
    return len(back)


async def _held(tx: Transaction, clean_up_id: int) -> CleanUp:
    batch = await hold_clean_up(tx, clean_up_id=clean_up_id)
    if batch is None:
        raise CleanUpNotFound
    return batch
