"""A decision about a case is carried out: the action, the outcome, and the end of the case."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.errors import Invalid
from watertower.moderation.errors.cases import NeedsMutualAidCheck, WordsMissing
from watertower.moderation.model.case_decision import WITHOUT_ACTION, CaseDecision
from watertower.moderation.model.cases import Case
from watertower.moderation.model.standing import Kind
from watertower.moderation.queries.reports import update_advice
from watertower.moderation.steps.cases import close_case, record_outcome
from watertower.moderation.steps.standing import act_in


def require_sense(case: Case, decision: CaseDecision) -> None:
    """Raises for a decision that this case cannot have."""
    if decision.kind not in WITHOUT_ACTION and decision.kind not in set(Kind):
        raise Invalid("There is no such decision")
    if not decision.reason.strip():
        raise WordsMissing("reason", "Write down why. Doing nothing needs a reason too")
    if decision.is_action and _target(case, decision) is None:
        raise Invalid("This case is about no account that something could be done to")
    if decision.is_action and case.asks_for_money and case.mutual_aid_checked_by is None:
        raise NeedsMutualAidCheck


async def carry_out(
    tx: Transaction,
    ctx: Context,
    *,
    case: Case,
    decision: CaseDecision,
    actor_id: int,
    is_emergency: bool = False,
    is_first: bool = True,
) -> int | None:
    """Do it; the id of the action, None where none was taken.

    With `is_first` it raises AlreadyDecided where somebody decided before. What acting can refuse
    is raised as it is (NotOnOneself, NotAMember, …), and nothing has happened then.
    """
    await record_outcome(
        tx,
        at=ctx.now(),
        case_id=case.id,
        outcome=decision.kind,
        reason=decision.reason,
        actor_id=actor_id,
        is_first=is_first,
    )
    action_id: int | None = None
    target = _target(case, decision)
    if decision.kind not in WITHOUT_ACTION and target is not None:
        action_id = await act_in(
            tx,
            ctx,
            decision=decision.as_action(
                case_id=case.id, target_id=target, is_emergency=is_emergency
            ),
            actor_id=actor_id,
        )
    if decision.advice.strip():
        await update_advice(tx, case_id=case.id, advice=decision.advice.strip()[:2000])
    if decision.closes and not is_emergency:
        await close_case(
            tx, at=ctx.now(), case_id=case.id, actor_id=actor_id, reason=decision.reason
        )
    return action_id


def _target(case: Case, decision: CaseDecision) -> int | None:
    return decision.target_account_id or case.target_account_id
