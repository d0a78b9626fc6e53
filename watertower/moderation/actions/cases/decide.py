"""Decide a case, alone where policy allows it, or propose what others have to agree to.

Of two moderators who decide at once one wins; the other is told, and nothing is done twice.
"""

from dataclasses import dataclass
from datetime import timedelta

import msgspec

from watertower.accounts.model import Permission
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.cases import AlreadyDecided, AnotherProposal
from watertower.moderation.model.case_decision import CaseDecision
from watertower.moderation.model.cases import Case, CaseState
from watertower.moderation.model.policy import CasePolicy
from watertower.moderation.queries.case_parts import insert_proposal, upsert_agreement
from watertower.moderation.queries.case_team import count_deciders
from watertower.moderation.queries.cases import update_case
from watertower.moderation.steps.carry_out import carry_out, require_sense
from watertower.moderation.steps.case_policy import case_policy
from watertower.moderation.steps.cases import require_open_case
from watertower.moderation.steps.log import log


@dataclass(frozen=True)
class Decided:
    """What became of a decision: it was carried out, or it waits for others to agree."""

    proposal_id: int
    is_carried_out: bool
    action_id: int | None
    needed: int


async def decide(
    ctx: Context,
    *,
    actor_id: int,
    case_id: int,
    decision: CaseDecision,
    is_emergency: bool = False,
    is_further: bool = False,
) -> Decided:
    """Carry the decision out, or propose it where policy asks for more than one.

    `is_emergency`: at once, and somebody else reviews it within 24 hours; the case stays open.
    `is_further`: on top of what was decided before. Raises CaseNotFound, CaseClosed,
    AlreadyDecided, AnotherProposal, WordsMissing, NeedsMutualAidCheck, and what acting refuses.
    """
    async with ctx.transaction() as tx:
        case = await require_open_case(tx, viewer_id=actor_id, case_id=case_id)
        if case.decided_at is not None and not is_further:
            raise AlreadyDecided
        require_sense(case, decision)
        policy = await case_policy(tx)
        needed = await agreement_needed(tx, case=case, policy=policy, kind=decision.kind)
        if needed > 1 and not is_emergency:
            proposal_id = await _write(
                tx,
                ctx,
                case=case,
                decision=decision,
                actor_id=actor_id,
                needed=needed,
                state="open",
                hours=policy.discussion_hours,
            )
            return Decided(proposal_id, False, None, needed)
        action_id = await carry_out(
            tx,
            ctx,
            case=case,
            decision=decision,
            actor_id=actor_id,
            is_emergency=is_emergency,
            is_first=not is_further,
        )
        proposal_id = await _write(
            tx,
            ctx,
            case=case,
            decision=decision,
            actor_id=actor_id,
            needed=needed,
            state="to_review" if is_emergency else "carried",
            hours=policy.emergency_review_hours if is_emergency else None,
            action_id=action_id,
        )
    return Decided(proposal_id, True, action_id, needed)


async def agreement_needed(tx: Transaction, *, case: Case, policy: CasePolicy, kind: str) -> int:
    """How many have to agree; never more than there are moderators who may see the case."""
    needed = policy.needed_for(kind, is_about_money=case.asks_for_money)
    if needed == 1:
        return 1
    there = await count_deciders(
        tx,
        case_id=case.id,
        permissions=int(Permission.DECIDE_CASES | Permission.ADMINISTRATOR),
    )
    return max(1, min(needed, there))


async def _write(
    tx: Transaction,
    ctx: Context,
    *,
    case: Case,
    decision: CaseDecision,
    actor_id: int,
    needed: int,
    state: str,
    hours: int | None,
    action_id: int | None = None,
) -> int:
    """Keep what was proposed or done, with the author's agreement and until when others answer."""
    due = None if hours is None else ctx.now() + timedelta(hours=hours)
    proposal_id = await insert_proposal(
        tx,
        case_id=case.id,
        author_id=actor_id,
        kind=decision.kind,
        decision=msgspec.to_builtins(decision),
        needed=needed,
        state=state,
        is_emergency=state == "to_review",
        action_id=action_id,
        due_at=due,
        at=ctx.now(),
    )
    if proposal_id is None:
        raise AnotherProposal
    await upsert_agreement(
        tx, proposal_id=proposal_id, account_id=actor_id, agrees=True, words="", at=ctx.now()
    )
    if due is not None:
        is_talk = state == "open" and case.decided_at is None
        moved = {"state": str(CaseState.DISCUSSION)} if is_talk else {}
        await update_case(tx, case_id=case.id, at=ctx.now(), due_at=due, **moved)
    if state == "open":
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="propose",
            subject=("case", case.id),
            case_id=case.id,
            reason=decision.reason,
            details={"kind": decision.kind, "needed": needed},
        )
    return proposal_id
