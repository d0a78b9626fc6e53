"""Decide about a wave: one decision for its posts, accounts, reports and servers."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.waves import (
    NothingDecided,
    ServersNotYours,
    WaveBusy,
    WaveNotFound,
)
from watertower.moderation.jobs.waves_work import undo_wave, work_on_wave
from watertower.moderation.model.servers import Choice
from watertower.moderation.model.waves import (
    MOST_SERVERS,
    SERVER_HOURS,
    WaveDecision,
)
from watertower.moderation.queries.wave_decisions import (
    find_decision,
    insert_decision,
    update_decision_state,
)
from watertower.moderation.queries.waves import (
    list_wave_servers,
    lock_wave,
    update_wave_state,
)
from watertower.moderation.steps.log import log
from watertower.moderation.steps.servers import decide_in, named_server


async def decide_wave(
    ctx: Context,
    *,
    actor_id: int,
    wave_id: int,
    decision: WaveDecision,
    may_limit_servers: bool,
) -> int:
    """Limit the servers at once, and begin with the rest; the decision's id.

    Raises WaveNotFound, WaveBusy while another decision is carried out, NothingDecided,
    ServersNotYours.
    """
    _check(decision, may_limit_servers=may_limit_servers)
    async with ctx.transaction() as tx:
        state = await lock_wave(tx, wave_id=wave_id)
        if state is None:
            raise WaveNotFound
        if state == "deciding":
            raise WaveBusy
        decision_id = await insert_decision(
            tx, wave_id=wave_id, actor_id=actor_id, decision=decision, at=ctx.now()
        )
        await _limit_servers(tx, ctx, actor_id, wave_id, decision)
        await update_wave_state(tx, wave_id=wave_id, state="deciding", by=actor_id, at=ctx.now())
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="decide wave",
            subject=("wave", wave_id),
            reason=decision.reason,
            details={
                "decision_id": str(decision_id),
                "posts": decision.posts,
                "accounts": decision.accounts,
                "closes_reports": decision.closes_reports,
                "servers": list(decision.servers),
            },
        )
        tx.enqueue(
            work_on_wave.queued(unique_key=f"wave decision {decision_id}", decision_id=decision_id)
        )
    return decision_id


async def call_harmless(ctx: Context, *, actor_id: int, wave_id: int, is_harmless: bool) -> None:
    """Many say the same, and it is fine; or it is not after all. Raises WaveNotFound, WaveBusy."""
    async with ctx.transaction() as tx:
        state = await lock_wave(tx, wave_id=wave_id)
        if state is None:
            raise WaveNotFound
        if state == "deciding":
            raise WaveBusy
        wanted = "harmless" if is_harmless else "open"
        if state == wanted:
            return
        await update_wave_state(tx, wave_id=wave_id, state=wanted, by=actor_id, at=ctx.now())
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="call wave harmless" if is_harmless else "open wave again",
            subject=("wave", wave_id),
        )


async def undo_decision(ctx: Context, *, actor_id: int, decision_id: int, reason: str) -> int:
    """Put accounts and posts back as they were; the wave's id. Reports stay closed.

    Raises WaveNotFound, WaveBusy.
    """
    async with ctx.transaction() as tx:
        decided = await find_decision(tx, decision_id=decision_id)
        if decided is None:
            raise WaveNotFound
        state = await lock_wave(tx, wave_id=decided.wave_id)
        if decided.state in {"undoing", "undone"}:
            return decided.wave_id
        if state == "deciding" or decided.state == "working":
            raise WaveBusy
        await update_decision_state(tx, decision_id=decision_id, state="undoing", at=ctx.now())
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="undo wave decision",
            subject=("wave", decided.wave_id),
            reason=reason,
            details={"decision_id": str(decision_id)},
        )
        tx.enqueue(
            undo_wave.queued(
                unique_key=f"undo wave decision {decision_id}",
                decision_id=decision_id,
                actor_id=actor_id,
                reason=reason,
            )
        )
    return decided.wave_id


def _check(decision: WaveDecision, *, may_limit_servers: bool) -> None:
    if decision.posts not in {"none", "cover", "remove"}:
        raise NothingDecided
    if decision.accounts not in {"none", "limit", "suspend"}:
        raise NothingDecided
    does_nothing = decision.posts == decision.accounts == "none" and not decision.servers
    if does_nothing and not decision.closes_reports:
        raise NothingDecided
    if not decision.reason.strip():
        raise NothingDecided("Write down why")
    if decision.server_hours not in SERVER_HOURS or len(decision.servers) > MOST_SERVERS:
        raise NothingDecided("Choose for how long servers are limited")
    if decision.servers and not may_limit_servers:
        raise ServersNotYours


async def _limit_servers(
    tx: Transaction, ctx: Context, actor_id: int, wave_id: int, decision: WaveDecision
) -> None:
    """Only servers of the wave; what holds for one already is not made milder."""
    if not decision.servers:
        return
    known = {
        server.domain: server for server in await list_wave_servers(tx, wave_id=wave_id, limit=1000)
    }
    for domain in sorted(set(decision.servers)):
        server = known.get(domain)
        if server is None or server.severity in {"limit", "suspend"}:
            continue
        await decide_in(
            tx,
            ctx,
            choice=Choice(
                domain=named_server(ctx, domain),
                severity="limit",
                private_comment=decision.reason,
                publicity="listed",
                cause="incident",
                ends_at=ctx.now() + timedelta(hours=decision.server_hours),
            ),
            actor_id=actor_id,
        )
