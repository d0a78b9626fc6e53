"""Carries out what was decided about a wave, one account after the other.

Each account is a transaction of its own: its posts, its standing and the reports about it change
together. A run that breaks off goes on where it stopped.
"""

from collections.abc import Sequence
from typing import Any

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.errors import Refused
from watertower.base.queue.job import Lane, job
from watertower.moderation.errors.cases import CaseNotFound
from watertower.moderation.model.standing import Decision, Kind
from watertower.moderation.model.waves import Decided
from watertower.moderation.queries.wave_decisions import (
    find_decision,
    insert_wave_action,
    list_wave_actions,
    update_decision_state,
    update_progress,
)
from watertower.moderation.queries.wave_targets import (
    count_open_reports,
    list_open_cases_of,
    list_open_cases_of_wave,
    list_statuses_of,
    list_wave_targets,
    resolve_caseless,
)
from watertower.moderation.queries.waves import update_wave_state
from watertower.moderation.steps.cases import close_case, record_outcome, require_case
from watertower.moderation.steps.standing import act_in, undo_in

AT_ONCE = 200
POSTS = {"cover": Kind.MARK_STATUSES_SENSITIVE, "remove": Kind.REMOVE_STATUSES}
ACCOUNTS = {"limit": Kind.LIMIT, "suspend": Kind.SUSPEND}


@job(Lane.LOCAL)
async def work_on_wave(ctx: Context, *, decision_id: int) -> None:
    """Until nothing is left."""
    while True:
        async with ctx.reading() as tx:
            decided = await find_decision(tx, decision_id=decision_id)
            if decided is None or decided.state != "working":
                return
            account_ids = await list_wave_targets(
                tx,
                wave_id=decided.wave_id,
                after_id=decided.after_account_id,
                limit=AT_ONCE,
                includes_members=decided.decision.includes_members,
            )
        for account_id in account_ids:
            await _one(ctx, decided, account_id)
        if len(account_ids) < AT_ONCE:
            break
    await _rest(ctx, decided)
    async with ctx.transaction() as tx:
        await update_decision_state(tx, decision_id=decision_id, state="done", at=ctx.now())
        await update_wave_state(tx, wave_id=decided.wave_id, state="decided", by=None, at=ctx.now())


@job(Lane.LOCAL)
async def undo_wave(ctx: Context, *, decision_id: int, actor_id: int, reason: str) -> None:
    """Every action that is still in force, one after the other."""
    after_id = 0
    while True:
        async with ctx.reading() as tx:
            decided = await find_decision(tx, decision_id=decision_id)
            if decided is None or decided.state != "undoing":
                return
            action_ids = await list_wave_actions(
                tx, decision_id=decision_id, after_id=after_id, limit=AT_ONCE
            )
        for action_id in action_ids:
            async with ctx.transaction() as tx:
                try:
                    await undo_in(tx, ctx, actor_id=actor_id, action_id=action_id, reason=reason)
                except Refused:
                    continue  # the account is gone for good
        if len(action_ids) < AT_ONCE:
            break
        after_id = action_ids[-1]
    async with ctx.transaction() as tx:
        await update_decision_state(tx, decision_id=decision_id, state="undone", at=ctx.now())
        await update_wave_state(tx, wave_id=decided.wave_id, state="open", by=None, at=ctx.now())


async def _one(ctx: Context, decided: Decided, account_id: int) -> None:
    refused: list[dict[str, Any]] = []
    closed = 0
    try:
        async with ctx.transaction() as tx:
            closed = await _all_about(tx, ctx, decided, account_id)
            await update_progress(
                tx,
                decision_id=decided.id,
                accounts=1,
                reports=closed,
                after_id=account_id,
                refused=(),
            )
    except Refused as why:  # the moderator's own account, or one that is gone
        refused.append({"account_id": str(account_id), "why": why.says})
        async with ctx.transaction() as tx:
            await update_progress(
                tx,
                decision_id=decided.id,
                accounts=1,
                reports=0,
                after_id=account_id,
                refused=refused,
            )


async def _all_about(tx: Transaction, ctx: Context, decided: Decided, account_id: int) -> int:
    """Posts, standing, reports of one account; how many reports were closed."""
    wanted = decided.decision
    outcome = "none"
    if wanted.posts in POSTS:
        kind = POSTS[wanted.posts]
        status_ids = await list_statuses_of(tx, wave_id=decided.wave_id, account_id=account_id)
        while status_ids:
            await _act(tx, ctx, decided, account_id, kind=kind, status_ids=status_ids)
            outcome = str(kind)
            status_ids = await list_statuses_of(
                tx, wave_id=decided.wave_id, account_id=account_id, after_id=status_ids[-1]
            )
    if wanted.accounts in ACCOUNTS:
        kind = ACCOUNTS[wanted.accounts]
        await _act(tx, ctx, decided, account_id, kind=kind)
        outcome = str(kind)
    if not wanted.closes_reports:
        return 0
    closed = await resolve_caseless(
        tx, account_id=account_id, by=decided.actor_account_id, at=ctx.now()
    )
    for case_id in await list_open_cases_of(tx, account_id=account_id):
        closed += await _close(tx, ctx, decided, case_id, outcome)
    return closed


async def _act(
    tx: Transaction,
    ctx: Context,
    decided: Decided,
    account_id: int,
    *,
    kind: Kind,
    status_ids: Sequence[int] = (),
) -> None:
    action_id = await act_in(
        tx,
        ctx,
        decision=Decision(
            kind=kind,
            target_account_id=account_id,
            reason=decided.decision.reason,
            status_ids=status_ids,
        ),
        actor_id=decided.actor_account_id,
    )
    await insert_wave_action(tx, decision_id=decided.id, action_id=action_id)


async def _close(
    tx: Transaction, ctx: Context, decided: Decided, case_id: int, outcome: str
) -> int:
    """Close a case with its reports, unless it is one that the moderator may not see."""
    actor_id, reason = decided.actor_account_id, decided.decision.reason
    try:
        case = await require_case(tx, viewer_id=actor_id, case_id=case_id)
    except CaseNotFound:
        return 0
    if not case.is_open:
        return 0
    waiting = await count_open_reports(tx, case_id=case_id)
    await record_outcome(
        tx, at=ctx.now(), case_id=case_id, outcome=outcome, reason=reason, actor_id=actor_id
    )
    await close_case(tx, at=ctx.now(), case_id=case_id, actor_id=actor_id, reason=reason)
    return waiting


async def _rest(ctx: Context, decided: Decided) -> None:
    """Cases of a wave of reports that are about nobody who was acted on."""
    if not decided.decision.closes_reports:
        return
    seen: list[int] = []
    while True:
        async with ctx.transaction() as tx:
            found = await list_open_cases_of_wave(tx, wave_id=decided.wave_id, but=seen)
            closed = 0
            for case_id in found:
                closed += await _close(tx, ctx, decided, case_id, "none")
            await update_progress(
                tx, decision_id=decided.id, accounts=0, reports=closed, after_id=0, refused=()
            )
        if not found:
            return
        seen += found
