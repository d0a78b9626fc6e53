"""/desk/case-policy: whom rules bind, how many agree to what, and how long evidence is kept."""

from watertower.base.errors import Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.case_policy import policy_shown
from watertower.moderation.actions.cases.decide_policy import (
    decide_case_policy,
    decide_rule_scope,
)
from watertower.web.desk.cases.words import OUTCOMES
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

FIGURES = (
    ("first_look_hours", "Hours until a first look"),
    ("time_critical_minutes", "Minutes where it cannot wait"),
    ("work_hours", "Hours from taking a case to an analysis or a decision"),
    ("needs_info_days", "Days that a question to a reporter waits"),
    ("discussion_hours", "Hours of a discussion"),
    ("emergency_review_hours", "Hours until an emergency is reviewed"),
    ("policy_review_days", "Days until we learnt from a mistake"),
    ("agreement_for_money", "Who agree where money is asked for"),
    ("evidence_days_otherwise", "Days that evidence is kept, where nothing else is said"),
    ("messages_a_day", "Messages a day that somebody may write in a conversation"),
    ("many_reports", "Reports a day from which on members are thanked and told to rest"),
)


async def get_policy(request: WebRequest) -> Response:
    """The policy as it is."""
    return await _page(request)


async def post_policy(request: WebRequest) -> Response:
    """Decide it anew."""
    figures = {name: id_of(request.params.get(name)) for name, _ in FIGURES}
    try:
        await decide_case_policy(
            request.ctx,
            actor_id=request.my_account_id,
            figures={name: value for name, value in figures.items() if value is not None},
            agreement={
                kind: value
                for kind in OUTCOMES
                if (value := id_of(request.params.get(f"agree_{kind}"))) is not None
            },
            evidence_days={
                kind: value
                for kind in OUTCOMES
                if (value := id_of(request.params.get(f"days_{kind}"))) is not None
            },
            tells_outcome=request.is_on("tells_outcome"),
        )
    except Refused as refused:
        return await _page(request, f"{refused.says}.")
    return redirect("/desk/case-policy?note=kept", 303)


async def post_rule(request: WebRequest) -> Response:
    """Say whom a rule binds."""
    await decide_rule_scope(
        request.ctx,
        actor_id=request.my_account_id,
        rule_id=request.path_id(),
        is_global=request.is_on("is_global"),
    )
    return redirect("/desk/case-policy?note=kept", 303)


async def _page(request: WebRequest, wrong: str = "") -> Response:
    shown = await policy_shown(request.ctx)
    return page(
        request,
        "desk/cases_policy.html",
        status=422 if wrong else 200,
        policy=shown.policy,
        rules=shown.rules,
        figures=[(name, label, getattr(shown.policy, name)) for name, label in FIGURES],
        outcomes=OUTCOMES,
        wrong=wrong,
        is_kept=request.text("note", 10) == "kept",
    )
