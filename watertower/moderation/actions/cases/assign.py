"""Take a case, hand it over, give it back."""

from datetime import timedelta

from watertower.accounts.model import Permission
from watertower.base.context import Context
from watertower.moderation.errors.cases import NotForYou
from watertower.moderation.model.cases import CaseState
from watertower.moderation.queries.case_lists import has_opt_in
from watertower.moderation.queries.cases import assign_reports, find_case_for, update_case
from watertower.moderation.queries.reports import list_readers
from watertower.moderation.steps.case_policy import case_policy
from watertower.moderation.steps.cases import require_open_case
from watertower.moderation.steps.log import log


async def assign(ctx: Context, *, actor_id: int, case_id: int, to_id: int | None) -> None:
    """Say whose case it is; None gives it back to everybody.

    Nobody is given a case that is about them, that they reported or stepped aside from, and
    nobody is given graphic content they did not ask for; they can take it. Raises CaseNotFound,
    CaseClosed, NotForYou.
    """
    async with ctx.transaction() as tx:
        case = await require_open_case(tx, viewer_id=actor_id, case_id=case_id)
        policy = await case_policy(tx)
        if to_id is not None and to_id != actor_id:
            readers = await list_readers(
                tx, permissions=int(Permission.READ_CASES | Permission.ADMINISTRATOR)
            )
            may_see = await find_case_for(tx, viewer_id=to_id, case_id=case_id) is not None
            wants = not case.is_graphic or await has_opt_in(tx, account_id=to_id, content="graphic")
            if to_id not in readers or not may_see or not wants:
                raise NotForYou
        state = case.state
        if to_id is not None and state in {CaseState.FILED, CaseState.TRIAGED}:
            state = CaseState.ASSIGNED
        elif to_id is None and state is CaseState.ASSIGNED:
            state = CaseState.TRIAGED if case.is_rated else CaseState.FILED
        is_new = to_id is not None and state is CaseState.ASSIGNED
        await update_case(
            tx,
            case_id=case_id,
            at=ctx.now(),
            assigned_account_id=to_id,
            state=str(state),
            first_looked_at=case.first_looked_at or ctx.now(),
            due_at=ctx.now() + timedelta(hours=policy.work_hours) if is_new else case.due_at,
        )
        await assign_reports(tx, case_id=case_id, account_id=to_id, at=ctx.now())
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="assign" if to_id is not None else "give_back",
            subject=("case", case_id),
            case_id=case_id,
            details={"to": str(to_id)} if to_id is not None else None,
        )
