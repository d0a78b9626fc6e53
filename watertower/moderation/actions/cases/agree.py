"""Agree to what somebody proposed, or not; review what was done in an emergency; withdraw."""

import msgspec

from watertower.base.context import Context
from watertower.base.db.transaction import Row, Transaction
from watertower.base.json import from_json
from watertower.moderation.errors.cases import (
    AlreadyDecided,
    OwnProposal,
    ProposalNotFound,
    WordsMissing,
)
from watertower.moderation.model.case_decision import CaseDecision
from watertower.moderation.model.cases import Case, CaseState
from watertower.moderation.queries.case_parts import (
    count_agreeing,
    find_proposal,
    update_proposal,
    upsert_agreement,
)
from watertower.moderation.queries.cases import update_case
from watertower.moderation.steps.carry_out import carry_out, require_sense
from watertower.moderation.steps.cases import close_case, require_open_case
from watertower.moderation.steps.log import log
from watertower.moderation.steps.standing import undo_in


async def answer_proposal(
    ctx: Context, *, actor_id: int, proposal_id: int, agrees: bool, words: str = ""
) -> str:
    """Agree or disagree; the state the proposal is in then: open, carried, reviewed, overturned.

    With the last agreement that policy asks for it is carried out. An emergency that the second
    person does not agree to is undone. Who disagrees says why. Raises ProposalNotFound,
    CaseNotFound, CaseClosed, OwnProposal, AlreadyDecided, WordsMissing.
    """
    if not agrees and not words.strip():
        raise WordsMissing("words", "Say why you do not agree")
    async with ctx.transaction() as tx:
        proposal = await find_proposal(tx, proposal_id=proposal_id)
        if proposal is None:
            raise ProposalNotFound
        case = await require_open_case(tx, viewer_id=actor_id, case_id=proposal["case_id"])
        proposal = await find_proposal(tx, proposal_id=proposal_id) or proposal
        if proposal["author_account_id"] == actor_id:
            raise OwnProposal
        if proposal["state"] not in {"open", "to_review"}:
            raise AlreadyDecided
        await upsert_agreement(
            tx,
            proposal_id=proposal_id,
            account_id=actor_id,
            agrees=agrees,
            words=words.strip()[:5000],
            at=ctx.now(),
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="agree" if agrees else "disagree",
            subject=("case", case.id),
            case_id=case.id,
            reason=words.strip()[:1000],
            details={"proposal_id": str(proposal_id)},
        )
        if proposal["state"] == "to_review":
            return await _review(tx, ctx, case, proposal, actor_id, agrees=agrees)
        if not agrees or await count_agreeing(tx, proposal_id=proposal_id) < proposal["needed"]:
            return "open"
        return await _carry(tx, ctx, case, proposal)


async def withdraw_proposal(ctx: Context, *, actor_id: int, proposal_id: int) -> None:
    """Take back what one proposed, or what nobody answered in time; the discussion goes on."""
    async with ctx.transaction() as tx:
        proposal = await find_proposal(tx, proposal_id=proposal_id)
        if proposal is None:
            raise ProposalNotFound
        case = await require_open_case(tx, viewer_id=actor_id, case_id=proposal["case_id"])
        is_late = proposal["due_at"] is not None and proposal["due_at"] < ctx.now()
        if proposal["author_account_id"] != actor_id and not is_late:
            raise ProposalNotFound
        if not await update_proposal(
            tx, proposal_id=proposal_id, was="open", state="withdrawn", at=ctx.now()
        ):
            raise AlreadyDecided
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="withdraw_proposal",
            subject=("case", case.id),
            case_id=case.id,
        )


async def _carry(tx: Transaction, ctx: Context, case: Case, proposal: Row) -> str:
    decision = msgspec.convert(from_json(proposal["decision"]), CaseDecision)
    require_sense(case, decision)
    action_id = await carry_out(
        tx,
        ctx,
        case=case,
        decision=decision,
        actor_id=proposal["author_account_id"],
        is_first=case.decided_at is None,
    )
    await update_proposal(
        tx,
        proposal_id=proposal["id"],
        was="open",
        state="carried",
        at=ctx.now(),
        action_id=action_id,
    )
    return "carried"


async def _review(
    tx: Transaction, ctx: Context, case: Case, proposal: Row, actor_id: int, *, agrees: bool
) -> str:
    state = "reviewed" if agrees else "overturned"
    await update_proposal(
        tx, proposal_id=proposal["id"], was="to_review", state=state, at=ctx.now()
    )
    if agrees:
        if from_json(proposal["decision"]).get("closes"):
            await close_case(tx, at=ctx.now(), case_id=case.id, actor_id=actor_id)
        return state
    if proposal["action_id"] is not None:
        await undo_in(
            tx,
            ctx,
            actor_id=actor_id,
            action_id=proposal["action_id"],
            reason="The second person did not agree with what was done in an emergency",
        )
    await update_case(
        tx,
        case_id=case.id,
        at=ctx.now(),
        state=str(CaseState.DISCUSSION),
        outcome=None,
        decided_at=None,
        due_at=None,
    )
    return state
